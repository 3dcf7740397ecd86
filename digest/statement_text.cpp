// The annual meeting's page as plain text.
#include <fmt/format.h>

#include "digest/figures.h"
#include "digest/layout.h"
#include "digest/plain_text.h"
#include "digest/statement.h"

namespace narvaro {
namespace {

/// Writes one statement; each function is a section.
class TextStatement {
  public:
    TextStatement(const Statement& statement, const Zone& zone, std::string_view language)
        : statement_(statement), zone_(zone), words_(language) {}

    std::string write() {
        const std::string name = harmless_line(statement_.plan_name.in(words_.language()));
        out_ = wrapped(name, 0) + std::string(columns_of(name), '=') + "\n\n";
        out_ += wrapped(
            fmt::format(fmt::runtime(words_.text(
                            statement_.over ? "The outcome of {from} to {to}, counted {day}."
                                            : "The plan runs from {from} to {to}; this is how it "
                                              "stands {day}.")),
                        fmt::arg("from", date_words(statement_.from, words_)),
                        fmt::arg("to", date_words(statement_.to, words_)),
                        fmt::arg("day", date_words(zone_.day_of(statement_.as_of), words_))),
            0);
        out_ += wrapped(statement_summary(statement_, words_.language()), 0);
        int number = 0;
        for (const StatementGoal& goal : statement_.goals) write_goal(++number, goal);
        write_uncounted();
        out_ += "\n" + wrapped(source_of_page(), 0);
        return out_;
    }

  private:
    void write_goal(int number, const StatementGoal& goal) {
        const std::string_view language = words_.language();
        out_ += "\n" + wrapped(harmless_line(goal.target.name.in(language)), 4,
                               fmt::format("{:>2}. ", number));
        out_ += wrapped(outcome_word(goal.result.state, statement_.over, language) + ": " +
                            outcome_words(goal, zone_, language),
                        4);
        write_list("Counted", counted_lines(goal));
        write_list("About the figures", remark_words(goal, zone_, language));
        write_list("Corrected", correction_words(goal, zone_, language));
    }

    std::vector<std::string> counted_lines(const StatementGoal& goal) const {
        std::vector<std::string> lines;
        for (const DigestPost& post : goal.counted) {
            std::string line = post.published ? day_words(zone_.day_of(*post.published), words_)
                                              : std::string{"–"};
            line += " " + (post.headline.empty() ? post.id : "\"" + post.headline + "\"");
            if (!post.url.empty()) line += " " + post.url;
            lines.push_back(harmless_line(line));
        }
        for (const Record& record : goal.records) {
            std::string line = day_words(zone_.day_of(record.at), words_) + " " + record.name;
            if (record.value) line += " " + number_words(*record.value, words_);
            if (!record.note.empty()) line += " – " + record.note;
            if (!record.who.empty()) line += " (" + record.who + ")";
            lines.push_back(harmless_line(line));
        }
        for (const Sample& sample : goal.readings) {
            lines.push_back(date_words(zone_.day_of(sample.at), words_) + ": " +
                            number_words(sample.value, words_) +
                            (sample.by.empty() ? "" : " (" + harmless_line(sample.by) + ")"));
        }
        for (const Audience& audience : goal.audiences) {
            lines.push_back(audience_words(audience, zone_, words_));
        }
        return lines;
    }

    void write_list(const char* heading, const std::vector<std::string>& lines) {
        if (lines.empty()) return;
        out_ += "    " + words_.text(heading) + ":\n";
        for (const std::string& line : lines) out_ += wrapped(line, 8, "      - ");
    }

    void write_uncounted() {
        if (statement_.uncounted.empty()) return;
        out_ += "\n" + words_.text("What the plan says and nobody counted") + "\n";
        for (const Sentence& sentence : statement_.uncounted) {
            std::string line = harmless_line(sentence.text.in(words_.language()));
            if (!sentence.why.empty()) line += " (" + harmless_line(sentence.why) + ")";
            out_ += wrapped(line, 4, "  - ");
        }
    }

    std::string source_of_page() const {
        return fmt::format(
            fmt::runtime(words_.text("Made by {program} with: {command}. The same stored data give "
                                     "the same page.")),
            fmt::arg("program", statement_.program),
            fmt::arg("command", "narvaro statement --plan " + statement_.plan_id));
    }

    const Statement& statement_;
    const Zone& zone_;
    Catalogue words_;
    std::string out_;
};

}  // namespace

std::string render_statement_text(const Statement& statement, std::string_view language) {
    const auto zone = Zone::find(statement.zone);
    if (!zone) return zone.error().what + "\n";  // the configuration refuses unknown zones
    return TextStatement{statement, *zone, language}.write();
}

}  // namespace narvaro
