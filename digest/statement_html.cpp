// The annual meeting's page as HTML: on paper A4, on a screen one column.
#include <fmt/format.h>

#include "digest/escape.h"
#include "digest/figures.h"
#include "digest/plain_text.h"
#include "digest/statement.h"

namespace narvaro {
namespace {

// No scripts, no fonts or pictures from elsewhere. States are words, never colour alone.
constexpr char kStyle[] = R"css(
@page { size: A4; margin: 18mm 17mm 20mm; @bottom-right { content: counter(page); font: 9pt Georgia, serif; } }
:root { color-scheme: light; }
body { font: 10.5pt/1.45 Georgia, "Liberation Serif", "DejaVu Serif", serif; color: #1b1b1b; background: #fff;
       max-width: 46em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 22pt; line-height: 1.15; margin: 0 0 .2em; }
h2 { font-size: 14pt; margin: 1.8em 0 .5em; border-bottom: 1.5pt solid #1b1b1b; padding-bottom: .15em; }
h3 { font-size: 11.5pt; margin: 1.5em 0 .15em; break-after: avoid; }
h4 { font: bold 8.5pt/1.3 Arial, "Liberation Sans", "DejaVu Sans", sans-serif; letter-spacing: .02em;
     color: #444; margin: .7em 0 .15em; break-after: avoid; }
p { margin: .25em 0; }
.lead { font-size: 11.5pt; margin: .1em 0; }
table { border-collapse: collapse; width: 100%; margin: .6em 0; font-size: 9.8pt; }
caption { text-align: left; font-size: 9pt; color: #444; padding-bottom: .3em; }
th, td { text-align: left; vertical-align: top; padding: .32em .5em .32em 0; border-bottom: .5pt solid #bbb; }
thead th { border-bottom: 1pt solid #1b1b1b; font-size: 8.8pt; }
tbody th { font-weight: normal; }
td.state { white-space: nowrap; }
tr { break-inside: avoid; }
.state { font-weight: bold; }
.reached { color: #14532d; } .missed { color: #8a1c1c; } .other { color: #4a4a4a; }
ul { margin: .1em 0 .3em; padding-left: 1.2em; font-size: 9.6pt; }
li { margin: .1em 0; break-inside: avoid; overflow-wrap: anywhere; }
ul.posts { list-style: none; padding-left: 0; }
ul.posts li { display: grid; grid-template-columns: 10em 1fr; }
.date { color: #444; }
a { color: #1b1b1b; }
.goal { break-inside: auto; }
footer { margin-top: 2.2em; border-top: .5pt solid #bbb; padding-top: .5em; font-size: 8.8pt; color: #444; }
@media print { body { max-width: none; margin: 0; padding: 0; } a { text-decoration: none; } }
)css";

const char* class_of(TargetState state, bool over) {
    switch (state) {
        case TargetState::met:
            return "reached";
        case TargetState::on_track:
            return "reached";
        case TargetState::missed:
            return "missed";
        case TargetState::behind:
            return over ? "missed" : "other";
        case TargetState::no_data:
        case TargetState::closed:
            return "other";
    }
    return "other";
}

/// Writes one page; each function is a section.
class HtmlStatement {
  public:
    HtmlStatement(const Statement& statement, const Zone& zone, std::string_view language)
        : statement_(statement), zone_(zone), words_(language) {}

    std::string write() {
        const std::string name = escaped(statement_.plan_name.in(words_.language()));
        out_ = fmt::format(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n",
            words_.language(), name, kStyle);
        out_ += "<h1>" + name + "</h1>\n";
        line("lead", period_words());
        line("lead", escaped(statement_summary(statement_, words_.language())));
        write_overview();
        out_ += "<h2>" + escaped(words_.text("Goal by goal")) + "</h2>\n";
        int number = 0;
        for (const StatementGoal& goal : statement_.goals) write_goal(++number, goal);
        write_uncounted();
        write_footer();
        out_ += "</main>\n</body>\n</html>\n";
        return std::move(out_);
    }

  private:
    void line(const char* name, const std::string& html) {
        out_ += fmt::format("<p class=\"{}\">{}</p>\n", name, html);
    }

    std::string period_words() const {
        return escaped(fmt::format(
            fmt::runtime(words_.text(statement_.over
                                         ? "The outcome of {from} to {to}, counted {day}."
                                         : "The plan runs from {from} to {to}; this is how it "
                                           "stands {day}.")),
            fmt::arg("from", date_words(statement_.from, words_)),
            fmt::arg("to", date_words(statement_.to, words_)),
            fmt::arg("day", date_words(zone_.day_of(statement_.as_of), words_))));
    }

    std::string state_html(const StatementGoal& goal) const {
        return fmt::format(
            "<span class=\"state {}\">{}</span>", class_of(goal.result.state, statement_.over),
            escaped(outcome_word(goal.result.state, statement_.over, words_.language())));
    }

    void write_overview() {
        out_ += fmt::format(
            "<table>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
            "<th scope=\"col\">{}</th></tr></thead>\n<tbody>\n",
            escaped(words_.text("Goal")), escaped(words_.text("Outcome")),
            escaped(words_.text("Result")));
        int number = 0;
        for (const StatementGoal& goal : statement_.goals) {
            out_ += fmt::format(
                "<tr><th scope=\"row\">{}. {}</th><td>{}</td><td class=\"state\">{}</td></tr>\n",
                ++number, escaped(kept_together(goal.target.name.in(words_.language()))),
                escaped(outcome_words(goal, zone_, words_.language())), state_html(goal));
        }
        out_ += "</tbody>\n</table>\n";
    }

    void write_goal(int number, const StatementGoal& goal) {
        const std::string_view language = words_.language();
        out_ += fmt::format("<section class=\"goal\">\n<h3>{}. {}</h3>\n<p>{} – {}</p>\n", number,
                            escaped(kept_together(goal.target.name.in(language))), state_html(goal),
                            escaped(outcome_words(goal, zone_, language)));
        write_counted(goal);
        write_list("About the figures", remark_words(goal, zone_, language));
        write_list("Corrected", correction_words(goal, zone_, language));
        out_ += "</section>\n";
    }

    std::string dated(sys_seconds at, const std::string& html) const {
        return "<li><span class=\"date\">" + escaped(date_words(zone_.day_of(at), words_)) +
               "</span> <span>" + html + "</span></li>\n";
    }

    std::string post_html(const DigestPost& post) const {
        const std::string text = escaped(post.headline.empty() ? post.id : post.headline);
        const std::string shown =
            is_linkable(post.url) ? "<a href=\"" + escaped(post.url) + "\">" + text + "</a>" : text;
        return dated(post.published.value_or(statement_.as_of),
                     shown + " <small>" + escaped(post.source) + "</small>");
    }

    std::string record_html(const Record& record) const {
        std::string text = escaped(record.name);
        if (record.value) text += " " + escaped(number_words(*record.value, words_));
        if (!record.note.empty()) text += " – " + escaped(record.note);
        if (!record.who.empty()) text += " <small>(" + escaped(record.who) + ")</small>";
        return dated(record.at, text);
    }

    void write_counted(const StatementGoal& goal) {
        std::string items;
        for (const DigestPost& post : goal.counted) items += post_html(post);
        for (const Record& record : goal.records) items += record_html(record);
        for (const Sample& sample : goal.readings) {
            items += dated(
                sample.at,
                escaped(number_words(sample.value, words_)) +
                    (sample.by.empty() ? "" : " <small>(" + escaped(sample.by) + ")</small>"));
        }
        if (!items.empty()) {
            out_ += "<h4>" + escaped(words_.text("Counted")) + "</h4>\n<ul class=\"posts\">\n" +
                    items + "</ul>\n";
        }
        std::vector<std::string> audiences;
        for (const Audience& a : goal.audiences) {
            audiences.push_back(audience_words(a, zone_, words_));
        }
        write_list("Counted", audiences);
    }

    void write_list(const char* heading, const std::vector<std::string>& lines) {
        if (lines.empty()) return;
        out_ += "<h4>" + escaped(words_.text(heading)) + "</h4>\n<ul>\n";
        for (const std::string& text : lines) out_ += "<li>" + escaped(text) + "</li>\n";
        out_ += "</ul>\n";
    }

    void write_uncounted() {
        if (statement_.uncounted.empty()) return;
        out_ += "<h2>" + escaped(words_.text("What the plan says and nobody counted")) +
                "</h2>\n<ul>\n";
        for (const Sentence& sentence : statement_.uncounted) {
            out_ += "<li>" + escaped(sentence.text.in(words_.language()));
            if (!sentence.why.empty()) out_ += " <small>(" + escaped(sentence.why) + ")</small>";
            out_ += "</li>\n";
        }
        out_ += "</ul>\n";
    }

    void write_footer() {
        out_ += "<footer>" +
                escaped(fmt::format(
                    fmt::runtime(words_.text("Made by {program} with: {command}. The same stored "
                                             "data give the same page.")),
                    fmt::arg("program", statement_.program),
                    fmt::arg("command", "narvaro statement --plan " + statement_.plan_id))) +
                "</footer>\n";
    }

    const Statement& statement_;
    const Zone& zone_;
    Catalogue words_;
    std::string out_;
};

}  // namespace

std::string render_statement_html(const Statement& statement, std::string_view language) {
    const auto zone = Zone::find(statement.zone);
    if (!zone) return "<!DOCTYPE html><title>" + escaped(zone.error().what) + "</title>\n";
    return HtmlStatement{statement, *zone, language}.write();
}

}  // namespace narvaro
