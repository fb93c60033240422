// SPDX-License-Identifier: MIT
#include "core/dispatch/manners.h"
#include "core/dispatch/sharing_measure.h"

#include <QtTest>

#include <ctime>

using namespace drover;
using namespace std::chrono_literals;

namespace {

using enum SharingVerdict;

constexpr std::int64_t monday = 1'790'553'600; ///< 2026-09-28, a Monday, 0:00 UTC

/// The rules with a clock that only the test moves; both of its hands go alike.
class Scripted {
public:
    explicit Scripted(SharingRules rules = {}) { m_manners.setRules(rules); }

    SharingView at(std::chrono::seconds time)
    {
        return m_manners.decide({.now = moment(time), .poolsToday = pools, .snoozedProgramRuns = programRuns});
    }
    SharingView at(std::chrono::seconds time, const SensorReadings& readings)
    {
        m_manners.setReadings(readings);
        return at(time);
    }
    void setRules(const SharingRules& rules) { m_manners.setRules(rules); }
    void snooze(const Snooze& snooze, std::chrono::seconds time) { m_manners.snooze(snooze, moment(time)); }
    static WallTime wall(std::chrono::seconds time) { return WallTime(std::chrono::seconds(monday) + time); }

    UsageSum pools = {};
    bool programRuns = true;

private:
    static PauseClock::Moment moment(std::chrono::seconds time)
    {
        return {.steady = TimePoint(1000s + time), .wall = wall(time)};
    }

    MannersRules m_manners;
};

const RuleView& of(const SharingView& view, SharingRule rule)
{
    return view.rules.at(static_cast<std::size_t>(rule));
}

std::int64_t clockAt(std::chrono::seconds time)
{
    return (monday + time.count()) * 1000;
}

WeekHours hoursOf(std::string_view text)
{
    return parseWeekHours(text).value();
}

} // namespace

class MannersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "UTC");
#ifdef Q_OS_WIN
        _tzset();
#else
        tzset();
#endif
    }

    void sharesWhenNothingIsKnownOfTheMachine()
    {
        const SharingView view = Scripted().at(0s);
        QCOMPARE(view.verdict, Go);
        QCOMPARE(view.reasonCode, std::string("sharing"));
        QCOMPARE(view.rules.size(), sharingRuleCount);
        QCOMPARE(of(view, SharingRule::Battery).state, RuleState::Unknown);
        QCOMPARE(of(view, SharingRule::UserActive).state, RuleState::Off); // not a rule of polite manners
    }

    void hasOneRowForEachRuleInTheirOrder()
    {
        const SharingView view = Scripted().at(0s);
        for (std::size_t index = 0; index < view.rules.size(); ++index) {
            QCOMPARE(static_cast<std::size_t>(view.rules[index].rule), index);
            QVERIFY(!name(view.rules[index].rule).empty());
            QVERIFY(!settingOf(view.rules[index].rule).empty());
        }
        QVERIFY(name(static_cast<SharingRule>(sharingRuleCount)).empty());
    }

    void eachReadingHoldsForItsOwnReason_data()
    {
        QTest::addColumn<SensorReadings>("readings");
        QTest::addColumn<std::chrono::seconds>("begins");
        QTest::addColumn<SharingVerdict>("verdict");
        QTest::addColumn<QString>("code");
        QTest::addColumn<SensorReadings>("fine");
        QTest::addColumn<std::chrono::seconds>("ends");
        const auto row = [](const char* code, const SensorReadings& bad, std::chrono::seconds begins,
                             SharingVerdict verdict, const SensorReadings& fine, std::chrono::seconds ends) {
            QTest::newRow(code) << bad << begins << verdict << QString::fromLatin1(code) << fine << ends;
        };
        row("sharing_battery", {.onBattery = true}, 0s, Stop, {.onBattery = false}, 10s);
        row("sharing_full_screen", {.fullScreenApp = "Doom"}, 2s, StopAndFree, {.fullScreenApp = ""}, 15s);
        row("sharing_programs", {.programs = {{"blender"}}}, 0s, StopAndFree, {.programs = {{}}}, 10s);
        row("sharing_gpu", {.gpuByOthers = 31}, 20s, StopAndFree, {.gpuByOthers = 15}, 60s);
        row("sharing_cpu", {.cpuByOthers = 51}, 20s, Stop, {.cpuByOthers = 25}, 60s);
        row("sharing_user_active", {.userIdle = 179s}, 0s, Stop, {.userIdle = 180s}, 0s);
        row("sharing_metered", {.metered = true}, 0s, Finish, {.metered = false}, 10s);
        row("sharing_temperature", {.celsius = 87}, 5s, Stop, {.celsius = 77}, 60s);
        row("sharing_disk", {.diskFreeBytes = (5ull << 30) - 1}, 5s, Finish, {.diskFreeBytes = 10ull << 30}, 300s);
        row("sharing_memory", {.memoryFreeBytes = (1ull << 30) - 1}, 5s, StopAndFree, {.memoryFreeBytes = 2ull << 30},
            300s);
    }
    void eachReadingHoldsForItsOwnReason()
    {
        QFETCH(SensorReadings, readings);
        QFETCH(std::chrono::seconds, begins);
        QFETCH(SharingVerdict, verdict);
        QFETCH(QString, code);
        QFETCH(SensorReadings, fine);
        QFETCH(std::chrono::seconds, ends);
        Scripted manners({.manners = MannersPreset::Away, .programs = {"blender"}});

        if (begins > 0s) {
            QCOMPARE(manners.at(0s, readings).verdict, Go);
            QCOMPARE(manners.at(begins - 1s).verdict, Go);
        }
        const SharingView held = manners.at(begins, readings);
        QCOMPARE(held.verdict, verdict);
        QCOMPARE(QString::fromStdString(held.reasonCode), code);
        QVERIFY(!held.reasonText.empty() && held.reasonText.find('%') == std::string::npos);
        QVERIFY(findReason(held.reasonCode)->setting.empty() == false);

        const auto better = begins + 100s;
        if (ends > 0s) {
            const SharingView waiting = manners.at(better, fine);
            QCOMPARE(waiting.verdict, verdict);
            QCOMPARE(waiting.changesAt, clockAt(better + ends));
            QCOMPARE(manners.at(better + ends - 1s).verdict, verdict);
        }
        QCOMPARE(manners.at(better + ends, fine).verdict, Go);
    }

    void aLimitIsReachedBetweenBothOnlyFromOneSide()
    {
        Scripted manners;
        manners.at(0s, {.gpuByOthers = 25}); // between 15, where it lets go, and 30, where it holds
        QCOMPARE(manners.at(1000s).verdict, Go);
        manners.at(1001s, {.gpuByOthers = 90});
        QCOMPARE(manners.at(1021s).verdict, StopAndFree);
        manners.at(1022s, {.gpuByOthers = 25});
        QCOMPARE(manners.at(5000s).verdict, StopAndFree);
    }
    void aShortPeakStartsTheTimeAnew()
    {
        Scripted manners;
        manners.at(0s, {.gpuByOthers = 90});
        manners.at(15s, {.gpuByOthers = 10});
        manners.at(16s, {.gpuByOthers = 90});
        QCOMPARE(manners.at(35s).verdict, Go);
        QCOMPARE(manners.at(36s).verdict, StopAndFree);
        manners.at(60s, {.gpuByOthers = 0});
        manners.at(100s, {.gpuByOthers = 20}); // not low enough: the minute of quiet begins again
        manners.at(101s, {.gpuByOthers = 0});
        QCOMPARE(manners.at(160s).verdict, StopAndFree);
        QCOMPARE(manners.at(161s).verdict, Go);
    }
    void aSensorThatFallsSilentLetsGo()
    {
        Scripted manners;
        manners.at(0s, {.onBattery = true});
        QCOMPARE(manners.at(1s, {}).verdict, Stop);
        const SharingView after = manners.at(11s);
        QCOMPARE(after.verdict, Go);
        QCOMPARE(of(after, SharingRule::Battery).state, RuleState::Unknown);
    }
    void theStrictestRuleWins()
    {
        Scripted manners({.programs = {"blender"}});
        const SharingView view = manners.at(0s, {.onBattery = true, .programs = {{"blender"}}, .metered = true});
        QCOMPARE(view.verdict, StopAndFree);
        QCOMPARE(view.reasonCode, std::string("sharing_programs"));
        QCOMPARE(view.reasonText, std::string("Sharing sleeps while blender is running."));
        QCOMPARE(of(view, SharingRule::Battery).state, RuleState::Holds);
        QCOMPARE(of(view, SharingRule::Metered).verdict, Finish);
    }
    void ofRulesAsStrictTheFirstIsTold()
    {
        const SharingView view = Scripted({.manners = MannersPreset::Away}).at(0s, {.onBattery = true, .userIdle = 0s});
        QCOMPARE(view.reasonCode, std::string("sharing_battery"));
    }
    void namesTheProgramUntilItsRuleLetsGo()
    {
        Scripted manners({.programs = {"blender"}});
        manners.at(0s, {.programs = {{"blender"}}});
        QCOMPARE(
            manners.at(5s, {.programs = {{}}}).reasonText, std::string("Sharing sleeps while blender is running."));
    }

    void presetsChooseTheRules_data()
    {
        QTest::addColumn<MannersPreset>("preset");
        QTest::addColumn<SensorReadings>("readings");
        QTest::addColumn<bool>("shares");
        const SensorReadings inUse{.userIdle = 0s};
        const SensorReadings game{.fullScreenApp = "Doom"};
        const SensorReadings hot{.celsius = 95};
        QTest::newRow("polite while in use") << MannersPreset::Polite << inUse << true;
        QTest::newRow("away while in use") << MannersPreset::Away << inUse << false;
        QTest::newRow("dedicated while in use") << MannersPreset::Dedicated << inUse << true;
        QTest::newRow("polite beside a game") << MannersPreset::Polite << game << false;
        QTest::newRow("dedicated beside a game") << MannersPreset::Dedicated << game << true;
        QTest::newRow("dedicated when hot") << MannersPreset::Dedicated << hot << false;
    }
    void presetsChooseTheRules()
    {
        QFETCH(MannersPreset, preset);
        QFETCH(SensorReadings, readings);
        QFETCH(bool, shares);
        Scripted manners({.manners = preset});
        manners.at(0s, readings);
        QCOMPARE(manners.at(100s).verdict == Go, shares);
    }
    void aRuleThatIsSwitchedOffLetsGoAtOnce()
    {
        Scripted manners;
        manners.at(0s, {.onBattery = true});
        manners.setRules({.pauseOnBattery = false});
        QCOMPARE(manners.at(1s).verdict, Go);
    }
    void anotherLimitCountsAtOnceWhereItAllows()
    {
        Scripted manners;
        manners.at(0s, {.gpuByOthers = 40});
        QCOMPARE(manners.at(20s).verdict, StopAndFree);
        manners.setRules({.gpuByOthersMax = 80});
        QCOMPARE(manners.at(21s).verdict, Go);
    }

    void followsTheHoursOfTheWeek_data()
    {
        QTest::addColumn<QString>("hours");
        QTest::addColumn<std::chrono::seconds>("time");
        QTest::addColumn<bool>("shares");
        QTest::addColumn<std::int64_t>("changes");
        const auto row = [](const char* title, const char* hours, std::chrono::seconds time, bool shares,
                             std::chrono::seconds changes) {
            QTest::newRow(title) << QString::fromLatin1(hours) << time << shares << clockAt(changes);
        };
        row("before them", "mon-fri 18-24", 17h + 59min, false, 18h);
        row("with their first moment", "mon-fri 18-24", 18h, true, 24h);
        row("in their last moment", "mon-fri 18-24", 24h - 1s, true, 24h);
        row("after them", "mon-fri 18-24", 24h, false, 42h);
        row("over the weekend", "mon-fri 18-24", 5 * 24h, false, 7 * 24h + 18h);
        row("round midnight", "mon-sun 22-24,0-6", 23h + 30min, true, 24h + 6h);
        row("one hour a week", "sun 23-24", 0s, false, 6 * 24h + 23h);
    }
    void followsTheHoursOfTheWeek()
    {
        QFETCH(QString, hours);
        QFETCH(std::chrono::seconds, time);
        QFETCH(bool, shares);
        QFETCH(std::int64_t, changes);
        const SharingView view = Scripted({.hours = hoursOf(hours.toStdString())}).at(time);
        QCOMPARE(view.verdict, shares ? Go : Finish);
        QCOMPARE(view.changesAt, changes);
    }
    void saysThatItHasNoHoursAtAll()
    {
        const SharingView view = Scripted({.hours = hoursOf("never")}).at(0s);
        QCOMPARE(view.reasonCode, std::string("sharing_never"));
        QCOMPARE(view.changesAt, 0);
    }

    void givesUpToItsLimitsUntilMidnight_data()
    {
        QTest::addColumn<SharingRules>("rules");
        QTest::addColumn<QString>("code");
        QTest::newRow("tokens") << SharingRules{.tokensPerDay = 100} << "sharing_tokens";
        QTest::newRow("jobs") << SharingRules{.jobsPerDay = 3} << "sharing_jobs";
        QTest::newRow("time") << SharingRules{.timePerDay = 60min} << "sharing_time";
    }
    void givesUpToItsLimitsUntilMidnight()
    {
        QFETCH(SharingRules, rules);
        QFETCH(QString, code);
        Scripted manners(rules);
        manners.pools = {.requests = 2, .promptTokens = 50, .outputTokens = 49, .ran = 60min - 1s};
        QCOMPARE(manners.at(10h).verdict, Go);
        manners.pools += {.requests = 1, .outputTokens = 1, .ran = 1s};
        const SharingView full = manners.at(10h + 1s);
        QCOMPARE(full.verdict, Finish);
        QCOMPARE(QString::fromStdString(full.reasonCode), code);
        QCOMPARE(full.changesAt, clockAt(24h));
        manners.pools = {}; // midnight
        QCOMPARE(manners.at(24h).verdict, Go);
    }

    void aPersonsPauseBeatsEveryRule()
    {
        Scripted manners({.programs = {"blender"}});
        manners.snooze({.kind = SnoozeKind::Open}, 0s);
        QCOMPARE(manners.at(0s).verdict, Stop);
        const SharingView view = manners.at(1s, {.programs = {{"blender"}}});
        QCOMPARE(view.reasonCode, std::string("sharing_paused"));
        QCOMPARE(view.verdict, StopAndFree); // what the rule wants besides is still done
        QCOMPARE(manners.at(1000h).reasonCode, std::string("sharing_paused"));
        manners.snooze({}, 2s);
        QCOMPARE(manners.at(1000h + 1s).reasonCode, std::string("sharing_programs"));
    }
    void aPauseEndsByTheClock()
    {
        Scripted manners;
        manners.snooze({.kind = SnoozeKind::Until, .until = Scripted::wall(1h)}, 0s);
        const SharingView view = manners.at(59min);
        QCOMPARE(view.verdict, Stop);
        QCOMPARE(view.reasonText, std::string("Sharing is paused until 01:00. Your apps still work."));
        QCOMPARE(view.snooze, SnoozeKind::Until);
        QCOMPARE(view.snoozedUntil, clockAt(1h));
        QCOMPARE(view.changesAt, clockAt(1h));
        QCOMPARE(manners.at(1h).verdict, Go);
        QCOMPARE(manners.at(1h).snooze, SnoozeKind::None);
    }
    void aPauseWhoseTimeIsOverIsNone()
    {
        Scripted manners;
        manners.snooze({.kind = SnoozeKind::Until, .until = Scripted::wall(1h)}, 2h);
        QCOMPARE(manners.at(2h).verdict, Go);
    }
    void aPauseEndsWithItsProgram()
    {
        Scripted manners;
        manners.snooze({.kind = SnoozeKind::Program, .pid = 42, .program = "make"}, 0s);
        const SharingView view = manners.at(10h);
        QCOMPARE(view.reasonText, std::string("Sharing is paused while make runs. Your apps still work."));
        QCOMPARE(view.snoozedPid, 42);
        manners.programRuns = false;
        QCOMPARE(manners.at(10h + 1s).verdict, Go);
    }
    void aPauseEndsWhenThePlugIsIn()
    {
        Scripted manners({.pauseOnBattery = false});
        manners.at(0s, {.onBattery = true});
        manners.snooze({.kind = SnoozeKind::PluggedIn}, 0s);
        QCOMPARE(manners.at(5h).reasonCode, std::string("sharing_paused_plugged_in"));
        QCOMPARE(manners.at(6h, {}).verdict, Stop); // nobody knows
        QCOMPARE(manners.at(7h, {.onBattery = false}).verdict, Go);
    }
    void finishingFirstIsAPauseToo()
    {
        Scripted manners;
        manners.snooze({.kind = SnoozeKind::Open, .verdict = Finish}, 0s);
        QCOMPARE(manners.at(0s).verdict, Finish);
    }

    void holdsTheAppsOnlyWhenItIsWanted()
    {
        const SensorReadings battery{.onBattery = true};
        QVERIFY(!Scripted().at(0s, battery).holdsOwn);
        QVERIFY(Scripted({.ownToo = true}).at(0s, battery).holdsOwn);
        QVERIFY(!Scripted({.ownToo = true}).at(0s).holdsOwn);
        Scripted paused({.ownToo = true});
        paused.snooze({.kind = SnoozeKind::Open}, 0s);
        QVERIFY(!paused.at(0s).holdsOwn); // a pause of sharing says that the apps go on
    }
    void tellsWhenARuleBeganAndWhenItMayBegin()
    {
        Scripted manners;
        manners.at(0s, {.gpuByOthers = 90});
        QCOMPARE(of(manners.at(5s), SharingRule::Gpu).changesAt, clockAt(20s));
        QCOMPARE(manners.at(5s).changesAt, clockAt(20s));
        const SharingView held = manners.at(20s);
        QCOMPARE(of(held, SharingRule::Gpu).since, clockAt(20s));
        QCOMPARE(of(held, SharingRule::Gpu).value, 90.0);
        QCOMPARE(of(held, SharingRule::Gpu).limit, 30.0);
        QCOMPARE(held.changesAt, 0); // nobody knows
    }
    void looksTheSameWhileNothingThatMattersIsDifferent()
    {
        Scripted manners({.manners = MannersPreset::Away});
        const SharingView one = manners.at(1000s,
            {.gpuByOthers = 3.1, .userIdle = 301s, .diskFreeBytes = 50'000'000'001, .memoryFreeBytes = 8'000'000'001});
        const SharingView next = manners.at(1001s,
            {.gpuByOthers = 2.9, .userIdle = 302s, .diskFreeBytes = 50'000'999'999, .memoryFreeBytes = 8'000'777'777});
        QCOMPARE(one, next);
    }

    void hoursOfTheWeekAreText_data()
    {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("kept");
        const auto row = [](const char* written, const char* kept) {
            QTest::newRow(written) << QString::fromLatin1(written) << QString::fromLatin1(kept);
        };
        row("always", "always");
        row("never", "never");
        row("Mon-Sun 0-24", "always");
        row("MON - FRI  18-24 , 0-8 ; sat,sun 0-24", "mon-fri 0-8,18-24; sat,sun 0-24");
        row("sat-tue 9-17", "mon,tue 9-17; sat,sun 9-17");
        row("wed 1-2; wed 2-3", "wed 1-3");
    }
    void hoursOfTheWeekAreText()
    {
        QFETCH(QString, written);
        QFETCH(QString, kept);
        const auto hours = parseWeekHours(written.toStdString());
        QVERIFY(hours);
        QCOMPARE(QString::fromStdString(weekHoursText(*hours)), kept);
        QCOMPARE(parseWeekHours(kept.toStdString()), hours);
    }
    void hoursThatAreNoneAreRefused()
    {
        for (const char* text : {"", "mon", "mon 8", "mon 8-8", "mon 9-8", "mon 0-25", "mo 8-9", "mon 8-9;", "mon -9",
                 "mon 8-9 10-11", "mon-fri,xyz 8-9", "8-9", "mon 8-9,", "mon 008-9"})
            QVERIFY2(!parseWeekHours(text), text);
        QVERIFY(!parseWeekHours(std::string(5000, ' ')));
    }
};

QTEST_GUILESS_MAIN(MannersTest)
#include "manners_test.moc"
