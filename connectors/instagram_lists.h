#pragma once
#include <functional>
#include <string>
#include <vector>

#include "connectors/graph_list.h"
#include "connectors/instagram_parse.h"
#include "connectors/meta_edges.h"

namespace narvaro {

/// A list of an Instagram account, how it is read and what is missing when it cannot be.
struct AccountList {
    ListCall list;
    std::function<std::vector<Post>(MediaReader&, const Json& items)> parse;
    EdgeSubject subject;
};

/// @param account  the account's id
AccountList media_list(const std::string& account);
AccountList story_list(const std::string& account);
AccountList collaboration_list(const std::string& account);
AccountList tag_list(const std::string& account);

/// The captions of another account, by discovery; its own facts come with each page.
/// @param handle  must satisfy is_handle
AccountList watched_list(const std::string& account, const std::string& handle);

}  // namespace narvaro
