#pragma once
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/feed_item.h"
#include "connectors/feed_names.h"
#include "connectors/feed_sax.h"

namespace narvaro {

/// Listens to the parser and gathers a feed.
class FeedReader final : public SaxHandler {
  public:
    explicit FeedReader(const std::string& base)
        : has_base_(!base.empty()), base_(std::make_shared<const std::string>(base)) {}

    void start(const SaxName& name, const SaxAttributes& attributes) override;
    void end() override;
    void text(std::string_view piece) override;

    Feed& feed() { return feed_; }
    const std::string& home() const { return home_; }
    /// The name of the outermost element; empty: there was none.
    const std::string& root() const { return root_; }
    bool is_page() const { return is_page_; }
    bool is_feed() const { return is_feed_; }
    bool too_many() const { return too_many_; }

  private:
    /// Where the text of an element goes.
    struct Capture {
        Element element = Element::other;
        int depth = 0;         ///< 0: nothing is captured
        bool of_feed = false;  ///< of the feed itself, not of an item
        bool escaped = false;  ///< markup stands in the XML itself, so text is escaped
        bool is_text = false;  ///< a title, summary or content: markup within is kept
        RawText raw;
    };
    using Address = std::shared_ptr<const std::string>;
    struct Base {
        int depth;
        Address address;
    };

    Element element_of(const SaxName& name);
    const Address& base() const;
    std::string resolved(std::string_view address) const;
    void outermost(const SaxName& name, Element element);
    void begin_item(const SaxAttributes& attributes);
    void end_item();
    void field_of_feed(Element element, const SaxAttributes& attributes);
    void field_of_item(Element element, const SaxAttributes& attributes);
    void capture(Element element, const SaxAttributes& attributes);
    void capture_text(Element element, const SaxAttributes& attributes);
    void nested_start(const SaxName& name, const SaxAttributes& attributes);
    void nested_end();
    void link(const SaxAttributes& attributes);
    void end_capture();
    void keep_home(std::string_view value);
    void keep_in_feed();
    void keep_in_item();
    void keep_link(std::string& place, std::string_view value) const;

    Feed feed_;
    bool has_base_;
    Address base_;
    std::string home_;
    std::string root_;
    bool is_page_ = false;
    bool is_feed_ = false;
    bool is_atom_ = false;
    bool too_many_ = false;
    int depth_ = 0;
    int root_depth_ = 0;
    int channel_depth_ = 0;
    int item_depth_ = 0;   ///< 0: no item is open
    int media_depth_ = 0;  ///< 0: no media group is open
    RawItem item_;
    Capture capture_;
    std::vector<Base> bases_;
    std::vector<std::string> nested_;  ///< open elements within the captured one
    std::array<std::pair<SaxName, Element>, 64> known_;
    std::size_t known_count_ = 0;
};

}  // namespace narvaro
