#include "bare_poll.h"

#include <cstring>
#include <deque>
#include <memory>
#include <stdexcept>

#include <curl/curl.h>
#include <libxml/parser.h>
#include <sqlite3.h>

namespace narvaro::bench {
namespace {

constexpr std::size_t kAtOnce = 16;
constexpr int kFeedsInACommit = 100;

struct Item {
    std::string guid, title, link, text, date;
};

/// What the SAX callbacks gather: the text of an item's known children.
struct Gathered {
    std::vector<Item> items;
    std::string* into = nullptr;
    bool in_item = false;
};

void on_start(void* self, const xmlChar* name, const xmlChar*, const xmlChar*, int, const xmlChar**,
              int, int, const xmlChar**) {
    auto& g = *static_cast<Gathered*>(self);
    const char* local = reinterpret_cast<const char*>(name);
    if (std::strcmp(local, "item") == 0) {
        g.items.emplace_back();
        g.in_item = true;
    }
    if (!g.in_item) return;
    Item& item = g.items.back();
    if (std::strcmp(local, "guid") == 0) g.into = &item.guid;
    if (std::strcmp(local, "title") == 0) g.into = &item.title;
    if (std::strcmp(local, "link") == 0) g.into = &item.link;
    if (std::strcmp(local, "description") == 0) g.into = &item.text;
    if (std::strcmp(local, "pubDate") == 0) g.into = &item.date;
}

void on_end(void* self, const xmlChar* name, const xmlChar*, const xmlChar*) {
    auto& g = *static_cast<Gathered*>(self);
    g.into = nullptr;
    if (std::strcmp(reinterpret_cast<const char*>(name), "item") == 0) g.in_item = false;
}

void on_text(void* self, const xmlChar* text, int size) {
    auto& g = *static_cast<Gathered*>(self);
    if (g.into != nullptr) {
        g.into->append(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
    }
}

std::vector<Item> items_of(const std::string& body) {
    Gathered gathered;
    xmlSAXHandler handler{};
    handler.initialized = XML_SAX2_MAGIC;
    handler.startElementNs = on_start;
    handler.endElementNs = on_end;
    handler.characters = on_text;
    handler.cdataBlock = on_text;
    xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&handler, &gathered, nullptr, 0, nullptr);
    xmlParseChunk(parser, body.data(), static_cast<int>(body.size()), 1);
    xmlFreeParserCtxt(parser);
    return std::move(gathered.items);
}

class Rows {
  public:
    explicit Rows(const std::filesystem::path& file) {
        if (sqlite3_open(file.c_str(), &db_) != SQLITE_OK) throw std::runtime_error("sqlite");
        run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "CREATE TABLE IF NOT EXISTS feed (id INTEGER PRIMARY KEY, etag TEXT, modified TEXT);"
            "CREATE TABLE IF NOT EXISTS item (feed INTEGER, guid TEXT, title TEXT, link TEXT, "
            "text TEXT, date TEXT, PRIMARY KEY (feed, guid)) WITHOUT ROWID; BEGIN");
        prepare("SELECT etag, modified FROM feed WHERE id = ?1", &ask_);
        prepare("INSERT OR REPLACE INTO feed VALUES (?1, ?2, ?3)", &keep_);
        prepare("INSERT OR IGNORE INTO item VALUES (?1, ?2, ?3, ?4, ?5, ?6)", &add_);
    }
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    ~Rows() {
        run("COMMIT");
        for (sqlite3_stmt* s : {ask_, keep_, add_}) sqlite3_finalize(s);
        sqlite3_close(db_);
    }

    std::pair<std::string, std::string> validators(std::size_t feed) {
        std::pair<std::string, std::string> found;
        sqlite3_bind_int64(ask_, 1, static_cast<sqlite3_int64>(feed));
        if (sqlite3_step(ask_) == SQLITE_ROW) {
            found = {reinterpret_cast<const char*>(sqlite3_column_text(ask_, 0)),
                     reinterpret_cast<const char*>(sqlite3_column_text(ask_, 1))};
        }
        sqlite3_reset(ask_);
        return found;
    }
    void keep(std::size_t feed, const std::string& etag, const std::string& modified,
              const std::vector<Item>& items) {
        for (const Item& i : items)
            step(add_, feed, {&i.guid, &i.title, &i.link, &i.text, &i.date});
        step(keep_, feed, {&etag, &modified});
        if (++kept_ % kFeedsInACommit == 0) run("COMMIT; BEGIN");
    }

  private:
    void run(const char* sql) {
        if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
            throw std::runtime_error(sqlite3_errmsg(db_));
        }
    }
    void prepare(const char* sql, sqlite3_stmt** out) {
        if (sqlite3_prepare_v2(db_, sql, -1, out, nullptr) != SQLITE_OK) {
            throw std::runtime_error(sqlite3_errmsg(db_));
        }
    }
    static void step(sqlite3_stmt* s, std::size_t feed,
                     const std::vector<const std::string*>& values) {
        sqlite3_bind_int64(s, 1, static_cast<sqlite3_int64>(feed));
        int index = 2;
        for (const std::string* v : values) {
            sqlite3_bind_text(s, index++, v->data(), static_cast<int>(v->size()), SQLITE_STATIC);
        }
        sqlite3_step(s);
        sqlite3_reset(s);
    }
    sqlite3* db_ = nullptr;
    sqlite3_stmt* ask_ = nullptr;
    sqlite3_stmt* keep_ = nullptr;
    sqlite3_stmt* add_ = nullptr;
    int kept_ = 0;
};

/// One easy handle, used for one feed after the other.
struct Transfer {
    CURL* easy = curl_easy_init();
    curl_slist* headers = nullptr;
    std::size_t feed = 0;
    std::string body, etag, modified;

    Transfer() = default;
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;
    ~Transfer() {
        curl_slist_free_all(headers);
        curl_easy_cleanup(easy);
    }
    void begin(std::size_t which, const std::string& url, Rows& rows) {
        feed = which;
        body.clear();
        etag.clear();
        modified.clear();
        curl_slist_free_all(headers);
        headers = nullptr;
        const auto [tag, time] = rows.validators(feed);
        if (!tag.empty()) headers = curl_slist_append(headers, ("If-None-Match: " + tag).c_str());
        if (!time.empty()) {
            headers = curl_slist_append(headers, ("If-Modified-Since: " + time).c_str());
        }
        curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
        curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
        curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
        curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
        curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    }
    static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) {
        static_cast<Transfer*>(self)->body.append(data, size * count);
        return size * count;
    }
    static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self) {
        auto* t = static_cast<Transfer*>(self);
        const std::string_view line{data, size * count};
        const auto value = [&](std::string_view name) {
            return std::string{line.substr(name.size(), line.size() - name.size() - 2)};
        };
        if (line.starts_with("ETag: ")) t->etag = value("ETag: ");
        if (line.starts_with("Last-Modified: ")) t->modified = value("Last-Modified: ");
        return size * count;
    }
};

}  // namespace

std::size_t bare_poll(const std::vector<std::string>& urls, const std::filesystem::path& database) {
    Rows rows{database};
    CURLM* multi = curl_multi_init();
    std::deque<Transfer> transfers(std::min(kAtOnce, urls.size()));
    std::size_t next = 0;
    std::size_t well = 0;
    for (Transfer& t : transfers) {
        t.begin(next, urls[next], rows);
        ++next;
        curl_multi_add_handle(multi, t.easy);
    }
    for (int running = 1; running > 0;) {
        curl_multi_perform(multi, &running);
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
            Transfer* t = nullptr;
            long status = 0;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &t);
            curl_easy_getinfo(message->easy_handle, CURLINFO_RESPONSE_CODE, &status);
            curl_multi_remove_handle(multi, t->easy);
            well += status == 200 || status == 304 ? 1 : 0;
            if (status == 200) rows.keep(t->feed, t->etag, t->modified, items_of(t->body));
            if (next < urls.size()) {
                t->begin(next, urls[next], rows);
                ++next;
                curl_multi_add_handle(multi, t->easy);
                running = 1;
            }
        }
        if (running > 0) curl_multi_poll(multi, nullptr, 0, 100, nullptr);
    }
    curl_multi_cleanup(multi);
    return well;
}

}  // namespace narvaro::bench
