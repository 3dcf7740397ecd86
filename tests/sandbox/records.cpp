#include "records.h"

#include <cstdio>

#include "local_time.h"

namespace narvaro::sandbox {
namespace {

constexpr Entry kEntries[] = {
    {1, 12, "v-aktuellt", 1},
    {1, 15, "members", 50},
    {1, 15, "active-members", 10},
    {1, 20, "election-fund", 0},
    {2, 1, "v-aktuellt", 1},
    {3, 2, "v-aktuellt", 1},
    {3, 20, "members", 52},
    {4, 6, "v-aktuellt", 1},
    {4, 10, "active-members", 11},
    {4, 14, "member-meeting", {}},
    {4, 20, "info-sheet", {}},
    {4, 28, "election-fund", 6500},
    {5, 4, "v-aktuellt", 1},
    {6, 8, "v-aktuellt", 1},
    {6, 15, "members", 55},
    {8, 10, "v-aktuellt", 1},  // none in July: everybody is away
    {8, 30, "national-structure", {}},
    {9, 7, "v-aktuellt", 1},
    {9, 15, "active-members", 13},
    {9, 22, "study-circle", {}},
    {10, 5, "v-aktuellt", 1},
    {10, 10, "election-fund", 16800},
    {10, 14, "members", 58},
    {10, 20, "member-meeting", {}},
    {11, 9, "v-aktuellt", 1},
    {11, 18, "info-sheet", {}},
    {11, 24, "digital-activism", {}},
    {12, 7, "v-aktuellt", 1},
    {12, 10, "uv-share", 1},
    {12, 15, "election-fund", 23100},
    {12, 16, "members", 61},
    {12, 16, "active-members", 14},
};

}  // namespace

std::span<const Entry> entries() { return kEntries; }

sys_seconds moment_of(const Entry& entry) {
    return from_stockholm({2021, entry.month, entry.day, 12, 0, 0});
}

std::string records_csv() {
    std::string out = "at,source,metric,dimension,value\n";
    for (const Entry& e : kEntries) {
        char line[96];
        std::snprintf(line, sizeof line, "2021-%02d-%02d,record,%s,,", e.month, e.day, e.name);
        out += line;
        if (e.value) out += std::to_string(static_cast<long>(*e.value));
        out += "\n";
    }
    return out;
}

}  // namespace narvaro::sandbox
