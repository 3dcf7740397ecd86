#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"

namespace narvaro::sandbox {

inline constexpr char kPage[] = "100000000000001";
inline constexpr char kPageName[] = "Vänsterpartiet Vallentuna";
inline constexpr char kUngVansterPage[] = "200000000000002";
inline constexpr char kInstagram[] = "17841400000000001";
inline constexpr char kHandle[] = "vansterpartietvallentuna";
inline constexpr char kAdAccount[] = "1000000001";
/// Stands in texts and links where the sandbox's own address belongs ("http://127.0.0.1:8080").
inline constexpr std::string_view kBase = "{base}";

enum class Channel { facebook, instagram, website };

/// What a publication is to the association.
enum class Form {
    own,            ///< published by the Page, the account or the site itself
    story,          ///< own Instagram story; lives for 24 hours
    collaboration,  ///< another account's media on which ours is an accepted collaborator
    tag,            ///< another account's media (or Page's post) in which ours is tagged
    watched,        ///< media of a watched account that has nothing to do with ours
};

/// What a careful reader would say of a text, by the definitions of the rules.
struct Labels {
    bool climate = false;
    bool youth = false;
    bool ung_vanster = false;
    bool news_hook = false;
    bool operator==(const Labels&) const = default;
};

/// One scripted publication. `year` and `month` are annotations: the calendar month in Stockholm,
/// as the script means it.
struct Publication {
    Channel channel = Channel::facebook;
    Form form = Form::own;
    sys_seconds at;
    int year = 0;
    int month = 0;
    Labels labels;
    std::string id;     ///< the platform's own; website: the number N of "?p=N"
    std::string title;  ///< website only
    std::string text;   ///< UTF-8; may hold kBase; empty: a picture without words
    /// facebook: "status", "photo", "album", "share", "link", "video", "event"; instagram: "IMAGE",
    /// "VIDEO", "CAROUSEL_ALBUM"
    std::string media;
    std::string owner;         ///< handle of the account that published it (Instagram, tags)
    std::string collaborator;  ///< handle of an account that accepted to stand as co-author
    std::string parent;        ///< facebook: id of the post that this one shares; may be empty
    std::string link;          ///< address in an attachment; may hold kBase
    std::string hook;          ///< id of the press item that a news hook answers
    int reactions = 0;
    int comments = 0;
    int shares = 0;
};

/// One item of a press feed.
struct PressItem {
    std::string feed;  ///< "mitti", "norrort", "roslagen"
    std::string id;    ///< "mitti-2021-03-04"
    sys_seconds at;
    std::string title;
    std::string summary;
    std::string reply;  ///< what the association might write about it; empty: nothing
    std::string path;   ///< "/press/mitti/2021/03/…": of the article on the sandbox's address
};

/// Everything that the platforms will ever show, oldest first.
struct World {
    std::vector<Publication> publications;
    std::vector<PressItem> press;
};

/// The made-up years 2020 and 2021 (and a few hours around them). Always the same.
const World& world();

/// The text with kBase replaced by `base`.
std::string with_base(std::string_view text, std::string_view base);

}  // namespace narvaro::sandbox
