#pragma once
#include <algorithm>
#include <map>
#include <set>

#include "analytics/facts.h"

namespace narvaro {

/// A post as a fake knows it.
struct FakePost {
    std::string source;
    sys_seconds at;
    std::set<std::string> labels;
};

/// Facts in vectors, answered by plain loops; as of an instant, like the stored ones.
class FakeFacts : public Facts {
  public:
    sys_seconds as_of = kEndOfTime;
    std::vector<FakePost> posts;
    std::map<std::string, std::vector<Sample>> series;  ///< by source/metric or record name
    std::vector<Record> all_records;
    std::vector<Audience> all_audiences;
    std::set<std::string> read_sources;
    std::map<std::string, std::vector<DatedGap>> open_gaps;
    std::map<std::string, sys_seconds> last_reads;  ///< others were read at the as-of instant

    Result<std::vector<std::int64_t>> count_posts(const PostFilter& filter,
                                                  std::span<const Span> spans) const override {
        std::vector<std::int64_t> counts;
        for (const Span& span : spans) {
            counts.push_back(std::count_if(posts.begin(), posts.end(), [&](const FakePost& p) {
                return p.at <= as_of && span.contains(p.at) && matches(filter, p);
            }));
        }
        return counts;
    }

    Result<std::vector<sys_seconds>> post_times(const PostFilter& filter,
                                                Span span) const override {
        std::vector<sys_seconds> times;
        for (const FakePost& p : posts) {
            if (p.at <= as_of && span.contains(p.at) && matches(filter, p)) times.push_back(p.at);
        }
        std::sort(times.begin(), times.end());
        return times;
    }

    Result<std::optional<Sample>> sample_at(const SeriesRef& ref, sys_seconds t) const override {
        std::optional<Sample> found;
        for (const Sample& s : of(ref)) {
            if (s.at <= t && s.at <= as_of && (!found || s.at >= found->at)) found = s;
        }
        return found;
    }

    Result<std::optional<Sample>> sample_after(const SeriesRef& ref, sys_seconds t) const override {
        std::optional<Sample> found;
        for (const Sample& s : of(ref)) {
            if (s.at >= t && s.at <= as_of && (!found || s.at < found->at)) found = s;
        }
        return found;
    }

    Result<std::vector<Sample>> samples(const SeriesRef& ref, Span span) const override {
        std::vector<Sample> out;
        for (const Sample& s : of(ref)) {
            if (s.at <= as_of && span.contains(s.at)) out.push_back(s);
        }
        return out;
    }

    Result<std::vector<Record>> records(const std::string& name, Span span) const override {
        std::vector<Record> out;
        for (const Record& r : all_records) {
            if (r.name == name && r.at <= as_of && span.contains(r.at)) out.push_back(r);
        }
        return out;
    }

    Result<std::vector<Audience>> audiences(const std::string& /*source*/,
                                            Span span) const override {
        std::vector<Audience> out;
        for (const Audience& a : all_audiences) {
            const bool begun = !a.live_from || *a.live_from < span.to;
            const bool lasts = !a.live_to || *a.live_to > span.from;
            if (begun && lasts) out.push_back(a);
        }
        return out;
    }

    Result<std::vector<DatedGap>> gaps(const std::string& source) const override {
        const auto found = open_gaps.find(source);
        return found == open_gaps.end() ? std::vector<DatedGap>{} : found->second;
    }

    Result<std::optional<sys_seconds>> read_until(const std::string& source) const override {
        const auto found = last_reads.find(source);
        if (found != last_reads.end()) return std::optional{found->second};
        return read_sources.contains(source) ? std::optional{as_of} : std::nullopt;
    }

    Result<bool> observed(const std::string& source) const override {
        return read_sources.contains(source);
    }

  private:
    static bool matches(const PostFilter& filter, const FakePost& p) {
        const bool source = std::find(filter.sources.begin(), filter.sources.end(), p.source) !=
                            filter.sources.end();
        return source && std::all_of(filter.labels.begin(), filter.labels.end(),
                                     [&](const std::string& l) { return p.labels.contains(l); });
    }

    const std::vector<Sample>& of(const SeriesRef& ref) const {
        static const std::vector<Sample> kNone;
        const auto found =
            series.find(ref.record.empty() ? ref.source + "/" + ref.metric : ref.record);
        return found == series.end() ? kNone : found->second;
    }
};

}  // namespace narvaro
