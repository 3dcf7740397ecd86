#include "config/metrics.h"

namespace narvaro {

const std::map<std::string, Dimension>& metrics_of(SourceKind kind) {
    static const std::map<std::string, Dimension> kFeed{{"posts", Dimension::none}};
    static const std::map<std::string, Dimension> kFacebook{
        {"engagements", Dimension::none},     {"fans", Dimension::none},
        {"followers", Dimension::none},       {"followers_city", Dimension::city},
        {"followers_local", Dimension::none}, {"followers_unplaced", Dimension::none},
        {"reach", Dimension::none},           {"views", Dimension::none}};
    static const std::map<std::string, Dimension> kInstagram{
        {"followers", Dimension::none},
        {"followers_city", Dimension::city},
        {"followers_country", Dimension::country},
        {"followers_local", Dimension::none},
        {"followers_unplaced", Dimension::none},
        {"following", Dimension::none},
        {"posts", Dimension::none}};
    static const std::map<std::string, Dimension> kAds{{"reach", Dimension::region},
                                                       {"spend", Dimension::region}};
    switch (kind) {
        case SourceKind::website:
        case SourceKind::press:
            return kFeed;
        case SourceKind::facebook:
            return kFacebook;
        case SourceKind::instagram:
            return kInstagram;
        case SourceKind::meta_ads:
            return kAds;
    }
    return kFeed;
}

const char* example_of(Dimension dimension) {
    switch (dimension) {
        case Dimension::none:
            return "";
        case Dimension::city:
            return "dimension = \"Vallentuna, Sweden\"";
        case Dimension::country:
            return "dimension = \"SE\"";
        case Dimension::region:
            return "dimension = \"Stockholm County\"";
    }
    return "";
}

}  // namespace narvaro
