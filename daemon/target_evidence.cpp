#include "daemon/target_evidence.h"

#include <algorithm>

namespace narvaro {
namespace {

/// Takes the value over, or passes the error on.
template <class T>
Result<void> take(Result<T> from, T& into) {
    if (!from) return tl::unexpected{from.error()};
    into = std::move(*from);
    return {};
}

Result<void> add_records(const Store& store, const std::string& name, Span span, AsOf as_of,
                         TargetEvidence& out) {
    auto done = take(store.records(name, span, as_of), out.records);
    if (!done) return done;
    done = take(store.record_history(as_of), out.history);
    std::erase_if(out.history,
                  [&](const Record& r) { return r.name != name || !span.contains(r.at); });
    return done;
}

}  // namespace

Result<TargetEvidence> evidence_of(const Store& store, const Target& target, Span span,
                                   AsOf as_of) {
    TargetEvidence out;
    Result<void> done;
    if (target.posts) {
        done = take(store.evidence(*target.posts, span, as_of), out.counted);
        if (done) done = take(store.near_misses(*target.posts, span, as_of), out.near);
    }
    if (done && !target.records.empty()) {
        done = add_records(store, target.records, span, as_of, out);
    }
    if (done && target.series) {
        done = take(store.samples(*target.series, span, as_of), out.samples);
        const bool by_record = !target.series->record.empty();
        if (done && by_record) {
            done = add_records(store, target.series->record, span, as_of, out);
            out.records.clear();  // they stand among the samples
        } else if (done) {
            done = take(store.restatements(*target.series, span, as_of), out.restated);
        }
    }
    if (done && !target.audiences.empty()) {
        done = take(store.audiences(target.audiences, span, as_of), out.audiences);
    }
    if (!done) return tl::unexpected{done.error()};
    return out;
}

Span counted_span(const Plan& plan, const Zone& zone, const TargetResult& result,
                  sys_seconds as_of) {
    if (!result.periods.empty()) return result.periods.back().span;
    const Span whole{zone.start_of(plan.from), zone.day(plan.to).to};
    return {whole.from, std::min(as_of + seconds{1}, whole.to)};
}

}  // namespace narvaro
