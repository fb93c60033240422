// SPDX-License-Identifier: MIT
#include "app/settings/layer.h"
#include "app/window/host_addresses.h"
#include "app/window/host_model.h"
#include "app/window/host_plan.h"
#include "app/window/host_table.h"
#include "app/window/style.h"

#include "tests/support/example_snapshot.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QFile>
#include <QHeaderView>
#include <QMenu>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace drover;
using namespace drover::app;
using namespace drover::test;

namespace {

QString cell(const QAbstractItemModel& model, int row, int column)
{
    return model.index(row, column).data().toString();
}

/// The settings after the plan was written into a file with that text.
Resolved after(const HostPlan& plan, const std::string& text = {})
{
    const auto made = hostEdit(plan)(text);
    return made ? resolve({readSettingsFile(*made, "drover.toml")}, {}, {}) : Resolved{};
}

QByteArray shown(const std::string& text)
{
    return QByteArray::fromStdString(text);
}

} // namespace

class HostModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ColorScheme::Light); }

    void writesEachCellAsPeopleReadIt()
    {
        HostModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);

        model.show(hostingSnapshot().hosting.workers);

        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(cell(model, 0, HostModel::State), QStringLiteral("working"));
        QCOMPARE(cell(model, 0, HostModel::Name), QStringLiteral("attic"));
        QCOMPARE(cell(model, 0, HostModel::Models), QStringLiteral("llama3.2:3b, qwen2.5-coder:7b"));
        QCOMPARE(cell(model, 0, HostModel::Slots), QStringLiteral("2 of 4"));
        QVERIFY(cell(model, 0, HostModel::Rate).startsWith(QStringLiteral("6")));
        QCOMPARE(cell(model, 1, HostModel::State), QStringLiteral("ready"));
        QCOMPARE(cell(model, 1, HostModel::Failed), QStringLiteral("3"));
        QCOMPARE(cell(model, 2, HostModel::State), QStringLiteral("resting"));
        QCOMPARE(cell(model, 3, HostModel::State), QStringLiteral("gone"));
        QVERIFY(model.index(0, 0).data(Qt::AccessibleTextRole).toString().startsWith(QStringLiteral("attic: working")));
    }

    void keepsTheChosenMachineWhileOthersComeAndGo()
    {
        HostModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto workers = hostingSnapshot().hosting.workers;
        model.show(workers);
        HostTable table(model);
        table.setCurrentIndex(table.model()->index(2, 0));
        QCOMPARE(table.chosen()->number, 5u);

        workers.erase(workers.begin());
        workers.push_back({.number = 9, .name = "new"});
        std::swap(workers[0], workers[1]);
        model.show(workers);

        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(table.chosen()->number, 5u);
        QCOMPARE(cell(model, 3, HostModel::Name), QStringLiteral("new"));
    }

    void tellsOfAChangeOnce()
    {
        HostModel model;
        auto workers = hostingSnapshot().hosting.workers;
        model.show(workers);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);

        model.show(workers);
        QCOMPARE(changed.size(), 0);
        workers[1].running = 1;
        model.show(workers);

        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed[0][0].toModelIndex().row(), 1);
    }

    void sortsNumbersAsNumbers()
    {
        HostModel model;
        model.show({{.number = 1, .name = "a", .processed = 9}, {.number = 2, .name = "b", .processed = 1000},
            {.number = 3, .name = "c", .processed = 20}});
        HostTable table(model);

        table.sortByColumn(HostModel::Requests, Qt::DescendingOrder);

        QCOMPARE(cell(*table.model(), 0, HostModel::Name), QStringLiteral("b"));
        QCOMPARE(cell(*table.model(), 2, HostModel::Name), QStringLiteral("a"));
    }

    void hidesColumnsButNeverAll()
    {
        HostModel model;
        HostTable table(model);
        const QByteArray before = table.horizontalHeader()->saveState();
        QMenu menu;
        table.addColumnRows(menu);
        for (QAction* each : menu.actions()) {
            if (each->isCheckable())
                each->setChecked(false);
        }
        int seen = 0;
        for (int column = 0; column < HostModel::columnsMax; ++column)
            seen += table.isColumnHidden(column) ? 0 : 1;
        QCOMPARE(seen, 1);
        table.horizontalHeader()->restoreState(before); // it is remembered for the next test
    }

    void namesTheAddressesThatOthersCanCall()
    {
        const QStringList own{QStringLiteral("192.168.1.5"), QStringLiteral("fd00::5")};
        HostView host{.enabled = true, .listening = true, .address = "0.0.0.0:8080"};

        auto addresses = hostAddresses(host, own);
        QCOMPARE(addresses.size(), std::size_t(2));
        QCOMPARE(addresses[0].openAi, QStringLiteral("http://192.168.1.5:8080/v1"));
        QCOMPARE(addresses[0].workers, QStringLiteral("ws://192.168.1.5:8080/api/llm/connect"));
        QCOMPARE(addresses[1].base, QStringLiteral("http://[fd00::5]:8080"));

        host.publicUrl = "http://0.0.0.0:8080"; // what it is made of where nobody named one
        QCOMPARE(hostAddresses(host, own), addresses);
        QCOMPARE(hostAddresses(host, {})[0].base, QStringLiteral("http://127.0.0.1:8080"));

        host.publicUrl = "https://pool.example.org";
        QCOMPARE(hostAddresses(host, own).size(), std::size_t(1));
        QCOMPARE(hostAddresses(host, own)[0].workers, QStringLiteral("wss://pool.example.org/api/llm/connect"));

        host = {.enabled = true, .listening = true, .address = "127.0.0.1:8080", .tls = true};
        QCOMPARE(hostAddresses(host, own)[0].base, QStringLiteral("https://127.0.0.1:8080"));
        host.listening = false;
        QVERIFY(hostAddresses(host, own).empty());
    }

    void writesAPlanIntoTheSettings()
    {
        const Resolved lan =
            after({.name = QStringLiteral("lab"), .reach = HostReach::MyNetwork, .port = 9000, .localBackends = false});
        QVERIFY(lan.problems.empty());
        QVERIFY(lan.settings.config.hosting.enabled && lan.settings.config.hosting.insecure);
        QCOMPARE(shown(lan.settings.config.hosting.host), QByteArray("0.0.0.0"));
        QCOMPARE(lan.settings.config.hosting.port, std::uint16_t(9000));
        QCOMPARE(shown(lan.settings.config.hosting.name), QByteArray("lab"));
        QVERIFY(!lan.settings.config.hosting.localBackends);

        const auto first = hostEdit({.reach = HostReach::MyNetwork})("# mine\n");
        QVERIFY(first);
        const Resolved proxy =
            after({.reach = HostReach::BehindProxy, .publicUrl = QStringLiteral("https://pool.example.org")}, *first);
        QVERIFY(proxy.problems.empty());
        QVERIFY(!proxy.settings.config.hosting.insecure);
        QCOMPARE(shown(proxy.settings.config.hosting.host), QByteArray("127.0.0.1"));
        QCOMPARE(proxy.settings.config.hosting.trustedProxies.size(), std::size_t(2));
        const HostPlan again = planOf(proxy.settings);
        QVERIFY(again.reach == HostReach::BehindProxy);
        QCOMPARE(again.publicUrl, QStringLiteral("https://pool.example.org"));
    }

    void stopsWithoutForgettingHow()
    {
        const auto hosted = hostEdit({.name = QStringLiteral("lab"), .reach = HostReach::MyNetwork, .port = 9000})({});
        const auto stopped = stopHostingEdit()(*hosted);

        const Resolved resolved = resolve({readSettingsFile(*stopped, "drover.toml")}, {}, {});
        QVERIFY(!resolved.settings.config.hosting.enabled);
        QCOMPARE(resolved.settings.config.hosting.port, std::uint16_t(9000));
    }

    void refusesAPlanThatCannotWork()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("cert.pem"));
        QFile made(file);
        QVERIFY(made.open(QIODevice::WriteOnly));

        QVERIFY(planTrouble({}).isEmpty());
        QVERIFY(!planTrouble({.reach = HostReach::Internet}).isEmpty());
        QVERIFY(planTrouble({.reach = HostReach::Internet, .certificate = file, .key = QStringLiteral("/nowhere")})
                    .contains(QStringLiteral("/nowhere")));
        QVERIFY(planTrouble({.reach = HostReach::Internet, .certificate = file, .key = file}).isEmpty());
        QVERIFY(!planTrouble({.reach = HostReach::BehindProxy}).isEmpty());
        QVERIFY(!planTrouble({.reach = HostReach::BehindProxy, .publicUrl = QStringLiteral("http://a")}).isEmpty());
        QVERIFY(
            planTrouble({.reach = HostReach::BehindProxy, .publicUrl = QStringLiteral("https://a.example")}).isEmpty());
        QVERIFY(!planTrouble({.port = 0}).isEmpty());
        QVERIFY(!planTrouble({.name = QString(65, QLatin1Char('x'))}).isEmpty());
    }

    void saysWhatWillHappen()
    {
        const HostPlan lan{.reach = HostReach::MyNetwork, .port = 9000, .asksForKeys = false};
        QVERIFY(makesKeys(lan)); // never open to a network without
        QVERIFY(planSentences(lan).join(QLatin1Char(' ')).contains(QStringLiteral("Nothing is encrypted")));
        const HostPlan proxy{
            .reach = HostReach::BehindProxy, .port = 9000, .publicUrl = QStringLiteral("https://pool.example.org")};
        QCOMPARE(proxyCommands(proxy).value(0),
            QStringLiteral("caddy reverse-proxy --from pool.example.org --to 127.0.0.1:9000"));
        QVERIFY(proxyCommands(lan).isEmpty());
        QVERIFY(!makesKeys({.asksForKeys = false}));
    }
};

QTEST_MAIN(HostModelTest)
#include "host_model_test.moc"
