// SPDX-License-Identifier: MIT
#include "core/api/key_file.h"
#include "core/protocol/key_text.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <set>
#include <thread>

using namespace drover;
using namespace std::chrono_literals;

namespace {

constexpr int processTimeMax = 60'000;

std::unique_ptr<KeyFile> open(const std::string& path)
{
    auto keys = openKeyFile(path);
    if (!keys)
        qFatal("%s", keys.error().detail.c_str());
    return std::move(*keys);
}

/// How many of so many tries brought a key.
int trade(const std::string& path, const std::string& code, int tries)
{
    auto keys = open(path);
    int traded = 0;
    for (int i = 0; i < tries; ++i) {
        const auto made = keys->trade(code, "worker", "test");
        if (!made && made.error().code != Errc::Unauthorized)
            qFatal("%s", made.error().detail.c_str());
        traded += made ? 1 : 0;
    }
    return traded;
}

/// Makes keys and says each as soon as it is made, until it is killed.
int makeKeysForEver(const std::string& path, const std::string& mark)
{
    auto keys = open(path);
    for (int i = 0;; ++i) {
        const auto made = keys->create({.name = mark + std::to_string(i)}, "test");
        if (!made)
            return 1;
        std::printf("%s\n", made->key.c_str());
        std::fflush(stdout);
    }
}

/// What the program does when the test starts it again as another process.
int actAsChild(const QStringList& words)
{
    const std::string path = words[2].toStdString();
    if (words[1] == QStringLiteral("--trade")) {
        std::printf("%d", trade(path, words[3].toStdString(), words[4].toInt()));
        return 0;
    }
    return makeKeysForEver(path, words[3].toStdString());
}

} // namespace

class KeyFileProcessesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anInvitationIsTradedAsOftenAsItSaysByAllProcessesTogether()
    {
        QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("pool-keys.db")).toStdString();
        auto keys = open(path);
        const auto invitation = keys->invite({.usesMax = 10}, "test");
        QVERIFY(invitation);
        QProcess one;
        QProcess two;
        for (QProcess* child : {&one, &two})
            child->start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("--trade"), QString::fromStdString(path), QString::fromStdString(invitation->code),
                    QStringLiteral("300")});
        int here = 0;
        std::thread thread([&] { here = trade(path, invitation->code, 200); });

        const int there = trade(path, invitation->code, 200);

        thread.join();
        QVERIFY(one.waitForFinished(processTimeMax) && two.waitForFinished(processTimeMax));
        QCOMPARE(one.exitCode() + two.exitCode(), 0);
        QCOMPARE(here + there + one.readAllStandardOutput().toInt() + two.readAllStandardOutput().toInt(), 10);
        QCOMPARE(keys->keys()->size(), std::size_t(10));
        QCOMPARE(keys->invitations()->front().uses, 10u);
        std::set<std::string> names;
        const auto allKept = keys->keys();
        for (const KeyRecord& key : *allKept)
            names.insert(key.name);
        QCOMPARE(names.size(), std::size_t(10));
    }

    void manyProcessesMayMakeTheFileAtOnce()
    {
        for (int round = 0; round < 10; ++round) {
            QTemporaryDir folder;
            const std::string path = folder.filePath(QStringLiteral("state/pool-keys.db")).toStdString();
            std::vector<std::thread> threads;
            std::atomic<int> made = 0;
            for (int i = 0; i < 8; ++i)
                threads.emplace_back([&, i] {
                    auto keys = openKeyFile(path);
                    if (!keys)
                        qWarning("%s", keys.error().detail.c_str());
                    else if ((*keys)->create({.name = "key " + std::to_string(i)}, "test"))
                        ++made;
                });
            for (std::thread& thread : threads)
                thread.join();

            QCOMPARE(made.load(), 8);
            QCOMPARE(open(path)->keys()->size(), std::size_t(8));
        }
    }

    void losesNoKeyThatWasShownHoweverOftenItIsKilled()
    {
        QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("pool-keys.db")).toStdString();
        std::set<std::string> shown;
        for (int round = 0; round < 20; ++round) {
            QProcess child;
            child.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("--make"), QString::fromStdString(path), QStringLiteral("%1-").arg(round)});
            QVERIFY(child.waitForStarted(processTimeMax));
            // At a moment of its work that nobody chose, and now and then before the first key.
            const int wait = QRandomGenerator::global()->bounded(120);
            QElapsedTimer time;
            time.start();
            while (time.elapsed() < wait)
                child.waitForReadyRead(std::max(1, wait - int(time.elapsed())));
            child.kill();
            QVERIFY(child.waitForFinished(processTimeMax));
            QList<QByteArray> lines = child.readAllStandardOutput().split('\n');
            lines.removeLast(); // not whole
            for (const QByteArray& line : lines)
                shown.insert(sha256Hex(line.toStdString()));
        }

        const auto kept = open(path)->keys();

        QVERIFY(kept);
        QVERIFY(!shown.empty());
        std::set<std::string> hashes;
        for (const KeyRecord& key : *kept)
            hashes.insert(key.sha256Hex);
        QVERIFY(std::includes(hashes.begin(), hashes.end(), shown.begin(), shown.end()));
        qInfo("%d keys were shown, %d are kept", int(shown.size()), int(hashes.size()));
    }
};

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() > 3 && (words[1] == QStringLiteral("--trade") || words[1] == QStringLiteral("--make")))
        return actAsChild(words);
    KeyFileProcessesTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "key_file_processes_test.moc"
