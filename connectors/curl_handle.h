#pragma once
#include <memory>

#include <curl/curl.h>

namespace narvaro {

/// Frees a C handle with the function that its library names for it.
template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* handle) const noexcept {
        Free(handle);
    }
};

using EasyHandle = std::unique_ptr<CURL, Freed<curl_easy_cleanup>>;
using HeaderList = std::unique_ptr<curl_slist, Freed<curl_slist_free_all>>;

}  // namespace narvaro
