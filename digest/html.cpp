// The digest as HTML for mail clients. Outlook lays out with Word and Gmail drops what it does not
// know, so: tables, styles inline, one column; the style block only adds dark colours and a narrow
// screen. States are words first; the colour beside them is an extra.
#include <cmath>

#include <fmt/format.h>

#include "digest/chart.h"
#include "digest/escape.h"
#include "digest/letter.h"

namespace narvaro {
namespace {

constexpr char kInk[] = "#1f2328";
constexpr char kMuted[] = "#57606a";
constexpr char kLink[] = "#0a58ca";
constexpr char kRule[] = "#d0d7de";

constexpr char kHead[] = R"html(<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
)html";

constexpr char kStyle[] = R"css(<style>
:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
body, .page { background-color: #15181c !important; }
.ink { color: #e6e8ea !important; }
.muted { color: #a9b1ba !important; }
.link { color: #8ab8ff !important; }
.rule { border-color: #3d444d !important; }
.rest { background-color: #3d444d !important; }
}
@media (max-width: 480px) { .page { padding: 12px !important; } }
</style>
)css";

constexpr char kFont[] = "font-family:Arial,Helvetica,sans-serif";

std::string shown(const std::string& text) { return escaped(kept_together(text)); }

/// Beside the word, never in its place.
const char* colour_of(TargetState state) {
    switch (state) {
        case TargetState::met:
            return "#1a7f37";
        case TargetState::on_track:
            return "#2da44e";
        case TargetState::behind:
            return "#bf8700";
        case TargetState::missed:
            return "#cf222e";
        case TargetState::no_data:
        case TargetState::closed:
            return "#8c959f";
    }
    return kRule;
}

/// Lays a letter out; each function is a section.
class HtmlLayout {
  public:
    explicit HtmlLayout(Letter letter) : letter_(std::move(letter)) {}

    std::string write() {
        open();
        write_lead();
        write_todo();
        write_targets();
        write_charts();
        for (const LetterSection& section : letter_.sections) write_section(section);
        out_ += "</td></tr></table>\n</div>\n</body>\n</html>\n";
        return std::move(out_);
    }

  private:
    void open() {
        out_ = fmt::format("<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n{}<title>{}</title>\n{}",
                           letter_.language, kHead, shown(letter_.subject), kStyle);
        out_ += fmt::format(
            "</head>\n<body style=\"margin:0;padding:0;background-color:#ffffff\">\n"
            "<div role=\"main\" lang=\"{}\">\n"
            "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" "
            "border=\"0\" align=\"center\" style=\"width:100%;max-width:600px;margin:0 auto\">"
            "<tr><td class=\"page\" style=\"padding:20px;background-color:#ffffff;{};"
            "font-size:15px;line-height:1.45;text-align:left\">\n",
            letter_.language, kFont);
    }

    /// A block of text in the page's ink.
    void block(const char* tag, const char* style, const std::string& html,
               const char* kind = "ink") {
        out_ += fmt::format("<{0} class=\"{1}\" style=\"{2};color:{3}\">{4}</{0}>\n", tag, kind,
                            style, kind == std::string_view{"ink"} ? kInk : kMuted, html);
    }

    void heading(const std::string& text) {
        out_ += fmt::format(
            "<h2 class=\"ink rule\" style=\"margin:26px 0 8px;padding-bottom:4px;font-size:16px;"
            "line-height:1.3;border-bottom:1px solid {};color:{}\">{}</h2>\n",
            kRule, kInk, shown(text));
    }

    void write_lead() {
        block("h1", "margin:0 0 10px;font-size:21px;line-height:1.3", shown(letter_.subject));
        if (!letter_.notice.empty()) {
            block("p", "margin:0 0 10px;font-weight:bold", shown(letter_.notice));
        }
        block("p", "margin:0", shown(letter_.sentence));
    }

    void write_todo() {
        heading(letter_.todo_heading);
        if (letter_.todo.empty()) {
            block("p", "margin:0", shown(letter_.todo_none));
            return;
        }
        std::string items;
        for (const std::string& act : letter_.todo) {
            items += "<li style=\"margin:0 0 8px\">" + shown(act) + "</li>\n";
        }
        block("ol", "margin:0;padding-left:22px;font-size:16px", items);
    }

    void write_targets() {
        heading(letter_.table_heading);
        out_ += fmt::format(
            "<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
            "style=\"width:100%;border-collapse:collapse;font-size:14px\">\n"
            "<caption class=\"muted\" style=\"text-align:left;font-size:13px;color:{}\">{}"
            "</caption>\n<thead><tr>",
            kMuted, shown(letter_.table_caption));
        for (const std::string& column : letter_.columns) {
            out_ += fmt::format(
                "<th scope=\"col\" class=\"muted rule\" style=\"text-align:left;padding:6px 8px "
                "6px 0;font-size:13px;border-bottom:1px solid {};color:{}\">{}</th>",
                kRule, kMuted, shown(column));
        }
        out_ += "</tr></thead>\n<tbody>\n";
        for (const LetterRow& row : letter_.rows) write_row(row);
        out_ += "</tbody></table>\n";
        for (const std::string& note : letter_.table_notes) {
            block("p", "margin:8px 0 0;font-size:13px", shown(note), "muted");
        }
    }

    void write_row(const LetterRow& row) {
        std::string details;
        for (const std::string& detail : row.details) {
            details += (details.empty() ? "" : " · ") + shown(detail);
        }
        const std::string cell = fmt::format(
            "class=\"ink rule\" style=\"vertical-align:top;text-align:left;padding:8px 8px 8px 0;"
            "border-bottom:1px solid {};color:{}",
            kRule, kInk);
        out_ += fmt::format(
            "<tr><th scope=\"row\" {};font-weight:normal\"><strong>{}</strong>"
            "<div class=\"muted\" style=\"font-size:13px;color:{}\">{}</div>{}</th>\n",
            cell, shown(row.name), kMuted, details, bar(row));
        out_ += fmt::format("<td {}\">{}", cell, shown(row.value));
        if (!row.change.empty()) {
            out_ += fmt::format("<div class=\"muted\" style=\"font-size:13px;color:{}\">{}</div>",
                                kMuted, shown(row.change));
        }
        out_ += fmt::format(
            "</td>\n<td {}\"><span style=\"display:inline-block;padding-left:6px;border-left:4px "
            "solid {}\">{}</span></td></tr>\n",
            cell, colour_of(row.state), shown(row.state_word));
    }

    /// How far it has come, from two cells; the figures stand beside it as text.
    static std::string bar(const LetterRow& row) {
        if (!row.progress) return {};
        const int done = static_cast<int>(std::lround(*row.progress * 100));
        std::string cells;
        if (done > 0) {
            cells += fmt::format("<td width=\"{}%\" bgcolor=\"{}\">&nbsp;</td>", done,
                                 colour_of(row.state));
        }
        if (done < 100) {
            cells += fmt::format("<td class=\"rest\" width=\"{}%\" bgcolor=\"{}\">&nbsp;</td>",
                                 100 - done, kRule);
        }
        return fmt::format(
            "<table role=\"presentation\" aria-hidden=\"true\" width=\"100%\" cellpadding=\"0\" "
            "cellspacing=\"0\" border=\"0\" style=\"width:100%;margin-top:5px;font-size:0;"
            "line-height:5px\"><tr>{}</tr></table>",
            cells);
    }

    void write_charts() {
        if (letter_.charts.empty()) return;
        heading(letter_.charts_heading);
        for (const LetterChart& chart : letter_.charts) {
            block("h3", "margin:14px 0 2px;font-size:14px", shown(chart.name));
            write_chart(chart);
            block("p", "margin:2px 0 0;font-size:13px", shown(chart.words), "muted");
        }
    }

    void write_chart(const LetterChart& chart) {
        const std::string small =
            fmt::format("class=\"muted\" style=\"font-size:12px;color:{}", kMuted);
        out_ += fmt::format(
            "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" "
            "border=\"0\" style=\"width:100%\"><tr><td rowspan=\"2\"><img src=\"cid:{}\" "
            "width=\"500\" alt=\"{}\" style=\"display:block;width:100%;height:auto;border:0\">"
            "</td><td {};width:44px;text-align:right;vertical-align:top\">{}</td></tr>",
            chart_cid(chart.target), escaped(chart.name + ": " + chart.words), small,
            shown(chart.top));
        out_ += fmt::format("<tr><td {};text-align:right;vertical-align:bottom\">{}</td></tr>",
                            small, shown(chart.bottom));
        out_ += fmt::format(
            "<tr><td><table role=\"presentation\" width=\"100%\" cellpadding=\"0\" "
            "cellspacing=\"0\" border=\"0\"><tr><td {}\">{}</td><td {};text-align:right\">{}</td>"
            "</tr></table></td><td></td></tr></table>\n",
            small, shown(chart.first), small, shown(chart.last));
    }

    void write_section(const LetterSection& section) {
        heading(section.heading);
        for (const std::string& line : section.lines) {
            block("p", "margin:0 0 4px;font-size:14px;overflow-wrap:anywhere", shown(line));
        }
        for (const LetterGroup& group : section.groups) {
            if (!group.heading.empty()) {
                block("h3", "margin:12px 0 2px;font-size:14px", shown(group.heading));
            }
            std::string items;
            for (const LetterItem& item : group.items) items += item_html(item);
            if (!group.rest.empty()) {
                items += "<li style=\"margin:0 0 4px\">" + shown(group.rest) + "</li>\n";
            }
            block("ul", "margin:0;padding-left:18px;font-size:14px;overflow-wrap:anywhere", items);
        }
    }

    static std::string item_html(const LetterItem& item) {
        std::string html = "<li style=\"margin:0 0 4px\">";
        html += item.url.empty()
                    ? shown(item.text)
                    : fmt::format("<a class=\"link\" href=\"{}\" style=\"color:{}\">{}</a>",
                                  escaped(item.url), kLink, shown(item.text));
        for (const std::string& note : item.notes) {
            html += fmt::format("<div class=\"muted\" style=\"font-size:13px;color:{}\">{}</div>",
                                kMuted, shown(note));
        }
        return html + "</li>\n";
    }

    Letter letter_;
    std::string out_;
};

}  // namespace

std::string render_html(const DigestWeek& week, std::string_view language) {
    const auto zone = Zone::find(week.zone);
    if (!zone) return escaped(zone.error().what) + "\n";  // the configuration refuses such zones
    return HtmlLayout{compose_letter(week, *zone, language)}.write();
}

}  // namespace narvaro
