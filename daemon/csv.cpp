#include "daemon/csv.h"

#include <charconv>
#include <iterator>

namespace narvaro {
namespace {

bool is_number(std::string_view cell) {
    double value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    return error == std::errc{} && end == cell.data() + cell.size();
}

bool looks_like_formula(std::string_view cell) {
    return !cell.empty() &&
           std::string_view{"=+-@\t\r"}.find(cell.front()) != std::string_view::npos &&
           !is_number(cell);
}

std::string csv_cell(std::string_view cell) {
    std::string text{cell};
    if (looks_like_formula(cell)) text.insert(text.begin(), '\'');
    if (text.find_first_of(",\"\r\n'") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string{"\"\""} : std::string{c};
    return quoted + "\"";
}

/// The characters of a CSV text, one at a time, with the line they stand on.
class CsvReader {
  public:
    CsvReader(std::string text, char separator)
        : text_(std::move(text)), separator_(separator), ends_{separator, '\r', '\n'} {
        if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    }
    bool done() const { return at_ >= text_.size(); }
    int line() const { return line_; }

    /// One row, the line end included.
    Result<std::vector<std::string>> row() {
        std::vector<std::string> cells;
        for (;;) {
            auto cell = quoted() ? quoted_cell() : Result<std::string>{bare_cell()};
            if (!cell) return tl::unexpected{cell.error()};
            cells.push_back(std::move(*cell));
            if (done()) return cells;
            const char end = text_[at_++];
            if (end == separator_) continue;
            if (end == '\r' && !done() && text_[at_] == '\n') ++at_;
            ++line_;
            return cells;
        }
    }

  private:
    bool quoted() const { return !done() && text_[at_] == '"'; }

    std::string bare_cell() {
        const std::size_t end = std::min(text_.find_first_of(ends_, at_), text_.size());
        std::string cell = text_.substr(at_, end - at_);
        at_ = end;
        return cell;
    }

    Result<std::string> quoted_cell() {
        const int begun = line_;
        std::string cell;
        for (++at_; !done(); ++at_) {
            if (text_[at_] == '"') {
                ++at_;
                if (done() || text_[at_] != '"') return after_quote(std::move(cell));
            }
            if (text_[at_] == '\n') ++line_;
            cell += text_[at_];
        }
        return fail(Fault::usage, "line " + std::to_string(begun) + ": a quote is never closed",
                    "close it with \"; a quote inside a cell is written twice");
    }

    Result<std::string> after_quote(std::string cell) const {
        if (done() || text_[at_] == separator_ || text_[at_] == '\n' || text_[at_] == '\r')
            return cell;
        return fail(Fault::usage,
                    "line " + std::to_string(line_) + ": text follows a closing quote",
                    "a quote inside a cell is written twice");
    }

    std::string text_;
    char separator_;
    std::string ends_;  ///< what a bare cell ends at
    std::size_t at_ = 0;
    int line_ = 1;
};

}  // namespace

std::string csv_line(const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) line += ',';
        line += csv_cell(cells[i]);
    }
    return line + "\n";
}

Result<void> read_csv(std::istream& in,
                      const std::function<bool(int line, std::vector<std::string> cells)>& row,
                      char separator) {
    CsvReader reader{std::string{std::istreambuf_iterator<char>{in}, {}}, separator};
    while (!reader.done()) {
        const int line = reader.line();
        auto cells = reader.row();
        if (!cells) return tl::unexpected{cells.error()};
        const bool blank = cells->size() == 1 && cells->front().empty();
        if (!blank && !row(line, std::move(*cells))) return {};
    }
    return {};
}

}  // namespace narvaro
