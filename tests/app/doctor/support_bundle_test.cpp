// SPDX-License-Identifier: MIT
#include "app/doctor/checks.h"
#include "app/doctor/support_bundle.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace drover::app;

namespace {

void write(const QString& path, const QByteArray& text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

/// A machine with a secret in every place where one can be. Each has a text of its own, so that a test can say which
/// one leaked.
struct Planted {
    QTemporaryDir folder;
    std::map<std::string, std::string> secrets = {}; ///< by place
    Facts facts = {};
    BundleSources sources = {};

    std::string plant(const char* place, const char* secret)
    {
        secrets[place] = secret;
        return secret;
    }
    std::string at(const char* name) const { return folder.filePath(QLatin1String(name)).toStdString(); }

    Planted()
    {
        const auto keyFile = plant("key file", "aubergine 11 with blanks");
        write(QString::fromStdString(at("key")), QByteArray::fromStdString(keyFile + "\n"));
        const auto token = plant("token file", "broccoli-22-token");
        write(QString::fromStdString(at("token")), QByteArray::fromStdString(token + "\n"));
        const auto keyring = plant("keyring file", "cabbage33keyring");
        write(QString::fromStdString(at("secrets")),
            QByteArray::fromStdString(R"({"secrets":{"backend":{"value":")" + keyring + R"("}}})"));
        facts.tokenFile = at("token");
        facts.settingsFile = at("drover.toml");
        sources.secretFiles = {at("secrets")};
        sources.logFile = at("drover.log");
        plantSettings(keyFile);
        plantTexts(keyFile, token, keyring);
    }

    void plantSettings(const std::string& keyFile)
    {
        const auto ofOllama = plant("variable for Ollama", "dill44");
        const auto odd = plant("variable with an innocent name", "endive55");
        const auto url = plant("URL's password", "fennel66");
        const auto ofVariable = plant("backend key in a variable", "garlic77");
        const auto ofEnvironment = plant("environment", "horseradish88");
        const auto webProxy = plant("web proxy's password", "iceberg99");
        auto& settings = facts.settings.settings;
        settings.ollama.environment = {"OLLAMA_API_KEY=" + ofOllama, "HF_THING=" + odd};
        BackendSetting first;
        first.backend.url = "http://ann:" + url + "@gpu:11434";
        first.backend.apiKey = keyFile;
        first.apiKeyFile = at("key");
        BackendSetting second;
        second.apiKeyEnv = "MY_VARIABLE";
        settings.backends = {first, second};
        settings.config.backends = {first.backend};
        facts.environment = {{"MY_VARIABLE", ofVariable}, {"OPENAI_API_KEY", ofEnvironment},
            {"HTTP_PROXY", "http://ann:" + webProxy + "@proxy:3128"}};
        write(QString::fromStdString(at("drover.toml")),
            QByteArray::fromStdString("[engine]\nenvironment = [\"OLLAMA_API_KEY=" + ofOllama + "\", \"HF_THING=" + odd
                + "\"]\n[[backend]]\nurl = \"http://ann:" + url + "@gpu:11434\"\n"));
    }

    void plantTexts(const std::string& keyFile, const std::string& token, const std::string& keyring)
    {
        const auto base64 = QByteArray::fromStdString("ann:" + token).toBase64().toStdString();
        const auto percent = QByteArray::fromStdString(keyFile).toPercentEncoding().toStdString();
        const auto header = plant("echoed header", "jicama-unknown-1");
        const auto query = plant("query", "kale-unknown-2");
        const auto mail = plant("address of a person", "leek.person@example.org");
        write(QString::fromStdString(at("drover.log")),
            QByteArray::fromStdString("10:00 [info] Authorization: Basic " + base64 + "\n10:01 sent " + percent
                + "\n10:02 echo X-Api-Key: " + header + "\n10:03 path=/api/chat?key=" + query + "\n10:04 user=" + mail
                + "\n10:05 " + QByteArray::fromStdString(keyring).toHex().toStdString() + "\n"));
        const auto ofOutput = plant("Ollama's output", "mangold-unknown-3");
        sources.ollamaOutput = {QStringLiteral("Bearer %1").arg(QString::fromStdString(ofOutput)),
            QStringLiteral("env map[OLLAMA_API_KEY:dill44 HF_THING:endive55]")};
        drover::Snapshot snapshot;
        snapshot.users = {{.name = mail}};
        snapshot.backends = {{.name = "gpu", .url = "http://ann:fennel66@gpu:11434", .reason = "401 garlic77"}};
        facts.snapshot = snapshot;
        facts.backends = {{.url = "http://ann:fennel66@gpu:11434", .loaded = {.body = R"({"echo":"horseradish88"})"}}};
    }

    std::string archive(const Clean& clean) const
    {
        return bundleArchive(bundleFiles(facts, diagnose(facts), sources), clean, 1'795'000'000);
    }
};

/// All texts of an archive, unpacked by the system's tar.
QByteArray unpacked(const std::string& archive)
{
    QTemporaryDir folder;
    write(folder.filePath(QStringLiteral("bundle.tar.gz")), QByteArray::fromStdString(archive));
    QProcess tar;
    tar.setWorkingDirectory(folder.path());
    tar.start(QStringLiteral("tar"), {QStringLiteral("-xOzf"), QStringLiteral("bundle.tar.gz")});
    if (!tar.waitForFinished(20'000) || tar.exitCode() != 0)
        return "tar: " + tar.readAllStandardError();
    return tar.readAllStandardOutput();
}

/// Where a secret stands in a text in any spelling; empty when nowhere. Looks by itself, not by the redactor's means:
/// also in what the text's base64, percent and hexadecimal words become when they are decoded.
bool leaks(const QByteArray& text, const std::string& secret)
{
    const auto wanted = QByteArray::fromStdString(secret);
    if (text.contains(wanted) || QByteArray::fromPercentEncoding(text).contains(wanted))
        return true;
    for (const QByteArray& word : QByteArray(text).replace('"', ' ').replace('=', ' ').simplified().split(' '))
        if (QByteArray::fromBase64(word).contains(wanted) || QByteArray::fromHex(word).contains(wanted))
            return true;
    return false;
}

} // namespace

class SupportBundleTest : public QObject {
    Q_OBJECT

private:
    Planted m_planted;

private Q_SLOTS:
    void tellsNoSecret()
    {
        const Redactor redactor(privateThings(m_planted.facts, m_planted.sources));
        const auto text = unpacked(m_planted.archive([&](std::string_view raw) { return redactor.redacted(raw); }));

        QVERIFY2(text.contains("drover doctor"), text.constData());
        for (const auto& [place, secret] : m_planted.secrets)
            QVERIFY2(!leaks(text, secret), place.c_str());
        QVERIFY(!text.contains("ann:"));
    }
    void wouldTellThemAllWithoutTheRedactor()
    {
        const auto text = unpacked(m_planted.archive([](std::string_view raw) { return std::string(raw); }));

        for (const auto& [place, secret] : m_planted.secrets)
            QVERIFY2(leaks(text, secret), place.c_str());
    }
    void keepsWhatHelps()
    {
        const Redactor redactor(privateThings(m_planted.facts, m_planted.sources));
        const auto text = unpacked(m_planted.archive([&](std::string_view raw) { return redactor.redacted(raw); }));

        for (const char* wanted : {"queue.waiting_max = 1024", "\"schema\":1", "10:03 path=/api/chat?", "@gpu:11434",
                 "\"check\": \"running\"", "Qt 6"})
            QVERIFY2(text.contains(wanted), wanted);
    }
    void isReadableByThisUserAlone()
    {
        const auto path = m_planted.folder.filePath(QStringLiteral("bundle.tar.gz"));
        QVERIFY(saveBundle(path.toStdString(), "bytes"));

        constexpr auto others = QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther;
        QVERIFY(!(QFile::permissions(path) & others));
        QVERIFY(!saveBundle("/nowhere/at/all.tar.gz", "bytes"));
    }
    void givesEachFileItsLength()
    {
        const auto text = unpacked(tarGz({{"a/one.txt", std::string(511, '1')}, {"two.txt", std::string(513, '2')},
                                             {"three.txt", ""}, {"four.txt", "4"}},
            0));
        QCOMPARE(text, QByteArray(511, '1') + QByteArray(513, '2') + "4");
    }
};

QTEST_GUILESS_MAIN(SupportBundleTest)
#include "support_bundle_test.moc"
