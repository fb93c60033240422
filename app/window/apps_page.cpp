// SPDX-License-Identifier: MIT
#include "app/window/apps_page.h"

#include "app/apps/app_rules.h"
#include "app/apps/zed_setup.h"
#include "app/queue_control.h"
#include "app/settings/settings_edit.h"
#include "app/window/card.h"
#include "app/window/connect_dialog.h"
#include "app/window/keys_dialog.h"
#include "app/window/rule_panel.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QMessageBox>
#include <QPainter>
#include <QPushButton>
#include <QStackedLayout>
#include <QStyledItemDelegate>
#include <QTableView>

#include <algorithm>

namespace drover::app {

namespace {

constexpr int heightOfRows = 36;
constexpr int besidesText = 24;
constexpr int shareWidth = 96;
constexpr int textWidth = 440;

/// A long text of each column; empty for those that share what is left.
constexpr const char* samples[AppsModel::columnsMax] = {
    "", "User agent", "59 min ago", "", "10 + 99", "99,999 of 100k", "9,999", "weight=2 cap=100k"};

/// Columns that are left out where there is no room, the first ones first; the panel says the same.
constexpr int dispensable[] = {AppsModel::Requests, AppsModel::KnownBy, AppsModel::Rule, AppsModel::Now};
constexpr int nameWidthLeast = 140;

/// A bar with its percentage.
class ShareDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        auto whole = option;
        initStyleOption(&whole, index);
        const auto text = std::exchange(whole.text, {});
        const auto* style = whole.widget->style();
        style->drawControl(QStyle::CE_ItemViewItem, &whole, painter, whole.widget);

        const auto& colors = currentTheme();
        const int figure = whole.fontMetrics.horizontalAdvance(QStringLiteral("100 %")) + space::small;
        const auto right = whole.direction == Qt::RightToLeft;
        const QRect cell = whole.rect.adjusted(space::small, 0, -space::small, 0);
        QRectF bar(cell.left() + (right ? figure : 0), cell.center().y() - 3, cell.width() - figure, 7);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.cardRaised);
        painter->drawRoundedRect(bar, 3, 3);
        const double filled = bar.width() * std::clamp(index.data(AppsModel::ShareRole).toDouble(), 0.0, 1.0);
        painter->setBrush(colors.accent);
        painter->drawRoundedRect(QRectF(right ? bar.right() - filled : bar.left(), bar.top(), filled, 7), 3, 3);
        painter->setPen(colors.text);
        const QRect figures(right ? cell.left() : cell.right() - figure, cell.top(), figure, cell.height());
        painter->drawText(figures, int(Qt::AlignVCenter) | int(right ? Qt::AlignLeft : Qt::AlignRight), text);
        painter->restore();
    }
};

} // namespace

AppsPage::AppsPage(QueueControl& control, SettingsSource source, QWidget* parent)
    : Page({PageId::Apps, tr("Apps"), Symbol::Apps}, parent)
    , m_control(control)
    , m_source(std::move(source))
    , m_table(makeTable())
    , m_panel(new RulePanel)
    , m_views(new QStackedLayout)
{
    auto* both = new QWidget;
    auto* sides = new QHBoxLayout(both);
    sides->setContentsMargins(0, 0, 0, 0);
    sides->setSpacing(space::large);
    sides->addWidget(m_table, 1);
    sides->addWidget(m_panel);
    m_panel->hide();
    m_views->addWidget(makeEmpty());
    m_views->addWidget(both);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(space::page, space::page, space::page, space::page);
    whole->setSpacing(space::large);
    whole->addLayout(makeTop());
    whole->addLayout(m_views, 1);
    connectTable();
    connect(m_panel, &RulePanel::changed, this, &AppsPage::changeRule);
    connect(m_panel, &RulePanel::resetAsked, this, &AppsPage::resetRuleOf);
    connect(m_panel, &RulePanel::cancelAllAsked, this, &AppsPage::askToCancelAll);
    drawSymbols();
    show({});
}

QString AppsPage::label(const drover::Snapshot& snapshot) const
{
    return snapshot.users.empty() ? name().name : tr("Apps (%1)").arg(wording::count(snapshot.users.size()));
}

QLayout* AppsPage::makeTop()
{
    auto* title = new QLabel(tr("Apps"));
    title->setFont(textFont(TextSize::Headline, QFont::DemiBold));
    m_summary = quiet(new QLabel);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(title);
    words->addWidget(m_summary);
    m_sort = new QPushButton(tr("Sort by"));
    m_keys = new QPushButton(tr("Keys"));
    m_keys->setToolTip(tr("Keys that apps send: make, rename, revoke"));
    m_connect = new QPushButton(tr("Connect an app"));
    m_connect->setProperty("primary", true);
    connect(m_keys, &QPushButton::clicked, this, &AppsPage::openKeys);
    connect(m_connect, &QPushButton::clicked, this, &AppsPage::openConnect);
    auto* top = new QHBoxLayout;
    top->setSpacing(space::small);
    top->addLayout(words, 1);
    for (auto* button : {m_sort, m_keys, m_connect})
        top->addWidget(button, 0, Qt::AlignVCenter);
    return top;
}

QTableView* AppsPage::makeTable()
{
    auto* table = new QTableView;
    m_sorted.setSourceModel(&m_model);
    m_sorted.setSortRole(AppsModel::SortRole);
    m_sorted.setSortLocaleAware(true);
    m_sorted.setSortCaseSensitivity(Qt::CaseInsensitive);
    table->setModel(&m_sorted);
    table->setItemDelegateForColumn(AppsModel::Share, new ShareDelegate(table));
    table->setAccessibleName(tr("Apps"));
    table->setSelectionBehavior(QTableView::SelectRows);
    table->setSelectionMode(QTableView::SingleSelection);
    table->setEditTriggers(QTableView::NoEditTriggers);
    table->setTabKeyNavigation(false);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setVerticalScrollMode(QTableView::ScrollPerPixel);
    table->setHorizontalScrollMode(QTableView::ScrollPerPixel);
    table->setContextMenuPolicy(Qt::CustomContextMenu);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setDefaultSectionSize(heightOfRows);
    auto* header = table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    header->setFont(textFont(TextSize::Caption, QFont::DemiBold));
    for (int column = 0; column < AppsModel::columnsMax; ++column)
        table->setColumnWidth(column,
            besidesText
                + std::max(table->fontMetrics().horizontalAdvance(QLatin1String(samples[column])),
                    header->fontMetrics().horizontalAdvance(m_model.headerData(column, Qt::Horizontal).toString())));
    table->setColumnWidth(AppsModel::Share, shareWidth);
    header->setSectionResizeMode(AppsModel::App, QHeaderView::Stretch);
    header->setMinimumSectionSize(48);
    table->setSortingEnabled(true);
    table->sortByColumn(AppsModel::Share, Qt::DescendingOrder);
    return table;
}

QWidget* AppsPage::makeEmpty()
{
    auto* empty = new Card({});
    auto* title = new QLabel(tr("No app has asked yet"));
    title->setFont(textFont(TextSize::Figure, QFont::DemiBold));
    auto* text = quiet(new QLabel(tr("Only its address must change. Choose an app to see the exact text for it, and to "
                                     "test that it has found the way.")));
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignCenter);
    text->setFixedWidth(textWidth);
    text->setMinimumHeight(text->heightForWidth(textWidth));
    m_connectFirst = new QPushButton(tr("Connect an app"));
    m_connectFirst->setProperty("primary", true);
    connect(m_connectFirst, &QPushButton::clicked, this, &AppsPage::openConnect);
    empty->body()->addStretch(2);
    empty->body()->addWidget(title, 0, Qt::AlignHCenter);
    empty->body()->addWidget(text, 0, Qt::AlignHCenter);
    empty->body()->addSpacing(space::small);
    empty->body()->addWidget(m_connectFirst, 0, Qt::AlignHCenter);
    empty->body()->addStretch(3);
    return empty;
}

void AppsPage::connectTable()
{
    auto* ways = new QMenu(m_sort);
    for (int column = 0; column < AppsModel::columnsMax; ++column) {
        const bool many = AppsModel::isNumber(column) || column == AppsModel::Share;
        const auto first = many ? Qt::DescendingOrder : Qt::AscendingOrder;
        ways->addAction(m_model.headerData(column, Qt::Horizontal).toString(), this, [this, column, first] {
            const auto* header = m_table->horizontalHeader();
            const bool again = header->sortIndicatorSection() == column && header->sortIndicatorOrder() == first;
            const auto other = first == Qt::AscendingOrder ? Qt::DescendingOrder : Qt::AscendingOrder;
            m_table->sortByColumn(column, again ? other : first);
        });
    }
    m_sort->setMenu(ways);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &AppsPage::select);
    connect(m_table, &QTableView::customContextMenuRequested, this, &AppsPage::openMenu);
    m_table->installEventFilter(this);
    m_table->viewport()->installEventFilter(this);
}

void AppsPage::show(const drover::Snapshot& snapshot)
{
    m_snapshot = snapshot;
    m_model.show(snapshot);
    const bool empty = snapshot.users.empty();
    m_views->setCurrentIndex(empty ? 0 : 1);
    m_sort->setEnabled(!empty);
    m_connect->setVisible(!empty);
    const auto busy = std::ranges::count_if(
        snapshot.users, [](const drover::UserView& user) { return user.running + user.waiting > 0; });
    setTextOf(m_summary,
        empty           ? QString()
            : busy == 0 ? tr("Nobody asks at the moment")
                        : tr("%n at work", nullptr, static_cast<int>(busy)));
    if (const auto* app = m_model.find(m_panel->app()); app && m_panel->isVisibleTo(this))
        m_panel->show(*app);
    if (m_connectDialog)
        m_connectDialog->show(snapshot);
    if (m_keysDialog)
        m_keysDialog->show(snapshot);
}

void AppsPage::select(const QModelIndex& current)
{
    const auto* app = m_model.find(current.data(AppsModel::NameRole).toString().toStdString());
    m_panel->setVisible(app != nullptr);
    if (app)
        m_panel->show(*app);
}

void AppsPage::fitColumns()
{
    int needed = nameWidthLeast;
    for (int column = 0; column < AppsModel::columnsMax; ++column) {
        m_table->setColumnHidden(column, false);
        if (column != AppsModel::App)
            needed += m_table->columnWidth(column);
    }
    for (const int column : dispensable) {
        if (needed <= m_table->viewport()->width())
            break;
        needed -= m_table->columnWidth(column);
        m_table->setColumnHidden(column, true);
    }
}

std::string AppsPage::selectedApp() const
{
    return m_table->currentIndex().data(AppsModel::NameRole).toString().toStdString();
}

void AppsPage::openMenu(const QPoint& at)
{
    const auto app = selectedApp();
    const auto* view = m_model.find(app);
    if (!view)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (view->rule.blocked)
        menu->addAction(tr("Unblock"), this, [this, app] { changeRule(app, {"blocked=off"}); });
    else
        menu->addAction(tr("Block"), this, [this, app] { changeRule(app, {"blocked=on"}); });
    menu->addAction(tr("Reset its rule"), this, [this, app] { resetRuleOf(app); })
        ->setEnabled(!view->rule.name.empty());
    menu->addSeparator();
    auto* cancel = menu->addAction(symbolIcon(Symbol::Cancel, currentTheme().text), tr("Cancel its jobs"), this,
        [this, app] { askToCancelAll(app); });
    cancel->setShortcut(QKeySequence::Delete);
    cancel->setEnabled(view->running + view->waiting > 0);
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

void AppsPage::tell(const std::optional<EditTrouble>& trouble)
{
    m_panel->complain(trouble ? wording::text(trouble->sentence) : QString());
}

void AppsPage::changeRule(const std::string& app, const std::vector<std::string>& words)
{
    const auto fields = parseRuleWords(words);
    if (!fields)
        return m_panel->complain(wording::text(fields.error().detail));
    tell(editSettings(m_source, [&](const std::string& file) { return setRule(file, app, *fields); }));
}

void AppsPage::resetRuleOf(const std::string& app)
{
    tell(editSettings(m_source, [&](const std::string& file) { return resetRule(file, app); }));
}

void AppsPage::askToCancelAll(const std::string& app)
{
    std::vector<drover::JobId> jobs;
    for (const auto& job : m_snapshot.jobs)
        if (job.user == app)
            jobs.push_back(job.id);
    if (jobs.empty())
        return;
    auto* question = new QMessageBox(QMessageBox::Question, tr("Cancel jobs"),
        tr("Cancel %n job(s) of %1?", nullptr, static_cast<int>(jobs.size())).arg(wording::text(app)),
        QMessageBox::NoButton, this);
    question->setInformativeText(tr("The app gets an error for each."));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setIconPixmap(question->windowIcon().pixmap(48, 48));
    const auto* yes = question->addButton(tr("Cancel them"), QMessageBox::DestructiveRole);
    question->addButton(tr("Keep them"), QMessageBox::RejectRole);
    connect(yes, &QAbstractButton::clicked, this, [this, jobs] { m_control.cancelJobs(jobs); });
    question->open();
}

void AppsPage::openConnect()
{
    if (!m_connectDialog)
        m_connectDialog = new ConnectDialog(zedSettingsFile(m_source.environment()), window());
    m_connectDialog->show(m_snapshot);
    m_connectDialog->open();
}

void AppsPage::openKeys()
{
    if (!m_keysDialog)
        m_keysDialog = new KeysDialog(m_source, window());
    m_keysDialog->show(m_snapshot);
    m_keysDialog->open();
}

bool AppsPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Delete)) {
            askToCancelAll(selectedApp());
            return true;
        }
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && m_panel->isVisible()) {
            m_panel->focusFirst();
            return true;
        }
    }
    if (watched == m_table->viewport() && event->type() == QEvent::Resize)
        fitColumns();
    return Page::eventFilter(watched, event);
}

void AppsPage::drawSymbols()
{
    const auto& colors = currentTheme();
    setSymbol(*m_sort, Symbol::Sort, colors.text);
    setSymbol(*m_connect, Symbol::Apps, colors.onAccent);
    setSymbol(*m_connectFirst, Symbol::Apps, colors.onAccent);
}

void AppsPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_sort != nullptr)
        drawSymbols();
}

} // namespace drover::app
