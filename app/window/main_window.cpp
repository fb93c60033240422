// SPDX-License-Identifier: MIT
#include "app/window/main_window.h"

#include "app/queue_control.h"
#include "app/window/card.h"
#include "app/window/now_page.h"
#include "app/window/queue_page.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QButtonGroup>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace drover::app {

namespace {

constexpr QSize defaultSize(960, 640);
constexpr QSize leastSize(720, 480);
constexpr int sidebarWidth = 168;

/// Drover's icon and name, on top of the sidebar.
QWidget* makeBrand()
{
    auto* icon = new QLabel;
    icon->setPixmap(QIcon(QStringLiteral(":/icons/drover.svg")).pixmap(28, 28));
    auto* name = new QLabel(QStringLiteral("Drover"));
    name->setFont(textFont(TextSize::Title, QFont::Bold));
    auto* brand = new QWidget;
    auto* row = new QHBoxLayout(brand);
    row->setContentsMargins(space::small, space::small, 0, space::large);
    row->setSpacing(space::small);
    row->addWidget(icon);
    row->addWidget(name, 1);
    return brand;
}

} // namespace

struct MainWindow::Entry {
    Page* page;
    QPushButton* button;
    QShortcut* shortcut;
};

MainWindow::~MainWindow() = default;

MainWindow::MainWindow(QueueControl& control, QWidget* parent)
    : QMainWindow(parent)
    , m_control(control)
    , m_navigation(new QButtonGroup(this))
    , m_stack(new QStackedWidget)
    , m_version(quiet(new QLabel))
    , m_doctor(new QPushButton(tr("Doctor…")))
{
    setWindowTitle(QStringLiteral("Drover"));
    setMinimumSize(leastSize);
    resize(defaultSize);

    auto* whole = new QWidget;
    auto* sides = new QHBoxLayout(whole);
    sides->setContentsMargins(0, 0, 0, 0);
    sides->setSpacing(0);
    sides->addWidget(makeSidebar());
    sides->addWidget(m_stack, 1);
    setCentralWidget(whole);

    addPage(new NowPage(control));
    addPage(new QueuePage(control));
    connect(new QShortcut(QKeySequence::Quit, this), &QShortcut::activated, this, &MainWindow::quitAsked);
    connect(new QShortcut(QKeySequence::Close, this), &QShortcut::activated, this, &QWidget::close);
    goToPage(PageId::Now);
}

QWidget* MainWindow::makeSidebar()
{
    auto* sidebar = new QWidget;
    sidebar->setObjectName(QStringLiteral("sidebar"));
    sidebar->setAttribute(Qt::WA_StyledBackground);
    sidebar->setFixedWidth(sidebarWidth);
    auto* rows = new QVBoxLayout(sidebar);
    rows->setContentsMargins(space::medium, space::medium, space::medium, space::medium);
    rows->setSpacing(space::tight);
    rows->addWidget(makeBrand());
    auto* names = new QVBoxLayout;
    names->setSpacing(space::tight);
    rows->addLayout(names);
    rows->addStretch();
    m_doctor->setObjectName(QStringLiteral("navigation"));
    m_doctor->setToolTip(tr("Check that everything is in order (F1)"));
    connect(m_doctor, &QPushButton::clicked, this, &MainWindow::doctorAsked);
    connect(new QShortcut(QKeySequence::HelpContents, this), &QShortcut::activated, this, &MainWindow::doctorAsked);
    rows->addWidget(m_doctor);
    m_version->setFont(textFont(TextSize::Caption));
    m_version->setContentsMargins(space::small, 0, 0, space::tight);
    rows->addWidget(m_version);
    m_names = names;
    return sidebar;
}

void MainWindow::addPage(Page* page)
{
    auto* button = new QPushButton(page->name().name);
    connect(page, &Page::fixAsked, this, &MainWindow::carryOut);
    connect(page, &Page::logAsked, this, [this](const QString& words) { searchPage(PageId::Logs, words); });
    button->setObjectName(QStringLiteral("navigation"));
    button->setCheckable(true);
    button->setAccessibleName(tr("Page %1").arg(page->name().name));
    auto* shortcut = new QShortcut(this);
    for (const auto signal : {&QShortcut::activated, &QShortcut::activatedAmbiguously})
        connect(shortcut, signal, this, [this, page] { goToPage(page->name().id); });
    connect(button, &QPushButton::clicked, this, [this, page] { goToPage(page->name().id); });

    const auto place = std::find_if(m_entries.begin(), m_entries.end(),
        [page](const Entry& other) { return page->name().id < other.page->name().id; });
    m_names->insertWidget(static_cast<int>(place - m_entries.begin()), button);
    m_entries.insert(place, {page, button, shortcut});
    m_navigation->addButton(button);
    m_stack->addWidget(page);
    numberPages();
    drawSymbols();
}

/// Ctrl+1 to Ctrl+9, then Ctrl+0, for those that the sidebar has.
void MainWindow::numberPages()
{
    int at = 0;
    for (const auto& entry : m_entries) {
        if (entry.button->isHidden()) {
            entry.shortcut->setKey({});
            continue;
        }
        at = (at + 1) % 10;
        const QKeySequence keys(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + at));
        entry.shortcut->setKey(keys);
        entry.button->setToolTip(tr("%1 (%2)").arg(entry.page->name().name, keys.toString(QKeySequence::NativeText)));
    }
}

void MainWindow::goToJob(drover::JobId job)
{
    goToPage(PageId::Queue);
    if (auto* queue = findChild<QueuePage*>())
        queue->selectJob(job);
}

MainWindow::Entry* MainWindow::entryOf(PageId id)
{
    const auto found = std::find_if(
        m_entries.begin(), m_entries.end(), [id](const Entry& entry) { return entry.page->name().id == id; });
    return found == m_entries.end() ? nullptr : &*found;
}

void MainWindow::searchPage(PageId page, const QString& words)
{
    goToPage(page);
    if (auto* entry = entryOf(page))
        entry->page->search(words);
}

void MainWindow::carryOut(drover::FixAction action, const QString& setting)
{
    switch (action) {
    case drover::FixAction::None:
        break;
    case drover::FixAction::TryAgain: // one of both is what failed; the other has nothing to do
        m_control.startRuntime();
        m_control.startAgain();
        break;
    case drover::FixAction::StartOllama:
        m_control.startRuntime();
        break;
    case drover::FixAction::Resume:
        m_control.resume();
        break;
    case drover::FixAction::Undrain:
        Q_EMIT undrainAsked();
        break;
    case drover::FixAction::OpenSetting:
        searchPage(PageId::Settings, setting);
        break;
    case drover::FixAction::OpenLogs:
        goToPage(PageId::Logs);
        break;
    case drover::FixAction::OpenModels:
        goToPage(PageId::Models);
        break;
    case drover::FixAction::OpenApps:
        goToPage(PageId::Apps);
        break;
    case drover::FixAction::RunDoctor:
        Q_EMIT doctorAsked();
        break;
    }
}

void MainWindow::goToPage(PageId id)
{
    const auto* found = entryOf(id);
    if (found == nullptr)
        return;
    m_stack->setCurrentWidget(found->page);
    found->button->setChecked(true);
    update();
}

void MainWindow::show(const drover::Snapshot& snapshot)
{
    m_snapshot = snapshot;
    if (isVisible())
        update();
}

void MainWindow::raiseToPerson()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    QMainWindow::show();
    raise();
    activateWindow();
}

void MainWindow::update()
{
    bool otherPages = false;
    for (const auto& entry : m_entries) {
        const bool offered = entry.page->isOffered(m_snapshot);
        otherPages = otherPages || offered == entry.button->isHidden();
        entry.button->setVisible(offered);
    }
    if (otherPages)
        numberPages();
    for (const auto& entry : m_entries) {
        if (m_stack->currentWidget() == entry.page && entry.button->isHidden())
            return goToPage(PageId::Now); // its subject is gone
        if (m_stack->currentWidget() == entry.page)
            entry.page->show(m_snapshot);
        if (const auto label = entry.page->label(m_snapshot); entry.button->text() != label)
            entry.button->setText(label);
    }
    setTextOf(
        m_version, m_snapshot.version.empty() ? QString() : tr("Version %1").arg(wording::text(m_snapshot.version)));
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    event->ignore();
    Q_EMIT closeAsked();
}

void MainWindow::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    update();
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_version != nullptr)
        drawSymbols();
}

void MainWindow::drawSymbols()
{
    const auto& colors = currentTheme();
    for (const auto& entry : m_entries)
        setSymbol(*entry.button, entry.page->name().symbol, colors.text);
    setSymbol(*m_doctor, Symbol::Doctor, colors.text);
}

} // namespace drover::app
