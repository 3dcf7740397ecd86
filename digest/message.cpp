#include "digest/message.h"

#include <gmime/gmime.h>
#include <memory>

#include <fmt/format.h>

#include "core/stable_hash.h"

namespace narvaro {
namespace {

struct Unref {
    template <class T>
    void operator()(T* object) const noexcept {
        g_object_unref(object);
    }
};
template <class T>
using Held = std::unique_ptr<T, Unref>;

/// Neither of quoted-printable nor of base64 can a line hold "=_", so no part can end early.
std::string boundary(const char* part) { return std::string{"=_narvaro-"} + part; }

Held<GMimeMultipart> multipart(const char* subtype) {
    Held<GMimeMultipart> parts{g_mime_multipart_new_with_subtype(subtype)};
    g_mime_multipart_set_boundary(parts.get(), boundary(subtype).c_str());
    return parts;
}

template <class T>
void add(const Held<GMimeMultipart>& parts, const Held<T>& part) {
    g_mime_multipart_add(parts.get(), GMIME_OBJECT(part.get()));
}

Held<GMimePart> part_of(const char* type, const char* subtype, const std::string& bytes,
                        GMimeContentEncoding encoding) {
    Held<GMimePart> part{g_mime_part_new_with_type(type, subtype)};
    const Held<GMimeStream> stream{g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size())};
    const Held<GMimeDataWrapper> content{
        g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT)};
    g_mime_part_set_content(part.get(), content.get());
    g_mime_part_set_content_encoding(part.get(), encoding);
    return part;
}

Held<GMimePart> text_part(const char* subtype, const std::string& text) {
    auto part = part_of("text", subtype, text, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part.get()), "charset", "utf-8");
    return part;
}

Held<GMimePart> picture_part(const DigestPicture& picture) {
    auto part = part_of("image", "png", picture.png, GMIME_CONTENT_ENCODING_BASE64);
    g_mime_part_set_content_id(part.get(), picture.cid.c_str());
    g_mime_object_set_disposition(GMIME_OBJECT(part.get()), GMIME_DISPOSITION_INLINE);
    g_mime_part_set_filename(part.get(), picture.cid.substr(0, picture.cid.find('@')).c_str());
    return part;
}

Held<GMimeMultipart> content_of(const DigestBody& body) {
    auto related = multipart("related");
    add(related, text_part("html", body.html));
    for (const DigestPicture& picture : body.pictures) add(related, picture_part(picture));
    auto alternative = multipart("alternative");
    add(alternative, text_part("plain", body.text));
    add(alternative, related);
    auto mixed = multipart("mixed");
    add(mixed, alternative);
    auto csv = text_part("csv", body.csv);
    g_mime_object_set_disposition(GMIME_OBJECT(csv.get()), GMIME_DISPOSITION_ATTACHMENT);
    g_mime_part_set_filename(csv.get(), body.csv_name.c_str());
    add(mixed, csv);
    return mixed;
}

void set_header(GMimeMessage* message, const char* name, const std::string& value) {
    g_mime_object_set_header(GMIME_OBJECT(message), name, value.c_str(), "utf-8");
}

void write_headers(GMimeMessage* message, const DigestEnvelope& envelope, const DigestBody& body) {
    g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_FROM, envelope.from_name.c_str(),
                               envelope.from.c_str());
    g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_TO, nullptr, envelope.to.c_str());
    g_mime_message_set_subject(message, body.subject.c_str(), "utf-8");
    GDateTime* date = g_date_time_new_from_unix_utc(envelope.date.time_since_epoch().count());
    g_mime_message_set_date(message, date);
    g_date_time_unref(date);
    g_mime_message_set_message_id(message, envelope.message_id.c_str());
    if (!envelope.references.empty()) {
        set_header(message, "In-Reply-To", "<" + envelope.references + ">");
        set_header(message, "References", "<" + envelope.references + ">");
    }
    set_header(message, "Content-Language", body.language);
    set_header(message, "Auto-Submitted", "auto-generated");
    set_header(message, "List-Id", "narvaro <" + envelope.list_id + ">");
    set_header(message, "List-Unsubscribe", "<mailto:" + envelope.from + "?subject=stopp>");
}

std::string written(GMimeMessage* message) {
    const Held<GMimeStream> stream{g_mime_stream_mem_new()};
    GMimeFormatOptions* options = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
    g_mime_object_write_to_stream(GMIME_OBJECT(message), options, stream.get());
    g_mime_format_options_free(options);
    const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
    return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

}  // namespace

std::string render_message(const DigestEnvelope& envelope, const DigestBody& body) {
    static const bool started = [] {
        g_mime_init();
        return true;
    }();
    static_cast<void>(started);
    const Held<GMimeMessage> message{g_mime_message_new(FALSE)};
    write_headers(message.get(), envelope, body);
    g_mime_message_set_mime_part(message.get(), GMIME_OBJECT(content_of(body).get()));
    return written(message.get());
}

std::string digest_message_id(IsoWeek week, int revision, const std::string& to,
                              const std::string& from) {
    const std::string domain = from.substr(from.find('@') + 1);
    return fmt::format("{}.{}.{:016x}@{}", to_string(week), revision, stable_hash(to), domain);
}

}  // namespace narvaro
