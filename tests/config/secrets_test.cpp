#include "config/secrets.h"

#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

#include "files.h"

namespace narvaro {
namespace {

namespace fs = std::filesystem;
using Kind = SecretRef::Kind;

TEST(ParseSecretRef, KnowsThreeFormsAndNoLiteral) {
    EXPECT_EQ(parse_secret_ref("credential:meta-token"),
              (SecretRef{Kind::credential, "meta-token"}));
    EXPECT_EQ(parse_secret_ref("file:/run/t"), (SecretRef{Kind::file, "/run/t"}));
    EXPECT_EQ(parse_secret_ref("env:TOKEN"), (SecretRef{Kind::environment, "TOKEN"}));
    for (const char* wrong : {"EAAB123", "credential:", "credential:../x", "credential:a/b",
                              "credential:..", "credential:.", "env:A/B", "env:A=B",
                              "env:", "file:", "File:/x", "vault:x", "", ":", "file:/a\nb"}) {
        EXPECT_FALSE(parse_secret_ref(wrong)) << wrong;
    }
}

TEST(ParseSecretRef, IsUndoneByToString) {
    for (const char* text : {"credential:meta-token", "file:/run/t", "env:TOKEN"}) {
        EXPECT_EQ(to_string(*parse_secret_ref(text)), text);
    }
}

class Secrets : public ConfigTest {
  protected:
    static Environment environment(std::map<std::string, std::string> values) {
        return [values = std::move(values)](const std::string& name) {
            const auto found = values.find(name);
            return found == values.end() ? std::nullopt : std::optional{found->second};
        };
    }
    Environment with_credentials() const {
        return environment({{"CREDENTIALS_DIRECTORY", directory_.string()}});
    }
    fs::path write_private(const std::string& name, const std::string& text) const {
        const auto path = write(name, text);
        fs::permissions(path, fs::perms::owner_read);
        return path;
    }
    /// What is said, and what is to be done, in one text.
    static std::string said(const Result<Secret>& secret) {
        return secret ? "no error" : secret.error().what + " -> " + secret.error().remedy;
    }
};

TEST_F(Secrets, ComeFromCredentialFileAndEnvironmentWithoutTheirLineEnd) {
    write("meta-token", "from-credential\r\n");
    const auto file = write_private("private", "from-file\n");
    EXPECT_EQ(resolve({Kind::credential, "meta-token"}, with_credentials())->reveal(),
              "from-credential");
    EXPECT_EQ(resolve({Kind::file, file.string()}, environment({}))->reveal(), "from-file");
    EXPECT_EQ(resolve({Kind::environment, "T"}, environment({{"T", "from-env"}}))->reveal(),
              "from-env");
}

class OpenFile : public Secrets, public testing::WithParamInterface<fs::perms> {};

TEST_P(OpenFile, IsRefusedWithTheRemedyAndWithoutTheSecret) {
    const auto path = write("open", "s3cret-value");
    fs::permissions(path, fs::perms::owner_read | GetParam());
    const auto secret = resolve({Kind::file, path.string()}, environment({}));
    EXPECT_EQ(said(secret), "file:" + path.string() +
                                " is open to others than its owner -> chmod 600 " + path.string());
}

INSTANTIATE_TEST_SUITE_P(ToOthers, OpenFile,
                         testing::Values(fs::perms::group_read, fs::perms::others_read,
                                         fs::perms::group_write, fs::perms::others_write));

TEST_F(Secrets, OfALinkTheFileBehindItCounts) {
    const auto path = write("open", "s3cret-value");
    fs::permissions(path, fs::perms::owner_read | fs::perms::others_read);
    fs::create_symlink(path, directory_ / "link");
    EXPECT_FALSE(resolve({Kind::file, (directory_ / "link").string()}, environment({})));
}

TEST_F(Secrets, WhatIsMissingIsNamedWithTheRemedy) {
    EXPECT_EQ(
        said(resolve({Kind::credential, "absent"}, with_credentials())),
        "credential:absent cannot be read: No such file or directory -> store the secret in " +
            (directory_ / "absent").string());
    EXPECT_EQ(said(resolve({Kind::environment, "ABSENT"}, environment({}))),
              "env:ABSENT is not set -> set the variable where narvaro is started");
    EXPECT_EQ(said(resolve({Kind::credential, "meta-token"}, environment({}))),
              "credential:meta-token is not given: there is no $CREDENTIALS_DIRECTORY -> run under "
              "systemd with LoadCredential=meta-token, set CREDENTIALS_DIRECTORY, or configure "
              "file:PATH");
    EXPECT_EQ(said(resolve({Kind::file, (directory_ / "conf.d").string()}, environment({}))),
              "file:" + (directory_ / "conf.d").string() +
                  " is not a file -> store the secret in a file");
}

TEST_F(Secrets, WhatIsEmptyOrMoreThanOneLineIsNamedButNotRepeated) {
    write("empty", "\r\n\n");
    write("two", "s3cret-one\ns3cret-two\n");
    write("zero", std::string{"s3cret\0x", 8});
    write("huge", std::string(100'000, 's'));
    EXPECT_EQ(said(resolve({Kind::credential, "empty"}, with_credentials())),
              "credential:empty is empty -> store the secret there again");
    EXPECT_EQ(said(resolve({Kind::environment, "T"}, environment({{"T", ""}}))),
              "env:T is empty -> store the secret there again");
    EXPECT_EQ(said(resolve({Kind::credential, "two"}, with_credentials())),
              "credential:two holds more than one line -> store the secret alone, on one line");
    EXPECT_EQ(said(resolve({Kind::credential, "zero"}, with_credentials())),
              "credential:zero holds more than one line -> store the secret alone, on one line");
    EXPECT_EQ(said(resolve({Kind::credential, "huge"}, with_credentials())),
              "credential:huge is larger than 64 KiB -> store the secret alone in " +
                  (directory_ / "huge").string());
}

TEST_F(Secrets, APipeIsRefusedAtOnce) {
    const auto pipe = directory_ / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_EQ(said(resolve({Kind::file, pipe.string()}, environment({}))),
              "file:" + pipe.string() + " is not a file -> store the secret in a file");
}

}  // namespace
}  // namespace narvaro
