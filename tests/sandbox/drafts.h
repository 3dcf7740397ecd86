#pragma once
#include <span>

namespace narvaro::sandbox {

/// Texts of the association, clear-cut for the labels. "{place}" is replaced.
struct Drafts {
    std::span<const char* const> climate_and_youth;
    std::span<const char* const> climate;
    std::span<const char* const> youth;
    std::span<const char* const> neither;
    std::span<const char* const> ung_vanster;  ///< captions that credit @ungvanster
    std::span<const char* const> closings;     ///< may follow any of them; some are empty
    std::span<const char* const> watched;      ///< captions of Ung Vänster's own accounts
};

Drafts drafts();

/// A website article: title and two paragraphs.
struct Article {
    const char* title;
    const char* first;
    const char* second;
    bool climate;
    bool youth;
};

std::span<const Article> articles();

/// Posts that belong to their day of the year.
struct Seasonal {
    int month;
    int day;
    const char* text;
    bool climate;
};

std::span<const Seasonal> seasonal();

}  // namespace narvaro::sandbox
