// SPDX-License-Identifier: MIT
#include "app/command/completion.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryFile>
#include <QTest>

using namespace drover::app;

namespace {

/// What a shell prints for a script; skips the test where the shell is not installed.
QString shellOutput(const QString& shell, const QString& script)
{
    QProcess process;
    process.start(shell, {QStringLiteral("-c"), script});
    process.waitForFinished(20'000);
    return QString::fromUtf8(process.readAllStandardOutput() + process.readAllStandardError());
}

bool hasShell(const QString& shell)
{
    return !QStandardPaths::findExecutable(shell).isEmpty();
}

} // namespace

class CompletionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bashCompletes_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("offers");
        const auto row = [](const char* line, const char* offers) {
            QTest::newRow(line) << QString::fromUtf8(line) << QString::fromUtf8(offers);
        };
        row("drover sta", "status");
        row("drover queue ca", "cancel");
        row("drover serve --log-l", "--log-level");
        row("drover serve --log-level d", "debug");
        row("drover config get queue.waiting_m", "queue.waiting_max");
        row("drover config set queue.fair", "queue.fairness");
        row("drover completion z", "zsh");
        row("drover login-item st", "status");
        row("drover connect ze", "zed");
        row("drover keys rev", "revoke");
        row("drover serve --port 1", "");
    }
    void bashCompletes()
    {
        QFETCH(QString, line);
        QFETCH(QString, offers);
        if (!hasShell(QStringLiteral("bash")))
            QSKIP("bash is not installed");
        const QString script = QString::fromStdString(bashCompletion(commandTree()))
            + QStringLiteral(
                "\nCOMP_WORDS=(%1)\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_drover\necho \"${COMPREPLY[*]}\"")
                  .arg(line);

        QCOMPARE(shellOutput(QStringLiteral("bash"), script).trimmed(), offers);
    }

    void zshLoadsIt()
    {
        if (!hasShell(QStringLiteral("zsh")))
            QSKIP("zsh is not installed");
        const QString script = QStringLiteral("autoload -Uz compinit; compinit -u -D\n")
            + QString::fromStdString(zshCompletion(commandTree())) + QStringLiteral("\necho ${_comps[drover]}");

        QCOMPARE(shellOutput(QStringLiteral("zsh"), script).trimmed(), QStringLiteral("_drover"));
    }

    void fishCompletes()
    {
        if (!hasShell(QStringLiteral("fish")))
            QSKIP("fish is not installed");
        const QString script = QString::fromStdString(fishCompletion(commandTree()))
            + QStringLiteral("\ncomplete -C 'drover queue ca'; complete -C 'drover serve --log-level d'");

        const QString offers = shellOutput(QStringLiteral("fish"), script);

        QVERIFY2(offers.startsWith(QStringLiteral("cancel")), qPrintable(offers));
        QVERIFY2(offers.contains(QStringLiteral("debug")), qPrintable(offers));
    }

    void everyShellKnowsEveryCommand()
    {
        const CommandNode tree = commandTree();
        for (const std::string& script : {bashCompletion(tree), zshCompletion(tree), fishCompletion(tree)}) {
            for (const CommandNode& each : tree.commands)
                QVERIFY2(script.find(each.name) != std::string::npos, each.name.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(CompletionTest)
#include "completion_test.moc"
