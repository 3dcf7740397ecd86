#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "core/mail.h"
#include "core/metric_verdict.h"
#include "core/plan.h"
#include "core/post.h"
#include "core/sample.h"
#include "core/source.h"
#include "core/target_result.h"

namespace narvaro {
namespace {

template <class E, std::size_t N>
using Names = std::array<std::pair<E, const char*>, N>;

constexpr Names<SourceKind, 5> kSourceKinds{{{SourceKind::website, "website"},
                                             {SourceKind::press, "press"},
                                             {SourceKind::facebook, "facebook"},
                                             {SourceKind::instagram, "instagram"},
                                             {SourceKind::meta_ads, "meta-ads"}}};

constexpr Names<PostKind, 7> kPostKinds{{{PostKind::post, "post"},
                                         {PostKind::article, "article"},
                                         {PostKind::story, "story"},
                                         {PostKind::collaboration, "collaboration"},
                                         {PostKind::tag, "tag"},
                                         {PostKind::watched, "watched"},
                                         {PostKind::press, "press"}}};

constexpr Names<GapReason, 5> kGapReasons{{{GapReason::forbidden, "forbidden"},
                                           {GapReason::below_threshold, "below_threshold"},
                                           {GapReason::retired, "retired"},
                                           {GapReason::closed, "closed"},
                                           {GapReason::failed, "failed"}}};

constexpr Names<MetricVerdict, 5> kMetricVerdicts{
    {{MetricVerdict::ok, "ok"},
     {MetricVerdict::empty, "empty"},
     {MetricVerdict::retired, "retired"},
     {MetricVerdict::forbidden, "forbidden"},
     {MetricVerdict::below_threshold, "below_threshold"}}};

constexpr Names<TargetKind, 6> kTargetKinds{{{TargetKind::rate, "rate"},
                                             {TargetKind::growth, "growth"},
                                             {TargetKind::volume, "volume"},
                                             {TargetKind::share, "share"},
                                             {TargetKind::coverage, "coverage"},
                                             {TargetKind::milestone, "milestone"}}};

constexpr Names<TargetState, 6> kTargetStates{{{TargetState::met, "met"},
                                               {TargetState::on_track, "on_track"},
                                               {TargetState::behind, "behind"},
                                               {TargetState::missed, "missed"},
                                               {TargetState::no_data, "no_data"},
                                               {TargetState::closed, "closed"}}};

constexpr Names<ResultReason, 8> kResultReasons{
    {{ResultReason::none, "none"},
     {ResultReason::plan_not_started, "plan_not_started"},
     {ResultReason::not_observed, "not_observed"},
     {ResultReason::no_samples, "no_samples"},
     {ResultReason::no_baseline, "no_baseline"},
     {ResultReason::baseline_zero, "baseline_zero"},
     {ResultReason::no_posts, "no_posts"},
     {ResultReason::closed_by_platform, "closed_by_platform"}}};

constexpr Names<Measurability, 6> kMeasurabilities{{{Measurability::measured, "measured"},
                                                    {Measurability::confirmed, "confirmed"},
                                                    {Measurability::provisional, "provisional"},
                                                    {Measurability::gap, "gap"},
                                                    {Measurability::retired, "retired"},
                                                    {Measurability::closed, "closed"}}};

constexpr Names<Caution, 2> kCautions{{{Caution::baseline_unsourced, "baseline_unsourced"},
                                       {Caution::baseline_late, "baseline_late"}}};

constexpr Names<MailState, 6> kMailStates{{{MailState::waiting, "waiting"},
                                           {MailState::sending, "sending"},
                                           {MailState::handed, "handed"},
                                           {MailState::sent, "sent"},
                                           {MailState::refused, "refused"},
                                           {MailState::unconfirmed, "unconfirmed"}}};

template <class E, std::size_t N>
const char* name_in(const Names<E, N>& names, E value) {
    for (const auto& [known, name] : names) {
        if (known == value) return name;
    }
    return "unknown";
}

template <class E, std::size_t N>
std::optional<E> value_in(const Names<E, N>& names, std::string_view text) {
    for (const auto& [known, name] : names) {
        if (text == name) return known;
    }
    return {};
}

}  // namespace

const char* name_of(SourceKind kind) { return name_in(kSourceKinds, kind); }
const char* name_of(PostKind kind) { return name_in(kPostKinds, kind); }
const char* name_of(GapReason reason) { return name_in(kGapReasons, reason); }
const char* name_of(TargetKind kind) { return name_in(kTargetKinds, kind); }
const char* name_of(TargetState state) { return name_in(kTargetStates, state); }
const char* name_of(ResultReason reason) { return name_in(kResultReasons, reason); }
const char* name_of(Measurability how) { return name_in(kMeasurabilities, how); }
const char* name_of(Caution caution) { return name_in(kCautions, caution); }

bool is_meta(SourceKind kind) { return kind != SourceKind::website && kind != SourceKind::press; }

std::optional<SourceKind> parse_source_kind(std::string_view text) {
    return value_in(kSourceKinds, text);
}
std::optional<PostKind> parse_post_kind(std::string_view text) {
    return value_in(kPostKinds, text);
}
std::optional<GapReason> parse_gap_reason(std::string_view text) {
    return value_in(kGapReasons, text);
}

const char* name_of(MetricVerdict reason) { return name_in(kMetricVerdicts, reason); }
std::optional<MetricVerdict> parse_metric_verdict(std::string_view text) {
    return value_in(kMetricVerdicts, text);
}
std::optional<TargetKind> parse_target_kind(std::string_view text) {
    return value_in(kTargetKinds, text);
}

const char* name_of(MailState state) { return name_in(kMailStates, state); }
std::optional<MailState> parse_mail_state(std::string_view text) {
    return value_in(kMailStates, text);
}

std::string post_id(std::string_view source_id, std::string_view remote_id) {
    return std::string{source_id} + "/" + std::string{remote_id};
}

const std::string& Text::in(std::string_view language) const {
    const bool wants_english = language == "en";
    if (wants_english) return en.empty() ? sv : en;
    return sv.empty() ? en : sv;
}

}  // namespace narvaro
