#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "connectors/feed_repair.h"

namespace narvaro {

/// The name of an element as the parser keeps it: equal names have equal pointers while one
/// document is read. Prefix and namespace may be null.
struct SaxName {
    const char* local = nullptr;
    const char* prefix = nullptr;
    const char* uri = nullptr;
    bool operator==(const SaxName&) const = default;
};

/// The attributes of one start tag; valid during the call only.
class SaxAttributes {
  public:
    /// @param values  libxml2's form: local, prefix, uri, value, end of value; five each
    SaxAttributes(const unsigned char** values, int count) : values_(values), count_(count) {}

    bool empty() const { return count_ == 0; }
    /// A word: the value of an attribute by its name without prefix, any case; empty when it is
    /// missing. The parser leaves "&" in it written as "&#38;".
    std::string_view word(std::string_view local) const;
    /// An address: likewise, with "&" as it is meant.
    std::string address(std::string_view local) const;
    /// The address of xml:base, or of base without a prefix.
    std::string base() const;

  private:
    std::string_view text_at(int attribute, int field) const;
    const unsigned char** values_;
    int count_;
};

/// Who listens to the parser.
class SaxHandler {
  public:
    virtual ~SaxHandler() = default;
    virtual void start(const SaxName& name, const SaxAttributes& attributes) = 0;
    virtual void end() = 0;
    virtual void text(std::string_view piece) = 0;
};

/// libxml2's push parser: recovers, asks no network, resolves no entities. Takes UTF-8 without an
/// XML declaration.
class SaxParser final : public XmlSink {
  public:
    explicit SaxParser(SaxHandler& handler);
    ~SaxParser() override;
    SaxParser(const SaxParser&) = delete;
    SaxParser& operator=(const SaxParser&) = delete;

    void write(std::string_view piece) override;
    /// No more is coming.
    void finish();
    /// What the parser found wrong first; empty: nothing.
    const std::string& first_error() const;

  private:
    void parse(std::string_view bytes, bool last);
    struct Context;
    std::unique_ptr<Context> context_;
    std::string held_;  ///< small pieces, gathered
};

}  // namespace narvaro
