#include "analytics/tokens.h"

#include <algorithm>
#include <array>

#include <utf8proc.h>

#include "analytics/normalise.h"

namespace narvaro {
namespace {

constexpr std::size_t kLongestText = std::size_t{16} << 20U;
constexpr std::size_t kSpacedOut = 4;  ///< so many single letters in a row are one word

enum class Class : std::uint8_t { lower, upper, digit, space, line, mark, emoji };

Class class_of(char32_t c) {
    if (c < 0x80) {
        const auto a = static_cast<unsigned char>(c);
        if (a >= 'a' && a <= 'z') return Class::lower;
        if (a >= 'A' && a <= 'Z') return Class::upper;
        if (a >= '0' && a <= '9') return Class::digit;
        if (a == '\n') return Class::line;
        return a == ' ' ? Class::space : Class::mark;
    }
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LT:
            return Class::upper;
        case UTF8PROC_CATEGORY_LL:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_MN:
        case UTF8PROC_CATEGORY_MC:
            return Class::lower;
        case UTF8PROC_CATEGORY_ND:
            return Class::digit;
        case UTF8PROC_CATEGORY_ZS:
            return Class::space;
        case UTF8PROC_CATEGORY_ZL:
        case UTF8PROC_CATEGORY_ZP:
            return Class::line;
        case UTF8PROC_CATEGORY_SO:
            return c == 0xFFFD ? Class::mark : Class::emoji;
        default:
            return Class::mark;
    }
}

bool is_word(Class c) { return c <= Class::digit; }

bool is_dash(char32_t c) { return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212; }
bool is_bullet(char32_t c) { return c == ';' || c == 0x2022 || c == 0xB7 || c == '|'; }

/// What was seen between two tokens, until it is known what it amounts to.
struct GapSeen {
    int spaces = 0;
    int others = 0;
    bool line = false, end = false, comma = false, dash = false, point = false, slash = false;

    void take(char32_t c, Class what) {
        if (what == Class::space) {
            ++spaces;
        } else if (what == Class::line) {
            line = true;
        } else if (c == '.') {
            point = true;
        } else if (c == '!' || c == '?' || c == 0x2026) {
            end = true;
        } else if (c == ',' || is_bullet(c)) {
            comma = true;
        } else if (is_dash(c)) {
            dash = true;
        } else if (c == '/' || c == '&' || c == '+') {
            slash = true;
        } else {
            ++others;
        }
    }

    Gap gap() const {
        if (line) return Gap::line;
        if (end || (point && spaces > 0)) return Gap::sentence;
        if (comma) return spaces > 0 ? Gap::comma : Gap::comma_in;
        if (slash) return Gap::slash;
        if (dash) return spaces > 0 || others > 0 ? Gap::other : Gap::hyphen;
        if (point) return others > 0 ? Gap::sentence : Gap::point;
        if (others > 0) return Gap::other;
        if (spaces > 1) return Gap::wide;
        return spaces == 1 ? Gap::space : Gap::none;
    }
};

class Tokeniser {
  public:
    explicit Tokeniser(std::string_view text) : clean_(clean_text(text.substr(0, kLongestText))) {
        out_.folded.reserve(clean_.size());
        out_.tokens.reserve(clean_.size() / 5 + 4);
    }

    TokenText run() {
        while (at_ < clean_.size()) step();
        out_.characters = count_characters(clean_);
        out_.prose_characters = out_.characters - std::min(out_.characters, uncounted_);
        return std::move(out_);
    }

  private:
    void step() {
        const std::size_t from = at_;
        const char32_t c = next_code_point(clean_, at_);
        const Class what = class_of(c);
        if (is_word(what)) {
            if (!address(from)) word(from);
        } else if (what == Class::emoji) {
            push(Token::Kind::emoji, from, at_);
        } else if ((c == '#' || c == '@') && at_ < clean_.size() && word_at(at_)) {
            tagged(from, c == '#' ? Token::Kind::hashtag : Token::Kind::handle);
        } else {
            seen_.take(c, what);
        }
    }

    bool word_at(std::size_t at) const {
        std::size_t next = at;
        return is_word(class_of(next_code_point(clean_, next)));
    }

    std::size_t blank_after(std::size_t at) const {
        while (at < clean_.size() && clean_[at] != ' ' && clean_[at] != '\n') ++at;
        return at;
    }

    bool starts(std::size_t at, std::string_view what) const {
        if (clean_.size() - at < what.size()) return false;
        for (std::size_t i = 0; i < what.size(); ++i) {
            const char c = clean_[at + i];
            if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != what[i])
                return false;
        }
        return true;
    }

    /// Skips an address that begins here.
    bool address(std::size_t from) {
        if (!starts(from, "http://") && !starts(from, "https://") && !starts(from, "www."))
            return false;
        std::size_t end = blank_after(from);
        const std::string_view all(clean_);
        uncounted_ += count_characters(all.substr(from, end - from));
        std::string_view link = all.substr(from, end - from);
        while (!link.empty() &&
               std::string_view(".,;:)]}>\"'").find(link.back()) != std::string_view::npos)
            link.remove_suffix(1);
        out_.links.emplace_back(link);
        seen_.others += 1;
        at_ = end;
        return true;
    }

    /// A run of letters, or of digits: "18-åring" and "CO2" are told apart later by their gap.
    void word(std::size_t from) {
        bool digits = true;
        std::size_t end = from;
        at_ = from;
        while (at_ < clean_.size()) {
            const Class what = class_of(next_code_point(clean_, at_));
            if (!is_word(what)) {
                if (clean_[end] == '@' && at_ < clean_.size() && word_at(at_)) return mail(end);
                break;
            }
            digits = digits && what == Class::digit;
            end = at_;
        }
        at_ = end;
        push(digits ? Token::Kind::number : Token::Kind::word, from, end);
    }

    void mail(std::size_t at) {
        at_ = blank_after(at);
        seen_.others += 1;
    }

    void tagged(std::size_t from, Token::Kind kind) {
        std::size_t end = at_;
        Class last = Class::mark;
        starts_.clear();
        while (at_ < clean_.size()) {
            const std::size_t here = at_;
            const char32_t c = next_code_point(clean_, at_);
            const Class what = class_of(c);
            const bool inside =
                is_word(what) || c == '_' || (kind == Token::Kind::handle && c == '.');
            if (!inside) break;
            if (begins_part(last, what)) starts_.push_back(here);
            // In "EUValet" the last capital belongs to the word that it opens.
            if (what == Class::lower && last == Class::upper && upper_run_ > 1)
                starts_.push_back(last_at_);
            upper_run_ = what == Class::upper ? upper_run_ + 1 : 0;
            if (is_word(what)) end = at_;
            last = what;
            last_at_ = here;
        }
        at_ = end;
        upper_run_ = 0;
        if (kind == Token::Kind::hashtag)
            uncounted_ += count_characters(std::string_view(clean_).substr(from, end - from));
        push_tag(kind, from + 1, end);
    }

    static bool begins_part(Class last, Class what) {
        if (!is_word(what)) return false;
        if (!is_word(last)) return true;
        if (what == Class::upper) return last != Class::upper;
        return (what == Class::digit) != (last == Class::digit);
    }

    Token& push(Token::Kind kind, std::size_t from, std::size_t end) {
        Token token;
        token.kind = kind;
        token.gap = seen_.gap();
        seen_ = {};
        token.begin = static_cast<std::uint32_t>(out_.folded.size());
        append_folded(std::string_view(clean_).substr(from, end - from), out_.folded);
        token.end = static_cast<std::uint32_t>(out_.folded.size());
        out_.tokens.push_back(token);
        return out_.tokens.back();
    }

    /// Dots and underscores fall away; the parts keep their places in what remains.
    void push_tag(Token::Kind kind, std::size_t from, std::size_t end) {
        Token token;
        token.kind = kind;
        token.glued = true;
        token.gap = seen_.gap();
        seen_ = {};
        token.begin = static_cast<std::uint32_t>(out_.folded.size());
        token.first_part = static_cast<std::uint32_t>(out_.parts.size());
        std::sort(starts_.begin(), starts_.end());
        const std::string_view all(clean_);
        for (std::size_t i = 0; i < starts_.size(); ++i) {
            const std::size_t stop = i + 1 < starts_.size() ? starts_[i + 1] : end;
            std::string_view piece = all.substr(starts_[i], stop - starts_[i]);
            while (!piece.empty() && (piece.back() == '_' || piece.back() == '.'))
                piece.remove_suffix(1);
            if (starts_[i] < from || piece.empty()) continue;
            TagPart part;
            part.begin = static_cast<std::uint32_t>(out_.folded.size());
            append_folded(piece, out_.folded);
            part.end = static_cast<std::uint32_t>(out_.folded.size());
            out_.parts.push_back(part);
        }
        token.end = static_cast<std::uint32_t>(out_.folded.size());
        token.part_end = static_cast<std::uint32_t>(out_.parts.size());
        out_.tokens.push_back(token);
    }

    std::string clean_;
    std::size_t at_ = 0;
    std::size_t uncounted_ = 0;
    std::size_t last_at_ = 0;
    int upper_run_ = 0;
    std::vector<std::size_t> starts_;
    GapSeen seen_;
    TokenText out_;
};

bool single_letter(const TokenText& text, const Token& t) {
    return t.kind == Token::Kind::word && !t.glued && count_characters(text.view(t)) == 1;
}

bool narrow(Gap g) { return g == Gap::space || g == Gap::hyphen || g == Gap::point; }

/// A chain of single letters [from, to): words of it end at wide gaps, if it has any.
void join_chain(TokenText& text, std::size_t from, std::size_t to, std::vector<Token>& out) {
    bool bounded = false;
    for (std::size_t i = from + 1; i < to; ++i) bounded = bounded || !narrow(text.tokens[i].gap);
    for (std::size_t i = from; i < to; ++i) {
        const Token& t = text.tokens[i];
        if (i > from && narrow(t.gap)) {
            out.back().end = t.end;
            continue;
        }
        out.push_back(t);
        out.back().glued = !bounded;
    }
}

/// S P A C E D letters become words again. Their letters lie side by side in `folded` already.
void join_spaced(TokenText& text) {
    const auto& tokens = text.tokens;
    std::size_t singles = 0;
    for (const Token& t : tokens) singles += single_letter(text, t);
    if (singles < kSpacedOut) return;
    std::vector<Token> out;
    out.reserve(tokens.size());
    for (std::size_t i = 0; i < tokens.size();) {
        std::size_t end = i;
        std::size_t longest = 0, run = 0;
        while (end < tokens.size() && single_letter(text, tokens[end])) {
            if (end > i && !narrow(tokens[end].gap) && tokens[end].gap != Gap::wide &&
                tokens[end].gap != Gap::line)
                break;
            run = end > i && narrow(tokens[end].gap) ? run + 1 : 1;
            longest = std::max(longest, run);
            ++end;
        }
        if (longest >= kSpacedOut) {
            join_chain(text, i, end, out);
            i = end;
        } else {
            const std::size_t stop = std::max(end, i + 1);
            out.insert(out.end(), tokens.begin() + static_cast<std::ptrdiff_t>(i),
                       tokens.begin() + static_cast<std::ptrdiff_t>(stop));
            i = stop;
        }
    }
    text.tokens = std::move(out);
}

}  // namespace

TokenText tokenise(std::string_view text) {
    TokenText out = Tokeniser(text).run();
    join_spaced(out);
    return out;
}

std::string squeezed_handle(std::string_view handle) {
    const std::string folded = fold_text(handle);
    std::string_view rest(folded);
    if (rest.find("://") != std::string_view::npos) {
        rest = rest.substr(0, rest.find_first_of("?#"));
        while (!rest.empty() && rest.back() == '/') rest.remove_suffix(1);
        rest.remove_prefix(rest.rfind('/') + 1);
    }
    std::string out;
    for (const char c : rest)
        if (std::string_view(" ._-@#\n").find(c) == std::string_view::npos) out += c;
    return out;
}

}  // namespace narvaro
