// SPDX-License-Identifier: MIT
#include "app/window/logs_page.h"

#include "app/doctor/redactor.h"
#include "app/window/card.h"
#include "app/window/style.h"

#include <QClipboard>
#include <QComboBox>
#include <QDateTime>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QMessageBox>
#include <QPainter>
#include <QPushButton>
#include <QSaveFile>
#include <QScrollBar>
#include <QShortcut>
#include <QStyledItemDelegate>
#include <QSysInfo>
#include <QTableView>
#include <QUrl>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>

namespace drover::app {

namespace {

/// Draws a line in one width of letters, and what is searched for on a ground of its own.
class LineDelegate : public QStyledItemDelegate {
public:
    LineDelegate(const LogFilter& filter, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_filter(filter)
    {
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const QString searched = m_filter.wanted().text;
        if (!searched.isEmpty())
            mark(*painter, option, index.data().toString(), searched);
        QStyledItemDelegate::paint(painter, option, index);
    }

private:
    static void mark(
        QPainter& painter, const QStyleOptionViewItem& option, const QString& text, const QString& searched)
    {
        constexpr int indent = 11; // of the style's items
        const bool fromRight = option.direction == Qt::RightToLeft;
        for (qsizetype at = text.indexOf(searched, 0, Qt::CaseInsensitive); at >= 0;
             at = text.indexOf(searched, at + searched.size(), Qt::CaseInsensitive)) {
            const int before = indent + option.fontMetrics.horizontalAdvance(text.left(at));
            const int width = option.fontMetrics.horizontalAdvance(text.mid(at, searched.size()));
            const int left = fromRight ? option.rect.right() - before - width : option.rect.left() + before;
            painter.fillRect(
                QRect(left, option.rect.top() + 2, width, option.rect.height() - 4), currentTheme().warningSoft);
        }
    }

    const LogFilter& m_filter;
};

} // namespace

LogsPage::LogsPage(QString folder, QWidget* parent)
    : Page({PageId::Logs, tr("Logs"), Symbol::Logs}, parent)
    , m_folder(std::move(folder))
    , m_filter(m_model)
    , m_count(quiet(new QLabel))
{
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(space::page, space::page, space::page, space::page);
    whole->setSpacing(space::medium);
    whole->addLayout(makeTop());
    whole->addLayout(makeFilters());
    whole->addWidget(makeTable(), 1);
    connect(&m_filter, &QAbstractItemModel::rowsInserted, this, [this] {
        count();
        if (m_follow->isChecked())
            goToEnd();
    });
    connect(&m_filter, &QAbstractItemModel::rowsRemoved, this, &LogsPage::count);
    auto* find = new QShortcut(QKeySequence::Find, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, this, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    count();
}

QLayout* LogsPage::makeTop()
{
    auto* title = new QLabel(tr("Logs"));
    title->setFont(textFont(TextSize::Headline, QFont::DemiBold));
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(title);
    words->addWidget(m_count);
    m_follow = new QPushButton(tr("Follow"));
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    m_follow->setToolTip(tr("Go on to the newest line as it comes"));
    connect(m_follow, &QPushButton::toggled, this, &LogsPage::setFollowing);
    auto* copies = new QPushButton(tr("Copy"));
    copies->setToolTip(tr("Copy the selected lines, or all that are shown"));
    connect(copies, &QPushButton::clicked, this, &LogsPage::copy);
    auto* saves = new QPushButton(tr("Save…"));
    saves->setToolTip(tr("Save the lines that are shown as a file"));
    connect(saves, &QPushButton::clicked, this, &LogsPage::askToSave);
    auto* opens = new QPushButton(tr("Open folder"));
    opens->setToolTip(m_folder);
    connect(opens, &QPushButton::clicked, this, [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_folder)); });
    auto* top = new QHBoxLayout;
    top->setSpacing(space::small);
    top->addLayout(words, 1);
    for (auto* button : {m_follow, copies, saves, opens})
        top->addWidget(button, 0, Qt::AlignVCenter);
    return top;
}

QLayout* LogsPage::makeFilters()
{
    m_level = new QComboBox;
    m_level->setAccessibleName(tr("Level"));
    m_level->addItem(tr("All levels"), static_cast<int>(drover::LogLevel::Debug));
    m_level->addItem(tr("Info and above"), static_cast<int>(drover::LogLevel::Info));
    m_level->addItem(tr("Warnings and errors"), static_cast<int>(drover::LogLevel::Warning));
    m_level->addItem(tr("Errors"), static_cast<int>(drover::LogLevel::Error));
    m_source = new QComboBox;
    m_source->setAccessibleName(tr("From"));
    m_source->addItem(tr("Drover and Ollama"), -1);
    m_source->addItem(QStringLiteral("Drover"), static_cast<int>(drover::LogSource::Drover));
    m_source->addItem(QStringLiteral("Ollama"), static_cast<int>(drover::LogSource::Ollama));
    m_source->setToolTip(tr("Ollama's lines are here when Drover started it"));
    m_search = new QLineEdit;
    m_search->setAccessibleName(tr("Search the log"));
    m_search->setPlaceholderText(
        tr("Search (%1)").arg(QKeySequence(QKeySequence::Find).toString(QKeySequence::NativeText)));
    m_search->setClearButtonEnabled(true);
    connect(m_level, &QComboBox::currentIndexChanged, this, &LogsPage::filter);
    connect(m_source, &QComboBox::currentIndexChanged, this, &LogsPage::filter);
    connect(m_search, &QLineEdit::textChanged, this, &LogsPage::filter);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::small);
    row->addWidget(m_search, 1);
    row->addWidget(m_level);
    row->addWidget(m_source);
    return row;
}

QTableView* LogsPage::makeTable()
{
    m_table = new QTableView;
    m_table->setModel(&m_filter);
    m_table->setAccessibleName(tr("Log lines"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerItem);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed); // or each line would be measured
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + space::small);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_table->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_table->setItemDelegateForColumn(LogModel::Text, new LineDelegate(m_filter, m_table));
    const QFontMetrics metrics(m_table->font());
    constexpr int padding = 28;
    m_table->setColumnWidth(LogModel::Time, metrics.horizontalAdvance(QStringLiteral("00:00:00.000")) + padding);
    int levelWidth = 0;
    for (const auto level : {LogLevel::Debug, LogLevel::Info, LogLevel::Warning, LogLevel::Error})
        levelWidth = std::max(levelWidth, metrics.horizontalAdvance(LogModel::levelText(level)));
    m_table->setColumnWidth(LogModel::Level, levelWidth + padding);
    m_table->setColumnWidth(LogModel::Source, metrics.horizontalAdvance(QStringLiteral("Drover")) + padding);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->viewport()->installEventFilter(this);
    m_table->installEventFilter(this);
    auto* copies = new QShortcut(QKeySequence::Copy, m_table, nullptr, nullptr, Qt::WidgetShortcut);
    connect(copies, &QShortcut::activated, this, &LogsPage::copy);
    connect(m_table->verticalScrollBar(), &QAbstractSlider::actionTriggered, this, [this] { setFollowing(false); });
    return m_table;
}

void LogsPage::add(const std::vector<drover::LogLine>& lines)
{
    m_model.add(lines);
}

void LogsPage::search(const QString& words)
{
    m_search->setText(words);
    m_search->setFocus();
}

void LogsPage::show(const drover::Snapshot&) { }

bool LogsPage::save(const QString& file) const
{
    const Redactor redactor({.homeFolder = QDir::homePath().toStdString(),
        .userName = QDir::home().dirName().toStdString(),
        .hostName = QSysInfo::machineHostName().toStdString()});
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return false;
    for (int row = 0; row < m_filter.rowCount(); ++row)
        out.write(QByteArray::fromStdString(redactor.redacted(m_filter.lineText(row).toStdString())) + '\n');
    return out.commit();
}

void LogsPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    if (m_follow->isChecked())
        goToEnd();
}

/// A person who scrolls up wants to read: the newest line does not pull them away.
bool LogsPage::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Wheel && static_cast<QWheelEvent*>(event)->angleDelta().y() > 0)
        setFollowing(false);
    if (event->type() == QEvent::KeyPress && watched == m_table) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_PageUp || key == Qt::Key_Home)
            setFollowing(false);
        if (key == Qt::Key_Home)
            m_table->scrollToTop();
        if (key == Qt::Key_End)
            setFollowing(true);
        if (key == Qt::Key_Home || key == Qt::Key_End)
            return true; // the table's own would only go along the line
    }
    return Page::eventFilter(watched, event);
}

void LogsPage::filter()
{
    LogFilter::Wanted wanted{
        .least = static_cast<drover::LogLevel>(m_level->currentData().toInt()), .text = m_search->text()};
    if (const int source = m_source->currentData().toInt(); source >= 0)
        wanted.source = static_cast<drover::LogSource>(source);
    m_filter.show(std::move(wanted));
    m_table->viewport()->update();
    count();
    if (m_follow->isChecked())
        goToEnd();
}

void LogsPage::setFollowing(bool follows)
{
    m_follow->setChecked(follows);
    if (follows)
        goToEnd();
}

void LogsPage::goToEnd()
{
    if (isVisible())
        m_table->scrollToBottom();
}

void LogsPage::copy() const
{
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, [](const QModelIndex& index) { return index.row(); });
    QStringList lines;
    for (const QModelIndex& row : rows)
        lines << m_filter.lineText(row.row());
    for (int row = 0; rows.isEmpty() && row < m_filter.rowCount(); ++row)
        lines << m_filter.lineText(row);
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void LogsPage::askToSave()
{
    const auto name =
        QStringLiteral("drover-%1.log").arg(QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd-HHmm")));
    auto* dialog = new QFileDialog(this, tr("Save the log"), QString(), tr("Log files (*.log *.txt)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        if (save(file))
            return;
        auto* failed = new QMessageBox(
            QMessageBox::Warning, tr("Save the log"), tr("%1 cannot be written.").arg(file), QMessageBox::Ok, this);
        failed->setAttribute(Qt::WA_DeleteOnClose);
        failed->open();
    });
    dialog->open();
}

void LogsPage::count()
{
    const int shown = m_filter.rowCount();
    const int all = m_model.rowCount();
    const QString text = shown == all ? tr("%n line(s)", nullptr, all)
                                      : tr("%1 of %n line(s)", nullptr, all).arg(QLocale().toString(shown));
    setTextOf(m_count, text);
}

} // namespace drover::app
