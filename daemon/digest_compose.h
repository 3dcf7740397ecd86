#pragma once
#include <string>
#include <vector>

#include "daemon/digest_week.h"
#include "storage/store.h"

namespace narvaro {

/// A digest in all its renderings, ready to be stored and sent.
struct ComposedDigest {
    Composition composition;
    std::vector<DigestFile> files;  ///< by language and name; pictures have no language
    std::vector<QueuedMail> mails;  ///< one to each recipient; none without [digest] from
};

DigestMoment moment_of(const Composition& composition);

/// The languages that a digest is made in: the configured one, then those of recipients.
std::vector<std::string> digest_languages(const Settings& settings);

/// One rendering. @param name  "text", "html", "json", "csv", "eml"
/// @return Fault::usage for "eml" without a sender and a recipient
Result<std::string> render_digest(const Settings& settings, const DigestWeek& week,
                                  const DigestContext& context, const std::string& language,
                                  const std::string& name);

/// Everything of one digest: the same facts and context give the same bytes.
Result<ComposedDigest> compose_digest(const Settings& settings, const Store& store,
                                      const DigestMoment& moment, const DigestContext& context);

/// Writes what is not there yet to STATE/digests/: 2021-W46.{txt,html,json,csv,eml} in the
/// configured language, 2021-W46.en.txt and so on in others, and the charts as
/// 2021-W46.TARGET.png; a later revision as 2021-W46.r2.txt and so on.
Result<void> archive_digest(const Settings& settings, const Store& store,
                            const Composition& composition);

/// Composes, stores with its messages, and archives.
/// @return false when that week had that revision already: nothing is stored or sent twice
Result<bool> publish_digest(const Settings& settings, Store& store, const DigestMoment& moment,
                            const DigestContext& context);

}  // namespace narvaro
