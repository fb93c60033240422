// SPDX-License-Identifier: MIT
#include "app/window/main_window.h"

#include "app/window/card.h"
#include "app/window/now_page.h"
#include "app/window/queue_page.h"
#include "app/window/style.h"
#include "app/window/symbol.h"
#include "app/window/wording.h"

#include <QButtonGroup>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace drover::app {

namespace {

constexpr QSize defaultSize(960, 640);
constexpr QSize leastSize(720, 480);
constexpr int sidebarWidth = 168;
constexpr Symbol symbols[] = {Symbol::Now, Symbol::Queue};

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

MainWindow::MainWindow(QueueControl& control, QWidget* parent)
    : QMainWindow(parent)
    , m_navigation(new QButtonGroup(this))
    , m_pages(new QStackedWidget)
    , m_now(new NowPage(control))
    , m_queue(new QueuePage(control))
    , m_version(quiet(new QLabel))
{
    setWindowTitle(QStringLiteral("Drover"));
    setMinimumSize(leastSize);
    resize(defaultSize);

    auto* whole = new QWidget;
    auto* sides = new QHBoxLayout(whole);
    sides->setContentsMargins(0, 0, 0, 0);
    sides->setSpacing(0);
    sides->addWidget(makeSidebar());
    sides->addWidget(m_pages, 1);
    setCentralWidget(whole);

    addPage(tr("Now"), m_now);
    addPage(tr("Queue"), m_queue);
    connect(m_navigation, &QButtonGroup::idClicked, this, &MainWindow::goToPage);
    connect(new QShortcut(QKeySequence::Quit, this), &QShortcut::activated, this, &MainWindow::quitAsked);
    connect(new QShortcut(QKeySequence::Close, this), &QShortcut::activated, this, &QWidget::close);
    goToPage(0);
    drawSymbols();
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
    m_version->setFont(textFont(TextSize::Caption));
    m_version->setContentsMargins(space::small, 0, 0, space::tight);
    rows->addWidget(m_version);
    m_names = names;
    return sidebar;
}

void MainWindow::addPage(const QString& name, QWidget* page)
{
    const int number = m_pages->addWidget(page);
    auto* button = new QPushButton(name);
    button->setObjectName(QStringLiteral("navigation"));
    button->setCheckable(true);
    button->setAccessibleName(tr("Page %1").arg(name));
    m_navigation->addButton(button, number);
    m_names->addWidget(button);

    const QKeySequence keys(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + number));
    button->setToolTip(tr("%1 (%2)").arg(name, keys.toString(QKeySequence::NativeText)));
    connect(new QShortcut(keys, this), &QShortcut::activated, this, [this, number] { goToPage(number); });
}

void MainWindow::goToPage(int page)
{
    m_pages->setCurrentIndex(page);
    m_navigation->button(page)->setChecked(true);
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
    if (m_pages->currentWidget() == m_now)
        m_now->show(m_snapshot);
    else
        m_queue->show(m_snapshot);
    const auto jobs = m_snapshot.running + m_snapshot.waiting;
    const auto name = jobs == 0 ? tr("Queue") : tr("Queue (%1)").arg(wording::count(jobs));
    if (auto* button = m_navigation->button(1); button->text() != name)
        button->setText(name);
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
    for (int page = 0; page < m_pages->count(); ++page)
        setSymbol(*m_navigation->button(page), symbols[page], colors.text);
}

} // namespace drover::app
