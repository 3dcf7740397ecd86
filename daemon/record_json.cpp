#include "daemon/record_json.h"

#include "digest/target_json.h"

namespace narvaro {

nlohmann::ordered_json record_json(const Record& record) {
    using Json = nlohmann::ordered_json;
    return {{"id", record.id},
            {"name", record.name},
            {"at", format_utc(record.at)},
            {"value", figure_json(record.value)},
            {"note", record.note},
            {"link", record.link},
            {"who", record.who},
            {"recorded_at", format_utc(record.recorded_at)},
            {"corrects", record.corrects ? Json(*record.corrects) : Json(nullptr)},
            {"withdrawn", record.withdrawn}};
}

}  // namespace narvaro
