#include "daemon/digest_compose.h"

#include <algorithm>

#include "daemon/file.h"
#include "daemon/targets_csv.h"
#include "digest/chart.h"
#include "digest/message.h"

namespace narvaro {
namespace {

/// One digest in one language, rendered once and used for its files and its messages.
class Edition {
  public:
    Edition(const Settings& settings, const DigestWeek& week, const DigestContext& context,
            std::vector<DigestPicture> pictures, const std::string& language)
        : settings_(settings), week_(week), context_(context) {
        body_.language = language;
        body_.subject = subject_line(week, language);
        body_.text = render_text(week, language);
        body_.html = render_html(week, language);
        body_.csv = targets_csv(week, language);
        body_.csv_name = "narvaro-" + to_string(week.week) + ".csv";
        body_.pictures = std::move(pictures);
    }

    const DigestBody& body() const { return body_; }

    QueuedMail mail_to(const std::string& to) const {
        const std::string& from = settings_.digest->from;
        DigestEnvelope envelope;
        envelope.from = from;
        envelope.from_name = "narvaro";
        envelope.to = to;
        envelope.message_id = digest_message_id(week_.week, week_.revision, to, from);
        envelope.references = former_message(to);
        envelope.date = week_.composed_at;
        envelope.list_id = "narvaro." + from.substr(from.find('@') + 1);
        return {to, body_.language, envelope.message_id, render_message(envelope, body_)};
    }

  private:
    /// What the message continues: the former revision, else the week before.
    std::string former_message(const std::string& to) const {
        const std::string& from = settings_.digest->from;
        if (week_.revision > 1) {
            return digest_message_id(week_.week, week_.revision - 1, to, from);
        }
        if (context_.former_revision == 0) return {};
        const IsoWeek before = week_of(monday_of(week_.week) - date::days{7});
        return digest_message_id(before, context_.former_revision, to, from);
    }

    const Settings& settings_;
    const DigestWeek& week_;
    const DigestContext& context_;
    DigestBody body_;
};

/// The first who reads the language; else the first of all.
const Recipient* reader_of(const Settings& settings, const std::string& language) {
    if (!settings.digest || settings.digest->from.empty() || settings.digest->to.empty()) {
        return nullptr;
    }
    const auto& to = settings.digest->to;
    const auto reader = std::find_if(to.begin(), to.end(),
                                     [&](const Recipient& r) { return r.language == language; });
    return reader == to.end() ? &to.front() : &*reader;
}

void add_files(ComposedDigest& digest, const Edition& edition, const std::string& json,
               const Recipient* reader) {
    const DigestBody& body = edition.body();
    const auto add = [&](const char* name, const char* type, std::string bytes) {
        digest.files.push_back({body.language, name, type, std::move(bytes)});
    };
    add("text", "text/plain", body.text);
    add("html", "text/html", body.html);
    add("json", "application/json", json);
    add("csv", "text/csv", body.csv);
    if (reader) add("eml", "message/rfc822", edition.mail_to(reader->address).bytes);
}

std::string suffix_of(const std::string& name) { return name == "text" ? "txt" : name; }

std::filesystem::path archive_file(const Settings& settings, const Composition& composition,
                                   const DigestFile& file) {
    std::string name = to_string(composition.week);
    if (composition.revision > 1) name += ".r" + std::to_string(composition.revision);
    if (file.language.empty()) {
        name += "." + file.name.substr(0, file.name.find('@'));
    } else {
        if (file.language != settings.language) name += "." + file.language;
        name += "." + suffix_of(file.name);
    }
    return settings.state / "digests" / name;
}

}  // namespace

DigestMoment moment_of(const Composition& c) { return {c.week, c.revision, c.composed_at, c.late}; }

std::vector<std::string> digest_languages(const Settings& settings) {
    std::vector<std::string> languages{settings.language};
    if (!settings.digest) return languages;
    for (const Recipient& r : settings.digest->to) {
        if (std::find(languages.begin(), languages.end(), r.language) == languages.end()) {
            languages.push_back(r.language);
        }
    }
    return languages;
}

Result<std::string> render_digest(const Settings& settings, const DigestWeek& week,
                                  const DigestContext& context, const std::string& language,
                                  const std::string& name) {
    if (name == "json") return render_json(week, language);
    auto pictures = digest_pictures(week);
    if (!pictures) return tl::unexpected{pictures.error()};
    const Edition edition{settings, week, context, std::move(*pictures), language};
    if (name == "html") return edition.body().html;
    if (name == "csv") return edition.body().csv;
    if (name == "text") return edition.body().text;
    const Recipient* reader = reader_of(settings, language);
    if (reader == nullptr) {
        return fail(Fault::usage, "a message needs a sender and a recipient",
                    "fill from and to in [digest]");
    }
    return edition.mail_to(reader->address).bytes;
}

Result<ComposedDigest> compose_digest(const Settings& settings, const Store& store,
                                      const DigestMoment& moment, const DigestContext& context) {
    const auto week = gather_digest(settings, store, moment, context);
    if (!week) return tl::unexpected{week.error()};
    const auto pictures = digest_pictures(*week);
    if (!pictures) return tl::unexpected{pictures.error()};
    ComposedDigest digest;
    digest.composition = {moment.week, moment.revision, moment.composed_at, moment.late,
                          to_json(context)};
    for (const DigestPicture& picture : *pictures) {
        digest.files.push_back({"", picture.cid, "image/png", picture.png});
    }
    for (const std::string& language : digest_languages(settings)) {
        const Edition edition{settings, *week, context, *pictures, language};
        add_files(digest, edition, render_json(*week, language), reader_of(settings, language));
        if (!settings.digest || settings.digest->smtp.empty()) continue;
        for (const Recipient& to : settings.digest->to) {
            if (to.language == language) digest.mails.push_back(edition.mail_to(to.address));
        }
    }
    return digest;
}

Result<void> archive_digest(const Settings& settings, const Store& store,
                            const Composition& composition) {
    std::vector<std::string> languages = digest_languages(settings);
    languages.emplace_back();  // of pictures
    for (const std::string& language : languages) {
        const auto files = store.digest_files(composition.week, composition.revision, language);
        if (!files) return tl::unexpected{files.error()};
        for (const DigestFile& file : *files) {
            const auto path = archive_file(settings, composition, file);
            if (std::filesystem::exists(path)) continue;
            if (const auto done = write_file(path, file.bytes); !done) return done;
        }
    }
    return {};
}

Result<bool> publish_digest(const Settings& settings, Store& store, const DigestMoment& moment,
                            const DigestContext& context) {
    const auto digest = compose_digest(settings, store, moment, context);
    if (!digest) return tl::unexpected{digest.error()};
    const auto added = store.add_composition(digest->composition, digest->files, digest->mails);
    if (!added || !*added) return added;
    if (const auto done = archive_digest(settings, store, digest->composition); !done) {
        return tl::unexpected{done.error()};
    }
    return true;
}

}  // namespace narvaro
