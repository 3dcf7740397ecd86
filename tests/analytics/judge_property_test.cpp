#include <algorithm>
#include <functional>
#include <random>

#include <gtest/gtest.h>

#include "analytics/judge.h"
#include "analytics/normalise.h"
#include "labelled.h"
#include "rules_from_files.h"

namespace narvaro {
namespace {

std::string each_letter(const std::string& text,
                        const std::function<std::string(char32_t, std::string)>& change) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        const char32_t c = next_code_point(text, at);
        out += change(c, text.substr(from, at - from));
    }
    return out;
}

/// Leaves addresses, mentions and tags as they are: there case and letters have a meaning.
std::string each_word(const std::string& text,
                      const std::function<std::string(std::string)>& change) {
    std::string out, word;
    auto flush = [&] {
        const bool special = word.find_first_of("#@/") != std::string::npos;
        out += special ? word : change(word);
        word.clear();
    };
    for (const char c : text) {
        if (c != ' ' && c != '\n') {
            word += c;
            continue;
        }
        flush();
        out += c;
    }
    flush();
    return out;
}

std::string utf8(char32_t c) {
    std::string out;
    out += static_cast<char>(0xF0U | (c >> 18U));
    out += static_cast<char>(0x80U | ((c >> 12U) & 0x3FU));
    out += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
    out += static_cast<char>(0x80U | (c & 0x3FU));
    return out;
}

std::string with_zero_width(const std::string& text) {
    return each_word(text, [](const std::string& w) {
        return each_letter(w, [](char32_t, std::string s) { return s + "\u200B"; });
    });
}

std::string upper(const std::string& text) {
    return each_word(text, [](const std::string& w) {
        return each_letter(w, [](char32_t c, std::string s) -> std::string {
            if (c >= 'a' && c <= 'z') return std::string(1, static_cast<char>(c - 'a' + 'A'));
            if (s == "å") return "Å";
            if (s == "ä") return "Ä";
            return s == "ö" ? "Ö" : s;
        });
    });
}

std::string decomposed(const std::string& text) {
    return each_letter(text, [](char32_t, std::string s) -> std::string {
        if (s == "å") return "a\u030A";
        if (s == "ä") return "a\u0308";
        if (s == "ö") return "o\u0308";
        if (s == "Å") return "A\u030A";
        if (s == "Ä") return "A\u0308";
        return s == "Ö" ? "O\u0308" : s;
    });
}

std::string mathematical(const std::string& text) {
    return each_word(decomposed(text), [](const std::string& w) {
        return each_letter(w, [](char32_t c, std::string s) {
            if (c >= 'a' && c <= 'z') return utf8(0x1D5EE + (c - 'a'));
            if (c >= 'A' && c <= 'Z') return utf8(0x1D5D4 + (c - 'A'));
            return s;
        });
    });
}

using Change = std::string (*)(const std::string&);
class Disguise : public testing::TestWithParam<Change> {};

TEST_P(Disguise, NeverChangesAVerdict) {
    const Judge judge(testing_rules::shipped());
    for (const char* file : {"posts_own.jsonl", "posts_own2.jsonl", "posts_own3.jsonl",
                             "posts_own4.jsonl", "posts_own5.jsonl", "posts_own6.jsonl"}) {
        const auto posts =
            testing_rules::read_posts(std::string(NARVARO_TEST_DATA "/analytics/") + file);
        ASSERT_TRUE(posts.has_value());
        for (const auto& post : *posts) {
            JudgeInput other = post.input;
            other.text = GetParam()(other.text);
            const auto plain = judge.judge(post.input), changed = judge.judge(other);
            for (std::size_t i = 0; i < plain.size(); ++i) {
                EXPECT_EQ(plain[i].value, changed[i].value) << post.id << " " << other.text;
                EXPECT_DOUBLE_EQ(plain[i].score, changed[i].score) << post.id << " " << other.text;
            }
        }
    }
}
INSTANTIATE_TEST_SUITE_P(All, Disguise,
                         testing::Values(&with_zero_width, &upper, &decomposed, &mathematical));

TEST(Judge, TheOrderOfTheRulesIsNothing) {
    const auto posts = testing_rules::read_posts(NARVARO_TEST_DATA "/analytics/posts_own6.jsonl");
    ASSERT_TRUE(posts.has_value());
    const Judge judge(testing_rules::shipped());
    std::mt19937 random{5};
    for (int round = 0; round < 3; ++round) {
        Rules shuffled = testing_rules::shipped();
        for (LabelRules& label : shuffled.labels) {
            std::shuffle(label.terms.begin(), label.terms.end(), random);
            std::shuffle(label.excludes.begin(), label.excludes.end(), random);
            std::shuffle(label.compounds.begin(), label.compounds.end(), random);
        }
        std::shuffle(shuffled.labels.begin(), shuffled.labels.end(), random);
        const Judge other(shuffled);
        for (const auto& post : *posts) {
            EXPECT_EQ(judge.judge(post.input), other.judge(post.input)) << post.input.text;
        }
    }
}

TEST(Judge, SaysWhenATextIsHardlySwedish) {
    const Judge judge(testing_rules::shipped());
    const auto hint = [&](const char* text) {
        JudgeInput input;
        input.text = text;
        const auto reasons = judge.judge(input).front().reasons;
        return std::any_of(reasons.begin(), reasons.end(),
                           [](const Reason& r) { return r.text == "inte svenska?"; });
    };
    EXPECT_TRUE(hint("Welcome to our language café every Monday."));
    EXPECT_TRUE(hint("Tervetuloa vaalikahville lauantaina kahvia ja pullaa kaikille"));
    EXPECT_FALSE(hint("Vi ses på torget i morgon klockan tolv"));
    EXPECT_FALSE(hint("Hello Vallentuna!"));
}

// The test's time limit is the assertion: what is not linear takes hours here.
TEST(Judge, TakesAMegabyteOfHostileText) {
    const Judge judge(testing_rules::shipped());
    for (const char* piece :
         {"klimat", "#klimat", "#A", "k l i m a t ", "skola, vård, ", "från … ung ", "för ",
          "miljö-", "arbetsmiljö", "du är ", "\u0323\u0300", "a", "@ungvanster ", "\xFF",
          "fäll träd ", "art i ", "🌍", "1"}) {
        std::string text;
        while (text.size() < 1'000'000) text += piece;
        JudgeInput input;
        input.channel = SourceKind::instagram;
        input.text = std::move(text);
        EXPECT_EQ(judge.judge(input).size(), 3U) << piece;
    }
}

}  // namespace
}  // namespace narvaro
