// SPDX-License-Identifier: MIT
#include "app/command/view/top_view.h"

#include "app/command/view/text_width.h"
#include "tests/app/command/pictures.h"

#include <QTest>

#include <algorithm>

using namespace drover::app;
using Key = KeyPress::Key;
using Kind = TopRequest::Kind;
using Front = TopState::Front;

namespace {

KeyPress letter(char which)
{
    return {Key::Letter, which};
}

std::string joined(const std::vector<std::string>& lines)
{
    std::string text;
    for (const std::string& line : lines)
        text += line + "\n";
    return text;
}

TopState plainState()
{
    TopState state;
    state.colour = false;
    return state;
}

} // namespace

class TopViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fillsEveryScreenExactly_data()
    {
        QTest::addColumn<int>("columns");
        QTest::addColumn<int>("rows");
        QTest::newRow("usual") << 80 << 24;
        QTest::newRow("small") << 40 << 10;
        QTest::newRow("tiny") << 10 << 3;
        QTest::newRow("one letter") << 1 << 1;
        QTest::newRow("huge") << 400 << 120;
    }
    void fillsEveryScreenExactly()
    {
        QFETCH(int, columns);
        QFETCH(int, rows);
        for (const Front front : {Front::Lists, Front::Help, Front::Detail, Front::AskCancel}) {
            TopState state = plainState();
            state.front = front;
            state.asked = 8;

            const auto lines = renderTop(testing::busyPicture(), state, {columns, rows});

            QCOMPARE(lines.size(), std::size_t(rows));
            for (const std::string& line : lines)
                QCOMPARE(displayWidth(line), columns);
        }
    }

    void showsUsersAndJobsEvenOnASmallScreen()
    {
        for (const TerminalSize size : {TerminalSize{80, 24}, TerminalSize{40, 10}}) {
            const std::string text = joined(renderTop(testing::busyPicture(), plainState(), size));

            for (const char* part : {"127.0.0.1:11435", "2 running, 2 waiting", "running 2/2", "41.0 tok/s", "USER",
                     "Zed", "JOB", "> ", "q quit"})
                QVERIFY2(text.find(part) != std::string::npos, part);
        }
    }

    void drawsTheSpeedOfTheLastMinutes()
    {
        TopState state = plainState();
        QVERIFY(renderTop(testing::busyPicture(), state, {80, 24})[2].find("\u2582\u2584\u2588") != std::string::npos);
        state.unicode = false;
        const auto lines = renderTop(testing::busyPicture(), state, {80, 24});
        QVERIFY(std::ranges::all_of(lines[2], [](char byte) { return static_cast<unsigned char>(byte) < 128; }));
    }

    void hasNoColourWithoutColour()
    {
        TopState state;
        QVERIFY(joined(renderTop(testing::busyPicture(), state, {80, 24})).find('\x1b') != std::string::npos);
        state.colour = false;
        QVERIFY(joined(renderTop(testing::busyPicture(), state, {80, 24})).find('\x1b') == std::string::npos);
    }

    void obeysNoEscapeSequenceOfAName()
    {
        drover::Snapshot snapshot = testing::busyPicture();
        snapshot.jobs[0].user = snapshot.users[0].name = "x\x1b[31m\nY";
        snapshot.reasonText = "\x1b]0;title\x07";
        for (const Front front : {Front::Lists, Front::Detail, Front::AskCancel}) {
            TopState state = plainState();
            state.front = front;
            state.asked = 7;

            const std::string text = joined(renderTop(snapshot, state, {100, 30}));

            QVERIFY(text.find('\x1b') == std::string::npos);
            QCOMPARE(std::ranges::count(text, '\n'), 30);
        }
    }

    void keepsTheSelectedJobInSight()
    {
        drover::Snapshot snapshot = testing::busyPicture();
        for (drover::JobId id = 100; id < 400; ++id)
            snapshot.jobs.push_back({.id = id, .user = "many"});
        TopState state = plainState();
        state.job = 333;

        const std::string text = joined(renderTop(snapshot, state, {80, 24}));

        QVERIFY(text.find(">   333") != std::string::npos);
    }

    void saysThatNothingRuns()
    {
        TopState state = plainState();
        state.connected = false;

        const std::string text = joined(renderTop(testing::busyPicture(), state, {80, 24}));

        QVERIFY(text.find("Drover is not running") != std::string::npos);
        QVERIFY(text.find("Zed") == std::string::npos);
    }

    void marksTheDemonstration()
    {
        drover::Snapshot snapshot = testing::busyPicture();
        snapshot.demo = true;
        QVERIFY(renderTop(snapshot, plainState(), {60, 12})[0].find("DEMO") != std::string::npos);
    }

    void movesTheSelection_data()
    {
        QTest::addColumn<char>("which");
        QTest::addColumn<int>("key");
        QTest::addColumn<qint64>("from");
        QTest::addColumn<qint64>("to");
        const auto row = [](const char* name, KeyPress key, qint64 from, qint64 to) {
            QTest::newRow(name) << key.letter << static_cast<int>(key.key) << from << to;
        };
        row("j goes down", letter('j'), 7, 8);
        row("k goes up", letter('k'), 8, 7);
        row("not above the first", letter('k'), 7, 7);
        row("down", {Key::Down}, 8, 9);
        row("up", {Key::Up}, 8, 7);
        row("to the end", {Key::End}, 7, 10);
        row("to the beginning", {Key::Home}, 10, 7);
        row("not below the last", {Key::PageDown}, 9, 10);
        row("a page up", {Key::PageUp}, 10, 7);
        row("one that is gone counts as the first", letter('j'), 99, 8);
    }
    void movesTheSelection()
    {
        QFETCH(char, which);
        QFETCH(int, key);
        QFETCH(qint64, from);
        QFETCH(qint64, to);
        TopState state;
        state.job = static_cast<drover::JobId>(from);

        const TopStep step = pressKey(state, testing::busyPicture(), {static_cast<Key>(key), which}, {80, 24});

        QCOMPARE(step.state.job, static_cast<drover::JobId>(to));
        QVERIFY(step.request.kind == Kind::Nothing);
    }

    void selectsUsersInTheirPane()
    {
        const drover::Snapshot snapshot = testing::busyPicture();

        TopState state = pressKey({}, snapshot, {Key::Tab}, {80, 24}).state;
        state = pressKey(state, snapshot, letter('j'), {80, 24}).state;

        QCOMPARE(state.user, "Open WebUI");
        QVERIFY(joined(renderTop(snapshot, state, {80, 24})).find("> Open WebUI") != std::string::npos);
    }

    void asksBeforeItCancels()
    {
        const drover::Snapshot snapshot = testing::busyPicture();
        TopState state = plainState();
        state.job = 8;

        const TopStep asked = pressKey(state, snapshot, letter('c'), {80, 24});
        const TopStep no = pressKey(asked.state, snapshot, letter('n'), {80, 24});
        const TopStep escape = pressKey(asked.state, snapshot, {Key::Escape}, {80, 24});
        const TopStep yes = pressKey(asked.state, snapshot, letter('y'), {80, 24});

        QVERIFY(asked.request.kind == Kind::Nothing);
        QVERIFY(renderTop(snapshot, asked.state, {80, 24}).back().starts_with("Cancel job 8 of Open WebUI? y/n"));
        QVERIFY(no.request.kind == Kind::Nothing && no.state.front == Front::Lists);
        QVERIFY(escape.request.kind == Kind::Nothing && escape.state.front == Front::Lists);
        QVERIFY((yes.request == TopRequest{Kind::Cancel, 8}));
    }

    void aJobThatIsNextMustWait()
    {
        const drover::Snapshot snapshot = testing::busyPicture();
        TopState state;
        state.job = 10;

        QVERIFY((pressKey(state, snapshot, letter('n'), {80, 24}).request == TopRequest{Kind::Next, 10}));
        state.job = 7;
        const TopStep runs = pressKey(state, snapshot, letter('n'), {80, 24});
        QVERIFY(runs.request.kind == Kind::Nothing);
        QCOMPARE(runs.state.message, "This job runs already.");
    }

    void pausesAndResumes()
    {
        drover::Snapshot snapshot = testing::busyPicture();
        QVERIFY(pressKey({}, snapshot, letter('p'), {80, 24}).request.kind == Kind::Pause);
        snapshot.paused = true;
        QVERIFY(pressKey({}, snapshot, letter('p'), {80, 24}).request.kind == Kind::Resume);
    }

    void showsDetailsOfAJobUntilItEnds()
    {
        drover::Snapshot snapshot = testing::busyPicture();
        TopState state = plainState();
        state.job = 8;

        state = pressKey(state, snapshot, {Key::Enter}, {80, 24}).state;
        const std::string text = joined(renderTop(snapshot, state, {80, 24}));
        snapshot.finished = {{.job = snapshot.jobs[1], .outcome = drover::Outcome::Cancelled, .reason = "By hand."}};
        snapshot.jobs.erase(snapshot.jobs.begin() + 1);
        const std::string after = joined(renderTop(snapshot, state, {80, 24}));

        for (const char* part : {"r-8", "qwen3:8b", "running on gpu", "1m 05s", "1200 tokens"})
            QVERIFY2(text.find(part) != std::string::npos, part);
        QVERIFY(after.find("has ended: cancelled. By hand.") != std::string::npos);
        QVERIFY(pressKey(state, snapshot, {Key::Escape}, {80, 24}).state.front == Front::Lists);
        QVERIFY(pressKey(state, snapshot, letter('c'), {80, 24}).request.kind == Kind::Nothing);
    }

    void quitsAndHelps()
    {
        QVERIFY(pressKey({}, {}, letter('q'), {80, 24}).request.kind == Kind::Quit);
        QVERIFY(pressKey({}, {}, {Key::Escape}, {80, 24}).request.kind == Kind::Quit);
        for (const char which : {'h', '?'}) {
            const TopStep help = pressKey(plainState(), {}, letter(which), {80, 24});
            QVERIFY(help.state.front == Front::Help);
            QVERIFY(joined(renderTop({}, help.state, {80, 24})).find("cancel the job") != std::string::npos);
            QVERIFY(pressKey(help.state, {}, letter('q'), {80, 24}).request.kind == Kind::Nothing);
        }
    }

    void anEmptyQueueTakesEveryKey()
    {
        for (const Key key :
            {Key::Up, Key::Down, Key::PageUp, Key::PageDown, Key::Home, Key::End, Key::Tab, Key::Enter}) {
            const TopStep step = pressKey(plainState(), {}, {key}, {80, 24});
            QCOMPARE(renderTop({}, step.state, {80, 24}).size(), std::size_t(24));
        }
        QCOMPARE(pressKey({}, {}, letter('c'), {80, 24}).state.message, "No job is selected.");
    }

    void readsTheKeysOfTerminals_data()
    {
        QTest::addColumn<std::string>("bytes");
        QTest::addColumn<int>("key");
        const auto row = [](const char* name, std::string bytes, Key key) {
            QTest::newRow(name) << std::move(bytes) << static_cast<int>(key);
        };
        row("up", "\x1b[A", Key::Up);
        row("down, as applications get it", "\x1bOB", Key::Down);
        row("home of the console", "\x1b[1~", Key::Home);
        row("page down", "\x1b[6~", Key::PageDown);
        row("enter", "\r", Key::Enter);
        row("tab back", "\x1b[Z", Key::Tab);
    }
    void readsTheKeysOfTerminals()
    {
        QFETCH(std::string, bytes);
        QFETCH(int, key);
        KeyReader whole;
        KeyReader inPieces;

        const auto once = whole.feed(bytes);
        std::vector<KeyPress> pieces;
        for (const char byte : bytes) {
            const auto more = inPieces.feed(std::string_view(&byte, 1));
            pieces.insert(pieces.end(), more.begin(), more.end());
        }

        QCOMPARE(once.size(), std::size_t(1));
        QCOMPARE(static_cast<int>(once[0].key), key);
        QVERIFY(once == pieces);
    }

    void tellsEscapeFromSequences()
    {
        KeyReader keys;
        QVERIFY(keys.feed("\x1b").empty() && keys.waits());
        QVERIFY((keys.finish() == std::vector<KeyPress>{{Key::Escape}}));
        QVERIFY((keys.feed("\x1bq") == std::vector<KeyPress>{{Key::Escape}, {Key::Letter, 'q'}}));
        QVERIFY(keys.feed("\x1b[99;5u").empty()); // one that it does not know
        QVERIFY((keys.feed("j") == std::vector<KeyPress>{letter('j')}));
        QVERIFY((keys.feed("\x03") == std::vector<KeyPress>{letter('q')}));
        QVERIFY(keys.feed("\x1b[" + std::string(100, '1')).empty());
        QVERIFY((keys.feed("k") == std::vector<KeyPress>{letter('k')}));
    }
};

QTEST_GUILESS_MAIN(TopViewTest)
#include "top_view_test.moc"
