// Every way in which narvaro.toml can be wrong, each with the exact line that a person reads.
#include "files.h"

namespace narvaro {
namespace {

struct MistakeCase {
    const char* name;
    const char* text;  ///< of narvaro.toml
    const char* lines;
};
std::string name_of_case(const testing::TestParamInfo<MistakeCase>& info) {
    return info.param.name;
}

class SettingsMistake : public ConfigTest, public testing::WithParamInterface<MistakeCase> {};

TEST_P(SettingsMistake, IsReportedWhereItStandsWithWhatIsAllowed) {
    EXPECT_EQ(mistakes(GetParam().text), GetParam().lines);
}

INSTANTIATE_TEST_SUITE_P(
    Top, SettingsMistake,
    testing::Values(
        MistakeCase{"UnknownKey", "langage = \"sv\"\n",
                    "narvaro.toml:1:1: unknown key \"langage\"; allowed: language, state, rules, "
                    "plans, meta, places, source, digest, web; nearest: \"language\"\n"},
        MistakeCase{"UnknownKeyNearNothing", "\n  colour = 1\n",
                    "narvaro.toml:2:3: unknown key \"colour\"; allowed: language, state, rules, "
                    "plans, meta, places, source, digest, web\n"},
        MistakeCase{"UnknownTable", "[sorce.fb]\nkind = \"facebook\"\n",
                    "narvaro.toml:1:2: unknown key \"sorce\"; allowed: language, state, rules, "
                    "plans, meta, places, source, digest, web; nearest: \"source\"\n"},
        MistakeCase{"Language", "language = \"sw\"\n",
                    "narvaro.toml:1:12: unknown language \"sw\"; allowed: sv, en; nearest: "
                    "\"sv\"\n"},
        MistakeCase{"WrongType", "language = 1\nstate = true\nplans = \"p.toml\"\nmeta = 3\n",
                    "narvaro.toml:1:12: \"language\" must be text; write it in quotes\n"
                    "narvaro.toml:2:9: \"state\" must be text; write it in quotes\n"
                    "narvaro.toml:3:9: \"plans\" must be a list of texts; write [\"…\", \"…\"]\n"
                    "narvaro.toml:4:8: \"meta\" must be a table\n"},
        MistakeCase{"EmptyState", "state = \"\"\n",
                    "narvaro.toml:1:9: \"state\" is empty; write a text in the quotes\n"},
        MistakeCase{"ControlCharacters", "state = \"a\\nb\"\n",
                    "narvaro.toml:1:9: \"state\" must be one line without control characters\n"},
        MistakeCase{"MissingPlan", "plans = [\n  \"gone.toml\",\n]\n",
                    "narvaro.toml:2:3: the plan gone.toml cannot be read: No such file or "
                    "directory\n"},
        MistakeCase{"PlansHoldANumber", "plans = [1, \"\"]\n",
                    "narvaro.toml:1:10: \"plans\" must hold texts only; write them in quotes\n"
                    "narvaro.toml:1:13: \"plans\" holds an empty text; take it out\n"},
        MistakeCase{"PlaceGroups", "[places]\nlocal = \"Vallentuna\"\nregional = []\n",
                    "narvaro.toml:2:9: \"local\" in [places] must be a list of texts; write "
                    "[\"…\", \"…\"]\n"
                    "narvaro.toml:3:12: \"regional\" in [places] names no place\n"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Meta, SettingsMistake,
    testing::Values(
        MistakeCase{"UnknownKey", "[meta]\ntokn = \"env:T\"\n",
                    "narvaro.toml:2:1: unknown key \"tokn\" in [meta]; allowed: api, token, "
                    "app_secret, app_id, pace, calls_a_day, metrics; nearest: \"token\"\n"},
        MistakeCase{"PaceWithoutUnit", "[meta]\npace = 1\n",
                    "narvaro.toml:2:8: \"pace\" in [meta] must be a duration with its unit; "
                    "allowed: \"90s\", \"15m\", \"1h\", \"1d\"\n"},
        MistakeCase{"PaceWithoutUnitInQuotes", "[meta]\npace = \"1\"\n",
                    "narvaro.toml:2:8: \"pace\" in [meta] must be a duration with its unit; "
                    "allowed: \"90s\", \"15m\", \"1h\", \"1d\"\n"},
        MistakeCase{
            "NoMetricOfMetas", "[meta.metrics]\nviews = [\"Page Views\"]\n",
            "narvaro.toml:2:10: \"views\" in [meta.metrics] holds \"Page Views\", which is no "
            "name of a metric of Meta's; allowed: small letters, digits and _\n"},
        MistakeCase{
            "UnknownMetricOfOurs", "[meta.metrics]\nveiws = []\n",
            "narvaro.toml:2:1: unknown key \"veiws\" in [meta.metrics]; allowed: engagements, "
            "followers_city, reach, views; nearest: \"views\"\n"},
        MistakeCase{"PaceBeyondReason", "[meta]\npace = \"1d\"\n",
                    "narvaro.toml:2:8: \"pace\" in [meta] must be at most \"1h\"\n"},
        MistakeCase{"Api", "[meta]\napi = \"graph.facebook.com\"\n",
                    "narvaro.toml:2:7: \"api\" in [meta] is no address of the web; allowed: for "
                    "example \"https://graph.facebook.com/v26.0\"\n"},
        MistakeCase{"LiteralSecrets",
                    "[meta]\ntoken = \"EAAB-very-secret\"\napp_secret = \"abc:def\"\n",
                    "narvaro.toml:2:9: \"token\" in [meta] must say where the secret lies; "
                    "allowed: \"credential:NAME\", \"file:PATH\", \"env:NAME\"; the secret itself "
                    "is never written here\n"
                    "narvaro.toml:3:14: \"app_secret\" in [meta] must say where the secret lies; "
                    "allowed: \"credential:NAME\", \"file:PATH\", \"env:NAME\"; the secret itself "
                    "is never written here\n"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Source, SettingsMistake,
    testing::Values(
        MistakeCase{"UnknownKind", "[source.ig]\nkind = \"instagran\"\naccount = 5\n",
                    "narvaro.toml:2:8: unknown kind \"instagran\"; allowed: facebook, instagram, "
                    "meta-ads, press, website; nearest: \"instagram\"\n"},
        MistakeCase{"NoKind", "[source.ig]\naccount = \"5\"\n",
                    "narvaro.toml:1:1: \"kind\" in [source.ig] is missing; write for example kind "
                    "= \"website\"\n"},
        MistakeCase{"NoTable", "[source]\nweb = \"https://v.example\"\n",
                    "narvaro.toml:2:7: \"web\" in [source] must be a table\n"},
        MistakeCase{"NameWithSlash",
                    "[source.\"a/b\"]\nkind = \"press\"\nurl = \"http://p.example\"\n",
                    "narvaro.toml:1:1: \"a/b\" is no name for a source; allowed: small letters, "
                    "digits, - and _\n"},
        MistakeCase{"NameWithCapitals",
                    "[source.Web]\nkind = \"press\"\nurl = \"http://p.example\"\n",
                    "narvaro.toml:1:1: \"Web\" is no name for a source; allowed: small letters, "
                    "digits, - and _\n"},
        MistakeCase{"NoAddress",
                    "meta.token = \"env:T\"\n[source.a]\nkind = \"press\"\n[source.b]\nkind = "
                    "\"facebook\"\n[source.c]\nkind = \"meta-ads\"\n",
                    "narvaro.toml:2:1: \"url\" in [source.a] is missing; write for example url = "
                    "\"https://example.org/feed/\"\n"
                    "narvaro.toml:4:1: \"page\" in [source.b] is missing; write for example page = "
                    "\"100000000000001\"\n"
                    "narvaro.toml:6:1: \"account\" in [source.c] is missing; write for example "
                    "account = \"act_1000000001\"\n"},
        MistakeCase{"AnotherKindsKey",
                    "[source.web]\nkind = \"website\"\nurl = \"http://v.example\"\npage = \"1\"\n",
                    "narvaro.toml:4:1: unknown key \"page\" in [source.web]; allowed: kind, url, "
                    "every\n"},
        MistakeCase{"AddressOfAnotherScheme", "[source.p]\nkind = \"press\"\nurl = \"ftp://x\"\n",
                    "narvaro.toml:3:7: \"url\" in [source.p] is no address of the web; allowed: "
                    "http:// or https:// and a host, without user and password\n"},
        MistakeCase{"AddressWithPasswordIsNotRepeated",
                    "[source.p]\nkind = \"press\"\nurl = \"https://u:s3cret@p.example/\"\n",
                    "narvaro.toml:3:7: \"url\" in [source.p] is no address of the web; allowed: "
                    "http:// or https:// and a host, without user and password\n"},
        MistakeCase{"IdsAreNumbersInQuotes",
                    "meta.token = \"env:T\"\n[source.fb]\nkind = \"facebook\"\npage = 100\n"
                    "[source.ig]\nkind = \"instagram\"\naccount = \"@us\"\n"
                    "[source.ads]\nkind = \"meta-ads\"\naccount = \"act_\"\n",
                    "narvaro.toml:4:8: \"page\" in [source.fb] must be text; write it in quotes\n"
                    "narvaro.toml:7:11: \"account\" in [source.ig] must be the number that Meta "
                    "gives, in quotes; write for example account = \"17841400000000001\"\n"
                    "narvaro.toml:10:11: \"account\" in [source.ads] must be the number that Meta "
                    "gives, in quotes; write for example account = \"act_1000000001\"\n"},
        MistakeCase{"WatchedHandles",
                    "meta.token = \"env:T\"\n[source.ig]\nkind = \"instagram\"\naccount = \"1\"\n"
                    "watch = [\"fine\", \"x){id}\"]\n",
                    "narvaro.toml:5:18: \"watch\" in [source.ig] holds \"x){id}\", which is no "
                    "Instagram handle; allowed: letters, digits, . and _\n"},
        MistakeCase{"TooOften",
                    "[source.p]\nkind = \"press\"\nurl = \"http://p.example\"\nevery = \"0s\"\n",
                    "narvaro.toml:4:9: \"every\" in [source.p] must be whole seconds, at least "
                    "\"1s\"\n"},
        MistakeCase{
            "PartsOfSeconds",
            "[source.p]\nkind = \"press\"\nurl = \"http://p.example\"\nevery = \"1500ms\"\n",
            "narvaro.toml:4:9: \"every\" in [source.p] must be whole seconds, at least "
            "\"1s\"\n"},
        MistakeCase{"SameAddressTwice",
                    "[source.a]\nkind = \"website\"\nurl = \"http://p.example\"\n[source.b]\nkind "
                    "= \"press\"\nurl = \"http://p.example\"\n",
                    "narvaro.toml:4:1: [source.b] has the address of [source.a]; every address is "
                    "polled once\n"},
        MistakeCase{"SameAdsAccountTwice",
                    "meta.token = \"env:T\"\n[source.a]\nkind = \"meta-ads\"\naccount = \"1\"\n"
                    "[source.b]\nkind = \"meta-ads\"\naccount = \"act_1\"\n",
                    "narvaro.toml:5:1: [source.b] has the address of [source.a]; every address is "
                    "polled once\n"},
        MistakeCase{"NoToken", "[source.fb]\nkind = \"facebook\"\npage = \"1\"\n",
                    "narvaro.toml:1:1: [source.fb] has no token; write token = "
                    "\"credential:meta-token\" under [meta] or here\n"},
        MistakeCase{"ABadTokenIsOneMistake",
                    "[meta]\ntoken = 5\n[source.fb]\nkind = \"facebook\"\npage = \"1\"\n",
                    "narvaro.toml:2:9: \"token\" in [meta] must be text; write it in quotes\n"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    DigestAndWeb, SettingsMistake,
    testing::Values(
        MistakeCase{"Weekday", "[digest]\nat = \"mondy 07:00\"\n",
                    "narvaro.toml:2:6: \"at\" in [digest] is \"mondy 07:00\"; allowed: a weekday "
                    "and a time of 24 hours, \"monday 07:00\"; nearest: \"monday\"\n"},
        MistakeCase{"Time", "[digest]\nat = \"monday 24:00\"\n",
                    "narvaro.toml:2:6: \"at\" in [digest] is \"monday 24:00\"; allowed: a weekday "
                    "and a time of 24 hours, \"monday 07:00\"\n"},
        MistakeCase{"WeekdayAlone", "[digest]\nat = \"monday\"\n",
                    "narvaro.toml:2:6: \"at\" in [digest] is \"monday\"; allowed: a weekday and a "
                    "time of 24 hours, \"monday 07:00\"\n"},
        MistakeCase{"AMailServerNeedsToKnowFromAndToWhom",
                    "[digest]\nsmtp = \"smtp://m.example\"\n",
                    "narvaro.toml:1:1: \"from\" in [digest] is missing; write for example from = "
                    "\"narvaro@example.org\"\n"
                    "narvaro.toml:1:1: \"to\" in [digest] is missing; write for example to = "
                    "[\"digital@example.org\"]\n"},
        MistakeCase{"PasswordForNoServer",
                    "[digest]\nto = [\"a@example.org\"]\nfrom = \"n@example.org\"\nuser = "
                    "\"n\"\npassword = \"env:P\"\n",
                    "narvaro.toml:1:1: \"smtp\" in [digest] is missing; write for example smtp = "
                    "\"smtps://mail.example.org\"\n"},
        MistakeCase{"Addresses",
                    "[digest]\nto = [\"a@example.org\", \"A <b@example.org>\", \"a@example.org\"]\n"
                    "from = \"n example.org\"\nsmtp = \"mail.example.org\"\n",
                    "narvaro.toml:2:24: \"to\" in [digest] holds \"A <b@example.org>\", which is "
                    "no mail address; allowed: \"name@example.org\"\n"
                    "narvaro.toml:2:45: \"to\" in [digest] holds \"a@example.org\" twice\n"
                    "narvaro.toml:3:8: \"from\" in [digest] is no mail address; allowed: "
                    "\"name@example.org\"\n"
                    "narvaro.toml:4:8: \"smtp\" in [digest] is no mail server; allowed: smtps:// "
                    "or smtp:// and a host, without user and password\n"},
        MistakeCase{"LineEndInAnAddress",
                    "[digest]\nto = [\"a@example.org\\r\\nBcc: b@example.org\"]\nfrom = "
                    "\"n@example.org\"\nsmtp = \"smtp://m.example\"\n",
                    "narvaro.toml:2:7: \"to\" in [digest] must be one line without control "
                    "characters\n"},
        MistakeCase{"Nobody",
                    "[digest]\nto = []\nfrom = \"n@example.org\"\nsmtp = \"smtp://m.example\"\n",
                    "narvaro.toml:2:6: \"to\" in [digest] names nobody; write for example to = "
                    "[\"digital@example.org\"]\n"},
        MistakeCase{"RecipientsAsTables",
                    "[digest]\nto = [\n{ address = \"a@example.org\", languag = \"sv\" },\n"
                    "{ language = \"sv\" },\n{ address = \"a@example.org\", language = \"de\" },\n"
                    "{ address = \"ä@example.org\" }, 7]\n",
                    "narvaro.toml:3:30: unknown key \"languag\" in [digest] to; allowed: address, "
                    "language; nearest: \"language\"\n"
                    "narvaro.toml:4:1: \"address\" in [digest] to is missing; write for example "
                    "address = \"name@example.org\"\n"
                    "narvaro.toml:5:13: \"to\" in [digest] holds \"a@example.org\" twice\n"
                    "narvaro.toml:5:41: unknown language \"de\"; allowed: sv, en\n"
                    "narvaro.toml:6:13: \"to\" in [digest] holds \"ä@example.org\", which is no "
                    "mail address; allowed: \"name@example.org\"\n"
                    "narvaro.toml:6:32: \"to\" in [digest] must hold texts or tables\n"},
        MistakeCase{"UserWithoutPassword",
                    "[digest]\nto = [\"a@example.org\"]\nfrom = \"n@example.org\"\nsmtp = "
                    "\"smtp://m.example\"\nuser = \"n\"\n",
                    "narvaro.toml:1:1: \"password\" in [digest] is missing; write for example "
                    "password = \"credential:smtp-password\"\n"},
        MistakeCase{"LiteralPassword",
                    "[digest]\nto = [\"a@example.org\"]\nfrom = \"n@example.org\"\nsmtp = "
                    "\"smtp://m.example\"\nuser = \"n\"\npassword = \"hunter2\"\n",
                    "narvaro.toml:6:12: \"password\" in [digest] must say where the secret lies; "
                    "allowed: \"credential:NAME\", \"file:PATH\", \"env:NAME\"; the secret itself "
                    "is never written here\n"},
        MistakeCase{"Listen", "[web]\nlisten = \"8417\"\n",
                    "narvaro.toml:2:10: \"listen\" in [web] must be a host and a port; allowed: "
                    "for example \"127.0.0.1:8417\"\n"},
        MistakeCase{"ListenAsNumber", "[web]\nlisten = 8417\n",
                    "narvaro.toml:2:10: \"listen\" in [web] must be text; write it in quotes\n"}),
    name_of_case);

}  // namespace
}  // namespace narvaro
