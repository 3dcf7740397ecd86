#include <array>

#include "local_time.h"
#include "press_stories.h"
#include "script.h"

namespace narvaro::sandbox {
namespace {

constexpr int kItemsAMonth = 21;
constexpr std::array<const char*, 3> kFeeds{"mitti", "norrort", "roslagen"};

PressItem item_of(int year, int month, int k, std::size_t number) {
    const Story& story = stories()[number % stories().size()];
    const int turn = static_cast<int>(number / stories().size() + number);
    const int day = 1 + k * days_in_month(year, month) / kItemsAMonth;
    PressItem item;
    item.feed = kFeeds[static_cast<std::size_t>(k) % kFeeds.size()];
    item.id = item.feed + "-" + std::to_string(1000 + number);
    item.at = from_stockholm({year, month, day, 5 + k * 7 % 14, k * 13 % 60, k * 7 % 60});
    item.title = placed(story.title, turn);
    item.summary = placed(story.summary, turn);
    item.reply = story.reply;
    item.path = "/press/" + item.feed + "/" + std::to_string(year) + "/" + (month < 10 ? "0" : "") +
                std::to_string(month) + "/" + slug_of(item.title);
    return item;
}

}  // namespace

std::vector<PressItem> script_press() {
    std::vector<PressItem> out;
    for (int year = 2020; year <= 2021; ++year) {
        for (int month = 1; month <= 12; ++month) {
            for (int k = 0; k < kItemsAMonth; ++k) {
                out.push_back(item_of(year, month, k, out.size()));
            }
        }
    }
    return out;
}

}  // namespace narvaro::sandbox
