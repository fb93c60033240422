// SPDX-License-Identifier: MIT
#include "app/desktop/machine_files_linux.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using drover::app::MachineFiles;

namespace {

/// /proc and /sys of a machine that the test makes up.
class FakeMachine {
public:
    void write(const QString& file, const QByteArray& text)
    {
        const QString path = m_folder.filePath(file);
        QDir().mkpath(QFileInfo(path).path());
        QFile target(path);
        QVERIFY(target.open(QIODevice::WriteOnly));
        target.write(text);
    }
    /// Two cores; ticks since the start.
    void writeCpu(int user, int idle)
    {
        const QByteArray line = QByteArray::number(user) + " 0 0 " + QByteArray::number(idle) + " 0 0 0 0 0 0\n";
        write(QStringLiteral("proc/stat"), "cpu  " + line + "cpu0 " + line + "cpu1 " + line + "intr 5\n");
    }
    void writeProcess(qint64 pid, const QByteArray& name, qint64 parent, int ticks)
    {
        const QString folder = QStringLiteral("proc/%1/").arg(pid);
        write(folder + QStringLiteral("comm"), name.left(15) + "\n");
        write(folder + QStringLiteral("cmdline"), QByteArray());
        write(folder + QStringLiteral("stat"),
            QByteArray::number(pid) + " (" + name.left(15) + ") S " + QByteArray::number(parent)
                + " 1 1 0 -1 4194304 0 0 0 0 " + QByteArray::number(ticks) + " 0 0 0 20 0 1 0 77 0 0\n");
    }
    MachineFiles files() const
    {
        return MachineFiles(m_folder.filePath(QStringLiteral("proc")).toStdString(),
            m_folder.filePath(QStringLiteral("sys")).toStdString());
    }

private:
    QTemporaryDir m_folder;
};

} // namespace

class MachineFilesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsWhatOthersUseOfAllCores()
    {
        FakeMachine machine;
        machine.writeCpu(1000, 1000);
        auto files = machine.files();
        QVERIFY(!files.cpuByOthers({})); // there is no time before

        machine.writeCpu(1060, 1140);

        QCOMPARE(files.cpuByOthers({}), 30.0);
    }
    void takesOffOursAndAllThatOursStarted()
    {
        FakeMachine machine;
        machine.writeCpu(1000, 1000);
        machine.writeProcess(getpid(), "drover (x) y", 1, 0);
        machine.writeProcess(500, "ollama", 1, 0);
        machine.writeProcess(501, "runner", 500, 100);
        machine.writeProcess(600, "make", 1, 0);
        auto files = machine.files();
        files.cpuByOthers({500});

        machine.writeCpu(1100, 1100);
        machine.writeProcess(getpid(), "drover (x) y", 1, 10);
        machine.writeProcess(501, "runner", 500, 140);
        machine.writeProcess(600, "make", 1, 50);

        QCOMPARE(files.cpuByOthers({500}), 25.0);
        QCOMPARE(files.ofOneCoreByOurs(), 50.0); // 50 of 200 ticks of two cores
    }
    void aProgramOfOursThatEndedIsNotCountedBackwards()
    {
        FakeMachine machine;
        machine.writeCpu(1000, 1000);
        machine.writeProcess(500, "ollama", 1, 5000);
        auto files = machine.files();
        files.cpuByOthers({500});
        machine.writeCpu(1100, 1100);
        machine.writeProcess(500, "ollama", 1, 0);
        QCOMPARE(files.cpuByOthers({500}), 50.0);
    }
    void knowsNothingWithoutItsFiles()
    {
        FakeMachine machine;
        auto files = machine.files();
        QVERIFY(!files.cpuByOthers({}));
        QVERIFY(!files.cpuByOthers({}));
        QVERIFY(!files.memoryFreeBytes());
        QVERIFY(!files.celsius());
        QVERIFY(!files.amdGpuBusy());
        QVERIFY(!files.running({"blender"}));
        QVERIFY(files.modelServers().empty());
    }

    void findsProgramsByTheirName_data()
    {
        QTest::addColumn<std::string>("wanted");
        QTest::addColumn<bool>("runs");
        QTest::newRow("by its process") << std::string("blender") << true;
        QTest::newRow("in other letters") << std::string("Blender") << true;
        QTest::newRow("by the start of its command") << std::string("resolve") << true;
        QTest::newRow("of Wine") << std::string("BaldursGate") << true;
        QTest::newRow("of Wine, with its ending") << std::string("baldursgate.exe") << true;
        QTest::newRow("longer than the system keeps") << std::string("a-very-long-program-name") << true;
        QTest::newRow("not there") << std::string("doom") << false;
        QTest::newRow("part of a name") << std::string("blend") << false;
    }
    void findsProgramsByTheirName()
    {
        QFETCH(std::string, wanted);
        QFETCH(bool, runs);
        FakeMachine machine;
        machine.writeProcess(10, "blender", 1, 0);
        machine.writeProcess(11, "python3", 1, 0);
        machine.write(QStringLiteral("proc/11/cmdline"), QByteArray("/opt/resolve/resolve\0--fast\0", 28));
        machine.writeProcess(12, "wine64", 1, 0);
        machine.write(QStringLiteral("proc/12/cmdline"), QByteArray("C:\\Games\\BaldursGate.exe\0", 25));
        machine.writeProcess(13, "a-very-long-program-name", 1, 0);

        const auto found = machine.files().running({wanted});

        QVERIFY(found);
        QCOMPARE(*found, runs ? std::vector<std::string>{wanted} : std::vector<std::string>{});
    }
    void findsModelServers()
    {
        FakeMachine machine;
        machine.writeProcess(10, "ollama", 1, 0);
        machine.writeProcess(11, "ollama_llama_server", 10, 0);
        machine.writeProcess(12, "vim", 1, 0);
        auto found = machine.files().modelServers();
        std::sort(found.begin(), found.end());
        QCOMPARE(found, (std::vector<std::int64_t>{10, 11}));
    }

    void readsFreeMemory()
    {
        FakeMachine machine;
        machine.write(QStringLiteral("proc/meminfo"),
            "MemTotal:       16000000 kB\nMemFree:          100000 kB\nMemAvailable:    2000000 kB\nHugePages_Total: "
            "0\n");
        QCOMPARE(machine.files().memoryFreeBytes(), 2'000'000ull << 10);
    }
    void knowsWhetherThePlugIsIn_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QByteArray>("online");
        QTest::addColumn<bool>("onBattery");
        QTest::newRow("unplugged") << QByteArray("Discharging\n") << QByteArray("0\n") << true;
        QTest::newRow("charging") << QByteArray("Charging\n") << QByteArray("1\n") << false;
        QTest::newRow("full") << QByteArray("Full\n") << QByteArray("1\n") << false;
        QTest::newRow("with a weak charger") << QByteArray("Discharging\n") << QByteArray("1\n") << false;
    }
    void knowsWhetherThePlugIsIn()
    {
        QFETCH(QByteArray, status);
        QFETCH(QByteArray, online);
        QFETCH(bool, onBattery);
        FakeMachine machine;
        QVERIFY(!machine.files().onBattery());
        machine.write(QStringLiteral("sys/class/power_supply/hidpp0/type"), "Battery\n");
        machine.write(QStringLiteral("sys/class/power_supply/hidpp0/scope"), "Device\n");
        machine.write(QStringLiteral("sys/class/power_supply/hidpp0/status"), "Discharging\n");
        QVERIFY(!machine.files().onBattery()); // only a mouse
        machine.write(QStringLiteral("sys/class/power_supply/AC/type"), "Mains\n");
        machine.write(QStringLiteral("sys/class/power_supply/AC/online"), online);
        machine.write(QStringLiteral("sys/class/power_supply/BAT0/type"), "Battery\n");
        machine.write(QStringLiteral("sys/class/power_supply/BAT0/status"), status);
        QCOMPARE(machine.files().onBattery(), onBattery);
    }
    void takesTheHottestOfProcessorAndGpu()
    {
        FakeMachine machine;
        machine.write(QStringLiteral("sys/class/hwmon/hwmon0/name"), "k10temp\n");
        machine.write(QStringLiteral("sys/class/hwmon/hwmon0/temp1_input"), "61500\n");
        machine.write(QStringLiteral("sys/class/hwmon/hwmon1/name"), "amdgpu\n");
        machine.write(QStringLiteral("sys/class/hwmon/hwmon1/temp1_input"), "74000\n");
        machine.write(QStringLiteral("sys/class/hwmon/hwmon1/temp2_input"), "255000\n"); // broken
        machine.write(QStringLiteral("sys/class/hwmon/hwmon2/name"), "nvme\n");
        machine.write(QStringLiteral("sys/class/hwmon/hwmon2/temp1_input"), "90000\n"); // a disk
        QCOMPARE(machine.files().celsius(), 74.0);
    }
    void takesAThermalZoneWhereNoSensorIs()
    {
        FakeMachine machine;
        machine.write(QStringLiteral("sys/class/thermal/thermal_zone0/type"), "cpu-thermal\n");
        machine.write(QStringLiteral("sys/class/thermal/thermal_zone0/temp"), "55000\n");
        QCOMPARE(machine.files().celsius(), 55.0);
    }
    void takesTheBusiestAmdGpu()
    {
        FakeMachine machine;
        machine.write(QStringLiteral("sys/class/drm/card0/device/gpu_busy_percent"), "3\n");
        machine.write(QStringLiteral("sys/class/drm/card1/device/gpu_busy_percent"), "42\n");
        machine.write(QStringLiteral("sys/class/drm/card1-DP-1/status"), "connected\n");
        QCOMPARE(machine.files().amdGpuBusy(), 42.0);
    }
};

QTEST_GUILESS_MAIN(MachineFilesTest)
#include "machine_files_test.moc"
