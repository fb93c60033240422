// SPDX-License-Identifier: MIT
// Draws the pictures of the README from a made-up snapshot, through the real widgets: drover_screenshots FOLDER
// With --all every page and dialog instead, light, dark, with high contrast, right to left and in German.
#include "app/desktop/language.h"
#include "app/tray/state_mark.h"
#include "app/window/jobs_table.h"
#include "app/window/main_window.h"
#include "app/window/page.h"
#include "app/window/style.h"

#include "tests/app/window/window_scenes.h"

#include <QApplication>
#include <QDir>
#include <QFontDatabase>
#include <QLocale>
#include <QPainter>

#include <cstdio>

namespace {

using namespace drover::app;

/// A picture's file name and what is on it.
struct Picture {
    const char* name;
    ColorScheme scheme;
    PageId page;
    drover::Snapshot snapshot;
};

drover::Snapshot pausedSnapshot()
{
    auto snapshot = drover::test::exampleSnapshot();
    snapshot.state = drover::EngineState::Paused;
    snapshot.paused = true;
    explain(snapshot, drover::give("paused", {"2", "6"}));
    return snapshot;
}

drover::Snapshot idleSnapshot()
{
    drover::Snapshot snapshot = drover::test::exampleSnapshot();
    snapshot.state = drover::EngineState::Ready;
    snapshot.demo = true;
    explain(snapshot, drover::give("ready", {"127.0.0.1:11435"}));
    snapshot.running = 0;
    snapshot.waiting = 0;
    snapshot.jobs.clear();
    snapshot.users.clear();
    snapshot.tokensHistory.clear();
    snapshot.tokensPerSecond = 0;
    snapshot.totals = {};
    return snapshot;
}

drover::Snapshot failedSnapshot()
{
    drover::Snapshot snapshot;
    snapshot.version = "0.1.0";
    snapshot.state = drover::EngineState::Error;
    explain(snapshot, drover::give(drover::Errc::PortTaken));
    snapshot.fixText = "127.0.0.1:11435 is taken by drover (pid 4242). Quit it, or choose another port.";
    return snapshot;
}

bool draw(const Picture& scene, const QDir& folder)
{
    applyTheme(*qApp, scene.scheme);
    drover::test::NoControl control;
    ModelShelf shelf;
    MainWindow window(control);
    window.addPage(new HistoryPage({}));
    window.addPage(new AppsPage(control, drover::test::noSettings()));
    window.addPage(new ModelsPage(shelf));
    window.addPage(new LogsPage(QStringLiteral("/nowhere")));
    window.addPage(new SettingsPage(drover::test::liveSettings(), drover::test::noSecrets(), LoginItem({}, {})));
    window.setAttribute(Qt::WA_DontShowOnScreen);
    window.show(scene.snapshot);
    window.raiseToPerson();
    window.goToPage(scene.page);
    if (auto* table = window.findChild<JobsTable*>(); table != nullptr && scene.page == PageId::Queue)
        table->selectRow(3);
    QApplication::processEvents();
    return window.grab().save(folder.filePath(QLatin1String(scene.name)));
}

/// Every page and dialog in one look, named after both.
bool drawAll(const QString& look, ColorScheme scheme, Contrast contrast, const QDir& folder)
{
    applyTheme(*qApp, scheme, contrast);
    bool saved = true;
    for (const auto& scene : drover::test::scenes()) {
        const auto widget = scene.open();
        widget->setAttribute(Qt::WA_DontShowOnScreen);
        widget->show();
        QApplication::processEvents();
        auto name = QString::fromLatin1(scene.name).replace(QStringLiteral(", "), QStringLiteral("-"));
        name = name.replace(QLatin1Char(' '), QLatin1Char('-')) + QLatin1Char('-') + look + QStringLiteral(".png");
        saved = widget->grab().save(folder.filePath(name)) && saved;
    }
    return saved;
}

bool drawAllLooks(const QDir& folder)
{
    const QLocale english(QStringLiteral("en_US"));
    bool saved = drawAll(QStringLiteral("light"), ColorScheme::Light, Contrast::Normal, folder);
    saved = drawAll(QStringLiteral("dark"), ColorScheme::Dark, Contrast::Normal, folder) && saved;
    saved = drawAll(QStringLiteral("contrast-light"), ColorScheme::Light, Contrast::High, folder) && saved;
    saved = drawAll(QStringLiteral("contrast-dark"), ColorScheme::Dark, Contrast::High, folder) && saved;
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    saved = drawAll(QStringLiteral("right-to-left"), ColorScheme::Light, Contrast::Normal, folder) && saved;
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    speak(*qApp, QLocale(QStringLiteral("de_DE")));
    saved = drawAll(QStringLiteral("german"), ColorScheme::Light, Contrast::Normal, folder) && saved;
    speak(*qApp, english);
    return saved;
}

/// Every state of the tray's mark, small as on a panel and large, on both kinds of panel.
bool drawMarks(const QDir& folder)
{
    const std::pair<const char*, StateMark> marks[] = {{"error", {.face = Face::Error}}, {"off", {.face = Face::Off}},
        {"starting", {.face = Face::Starting}}, {"finishing", {.face = Face::Finishing, .filled = 1}},
        {"paused", {.face = Face::Paused}}, {"asleep", {.face = Face::Asleep}},
        {"1 running", {.face = Face::Busy, .filled = 1}}, {"2 running", {.face = Face::Busy, .filled = 2}},
        {"3 or more", {.face = Face::Busy, .filled = 3}}, {"ready", {.face = Face::Ready}},
        {"simulated", {.face = Face::Ready, .demo = true}}};
    constexpr int cell = 96;
    constexpr int rowHeight = 132;
    QPixmap sheet(QSize(cell * static_cast<int>(std::size(marks)), rowHeight * 2) * qApp->devicePixelRatio());
    sheet.setDevicePixelRatio(qApp->devicePixelRatio());
    QPainter painter(&sheet);
    painter.setFont(textFont(TextSize::Caption));
    for (int row = 0; row < 2; ++row) {
        const auto& colors = theme(row == 0 ? ColorScheme::Light : ColorScheme::Dark);
        painter.fillRect(0, row * rowHeight, cell * static_cast<int>(std::size(marks)), rowHeight, colors.sidebar);
        painter.setPen(colors.text);
        int column = 0;
        for (const auto& [name, mark] : marks) {
            const QPoint place(column++ * cell, row * rowHeight);
            paintMark(painter, QRect(place + QPoint(12, 20), QSize(48, 48)), mark, colors.text);
            paintMark(painter, QRect(place + QPoint(66, 20), QSize(16, 16)), mark, colors.text);
            paintMark(painter, QRect(place + QPoint(66, 46), QSize(22, 22)), mark, colors.text);
            painter.drawText(QRect(place + QPoint(0, 84), QSize(cell, 24)), Qt::AlignCenter, QLatin1String(name));
        }
    }
    painter.end();
    return sheet.save(folder.filePath(QStringLiteral("tray-states.png")));
}

void chooseFont()
{
    for (const auto* family : {"Inter", "DejaVu Sans"}) {
        if (!QFontDatabase::families().contains(QLatin1String(family)))
            continue;
        QApplication::setFont(QFont(QLatin1String(family), 10));
        return;
    }
}

} // namespace

int main(int count, char** words)
{
    QApplication application(count, words);
    const bool all = count == 3 && QLatin1String(words[1]) == QLatin1String("--all");
    if (count != 2 && !all) {
        std::fputs("usage: drover_screenshots [--all] FOLDER\n", stderr);
        return 2;
    }
    speak(application,
        qEnvironmentVariableIsSet("DROVER_GERMAN") ? QLocale(QStringLiteral("de_DE"))
                                                   : QLocale(QStringLiteral("en_US")));
    chooseFont();
    const QDir folder(QString::fromLocal8Bit(words[count - 1]));
    const Picture pictures[] = {
        {"now-light.png", ColorScheme::Light, PageId::Now, drover::test::exampleSnapshot()},
        {"now-dark.png", ColorScheme::Dark, PageId::Now, drover::test::exampleSnapshot()},
        {"queue-light.png", ColorScheme::Light, PageId::Queue, drover::test::exampleSnapshot()},
        {"queue-dark.png", ColorScheme::Dark, PageId::Queue, pausedSnapshot()},
        {"ready-light.png", ColorScheme::Light, PageId::Now, idleSnapshot()},
        {"connect-dark.png", ColorScheme::Dark, PageId::Queue, idleSnapshot()},
        {"trouble-dark.png", ColorScheme::Dark, PageId::Now, failedSnapshot()},
    };
    bool saved = all ? drawAllLooks(folder) : drawMarks(folder);
    for (const auto& picture : pictures)
        saved = (all || draw(picture, folder)) && saved;
    if (!saved)
        std::fprintf(stderr, "drover_screenshots: cannot write to %s\n", words[count - 1]);
    return saved ? 0 : 1;
}
