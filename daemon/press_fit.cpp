#include "daemon/press_fit.h"

namespace narvaro {

std::vector<std::string> PressFit::reasons(const StoredPressItem& item) const {
    std::vector<std::string> found;
    JudgeInput input;
    input.text = item.title + "\n" + item.text;
    if (const auto local = places_.groups.find("local"); local != places_.groups.end()) {
        for (const std::string& place : local->second) {
            if (input.text.find(place) != std::string::npos) found.push_back(place);
        }
    }
    for (const Verdict& verdict : judge_.judge(input)) {
        if (!verdict.value) continue;
        for (const Reason& reason : verdict.reasons) found.push_back(reason.text);
    }
    return found;
}

}  // namespace narvaro
