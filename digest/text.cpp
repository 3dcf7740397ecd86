// The digest as plain text.
#include <fmt/format.h>

#include "digest/layout.h"
#include "digest/letter.h"
#include "digest/week.h"

namespace narvaro {
namespace {

/// Lays a letter out in 78 columns; each function is a section.
class TextLayout {
  public:
    explicit TextLayout(Letter letter) : letter_(std::move(letter)) {}

    std::string write() {
        out_ = wrapped(letter_.subject, 0) + "\n";
        if (!letter_.notice.empty()) out_ += wrapped(letter_.notice, 0);
        out_ += wrapped(letter_.sentence, 0);
        write_todo();
        write_targets();
        write_charts();
        for (const LetterSection& section : letter_.sections) write_section(section);
        return out_;
    }

  private:
    void heading(const std::string& text) { out_ += "\n" + text + "\n"; }

    void write_todo() {
        heading(letter_.todo_heading);
        if (letter_.todo.empty()) out_ += wrapped(letter_.todo_none, 0);
        int number = 0;
        for (const std::string& act : letter_.todo) {
            out_ += wrapped(act, 3, fmt::format("{}. ", ++number));
        }
    }

    void write_targets() {
        heading(letter_.table_heading);
        out_ += wrapped(letter_.table_caption, 0);
        for (const LetterRow& row : letter_.rows) {
            out_ += two_ends(row.name, row.state_word);
            std::string details = row.value + (row.change.empty() ? "" : " · " + row.change);
            for (const std::string& detail : row.details) details += " · " + detail;
            out_ += wrapped(details, 2);
        }
        for (const std::string& note : letter_.table_notes) out_ += wrapped(note, 0);
    }

    void write_charts() {
        if (letter_.charts.empty()) return;
        heading(letter_.charts_heading);
        for (const LetterChart& chart : letter_.charts) {
            out_ += wrapped(chart.name, 0);
            out_ += wrapped(chart.words, 2);
        }
    }

    void write_section(const LetterSection& section) {
        heading(section.heading);
        for (const std::string& line : section.lines) out_ += wrapped(line, 0);
        for (const LetterGroup& group : section.groups) {
            if (!group.heading.empty()) out_ += wrapped(group.heading, 0);
            for (const LetterItem& item : group.items) write_item(item);
            if (!group.rest.empty()) out_ += "  " + group.rest + "\n";
        }
    }

    void write_item(const LetterItem& item) {
        out_ += wrapped(item.text, 4, "- ");
        if (!item.url.empty()) out_ += "    " + item.url + "\n";
        for (const std::string& note : item.notes) out_ += wrapped(note, 4);
    }

    Letter letter_;
    std::string out_;
};

}  // namespace

std::string render_text(const DigestWeek& week, std::string_view language) {
    const auto zone = Zone::find(week.zone);
    if (!zone) return zone.error().what + "\n";  // the configuration refuses unknown zones
    return TextLayout{compose_letter(week, *zone, language)}.write();
}

}  // namespace narvaro
