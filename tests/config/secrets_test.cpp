#include "config/secrets.h"

#include "files.h"

namespace narvaro {
namespace {

namespace fs = std::filesystem;

TEST(ParseSecretRef, KnowsThreeFormsAndNoLiteral) {
    using Kind = SecretRef::Kind;
    EXPECT_EQ(parse_secret_ref("credential:meta-token"),
              (SecretRef{Kind::credential, "meta-token"}));
    EXPECT_EQ(parse_secret_ref("file:/run/t"), (SecretRef{Kind::file, "/run/t"}));
    EXPECT_EQ(parse_secret_ref("env:TOKEN"), (SecretRef{Kind::environment, "TOKEN"}));
    for (const char* wrong : {"EAAB123", "credential:", "credential:../x", "vault:x", "", ":"}) {
        EXPECT_FALSE(parse_secret_ref(wrong)) << wrong;
    }
}

class Secrets : public ConfigTest {
  protected:
    Environment environment() const {
        return [this](const std::string& name) -> std::optional<std::string> {
            if (name == "CREDENTIALS_DIRECTORY") return directory_.string();
            if (name == "TOKEN") return "from-env";
            return {};
        };
    }
};

TEST_F(Secrets, ComeFromCredentialFileAndEnvironmentWithoutTheirLineEnd) {
    write("meta-token", "from-credential\r\n");
    fs::permissions(write("private", "from-file\n"), fs::perms::owner_read);
    const auto value = [&](const char* ref) {
        return resolve(*parse_secret_ref(ref), environment()).value().reveal();
    };
    EXPECT_EQ(value("credential:meta-token"), "from-credential");
    EXPECT_EQ(value(("file:" + (directory_ / "private").string()).c_str()), "from-file");
    EXPECT_EQ(value("env:TOKEN"), "from-env");
}

TEST_F(Secrets, AFileThatOthersMayReadIsRefusedWithTheRemedy) {
    const auto path = write("open", "s3cret-value");
    fs::permissions(path, fs::perms::owner_read | fs::perms::group_read);
    const auto secret = resolve({SecretRef::Kind::file, path.string()}, environment());
    ASSERT_FALSE(secret);
    EXPECT_EQ(secret.error().remedy, "chmod 600 " + path.string());
    EXPECT_EQ(secret.error().what.find("s3cret-value"), std::string::npos);
}

TEST_F(Secrets, WhatIsMissingOrEmptyIsAnError) {
    write("empty", "\n");
    EXPECT_FALSE(resolve({SecretRef::Kind::credential, "empty"}, environment()));
    EXPECT_FALSE(resolve({SecretRef::Kind::credential, "absent"}, environment()));
    EXPECT_FALSE(resolve({SecretRef::Kind::environment, "ABSENT"}, environment()));
    const Environment bare = [](const std::string&) { return std::optional<std::string>{}; };
    const auto without = resolve({SecretRef::Kind::credential, "meta-token"}, bare);
    EXPECT_NE(without.error().what.find("CREDENTIALS_DIRECTORY"), std::string::npos);
}

}  // namespace
}  // namespace narvaro
