// SPDX-License-Identifier: MIT
#include "app/desktop/link_handler.h"

#include "app/desktop/desktop_entry.h"
#include "app/settings/settings_source.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace drover;
using namespace drover::app;

/// The entry that brings links here, in a data folder for each test.
class LinkHandlerTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    std::string path(const char* below) const { return m_folder->path().toStdString() + below; }
    std::string own() const { return path("/data/applications/io.github.drover.Drover.Links.desktop"); }
    Environment environment() const
    {
        return {{"XDG_DATA_HOME", path("/data")}, {"XDG_DATA_DIRS", path("/none") + ":" + path("/system")}};
    }
    void write(const std::string& file, const QByteArray& text) const
    {
        const QString name = QString::fromStdString(file);
        QDir().mkpath(QFileInfo(name).absolutePath());
        QFile made(name);
        QVERIFY(made.open(QIODevice::WriteOnly));
        QCOMPARE(made.write(text), text.size());
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void registersTheProgramForLinks()
    {
        QVERIFY(registerLinks(environment(), "/bin/sh"));

        const auto text = readTextFile(own());
        QVERIFY(text.has_value());
        QCOMPARE(entryValue(*text, "Exec"), std::optional<std::string>("/bin/sh %u"));
        QCOMPARE(entryValue(*text, "MimeType"), std::optional<std::string>("x-scheme-handler/drover;"));
        QVERIFY(entrySays(*text, "NoDisplay"));
    }

    void leavesLinksToAnInstalledDrover()
    {
        write(path("/system/applications/io.github.drover.Drover.desktop"),
            "[Desktop Entry]\nExec=sh %u\nMimeType=x-scheme-handler/drover;\n");

        QVERIFY(registerLinks(environment(), "/bin/sh"));

        QVERIFY(!readTextFile(own()));
    }

    void keepsWhatIsRegisteredWhileItIsThere()
    {
        QVERIFY(registerLinks(environment(), "/bin/sh"));
        QVERIFY(registerLinks(environment(), "/bin/ls"));

        QCOMPARE(entryValue(*readTextFile(own()), "Exec"), std::optional<std::string>("/bin/sh %u"));
    }

    void renewsWhatIsGone()
    {
        QVERIFY(registerLinks(environment(), "/no/such/drover-tray"));
        QVERIFY(registerLinks(environment(), "/bin/sh"));

        QCOMPARE(entryValue(*readTextFile(own()), "Exec"), std::optional<std::string>("/bin/sh %u"));
    }

    void saysWhyItCannotWrite()
    {
        write(path("/data"), "in the way");

        const auto done = registerLinks(environment(), "/bin/sh");

        QVERIFY(!done);
        QVERIFY(done.error().detail.starts_with(own()));
    }

    void theInstalledEntryTakesLinks()
    {
        const auto text = readTextFile(DROVER_ENTRY);

        QVERIFY(text.has_value());
        QCOMPARE(entryValue(*text, "MimeType"), std::optional<std::string>("x-scheme-handler/drover;"));
        QCOMPARE(entryValue(*text, "Exec"), std::optional<std::string>("drover-tray %u"));
    }
};

QTEST_GUILESS_MAIN(LinkHandlerTest)
#include "link_handler_test.moc"
