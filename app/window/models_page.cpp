// SPDX-License-Identifier: MIT
#include "app/window/models_page.h"

#include "app/ollama/byte_text.h"
#include "app/ollama/models_folder.h"
#include "app/window/card.h"
#include "app/window/pull_list.h"
#include "app/window/style.h"
#include "app/window/symbol.h"
#include "app/window/wording.h"

#include <QClipboard>
#include <QComboBox>
#include <QDateTime>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace drover::app {

namespace {

constexpr int heightOfRows = 36;
constexpr int besidesText = 24; ///< padding of a cell
constexpr int pullsHeightMax = 170;
constexpr int clockMs = 10'000;

/// A long text of each column; empty for those that share what is left.
constexpr const char* samples[ModelsModel::columnsMax] = {
    "", "999.9 GB", "70.6B Q4_K_M", "Context", "99.9 GB (60 % GPU)", "after its jobs", "", "ollama-2"};

/// Of every machine; not all of them can be unloaded.
int loadedModels(const drover::Snapshot& snapshot)
{
    int loaded = 0;
    for (const drover::BackendView& backend : snapshot.backends)
        loaded += static_cast<int>(std::ranges::count(backend.models, true, &drover::ModelView::loaded));
    return loaded;
}

} // namespace

ModelsPage::ModelsPage(ModelShelf& shelf, QWidget* parent)
    : Page({PageId::Models, tr("Models"), Symbol::Models}, parent)
    , m_shelf(shelf)
    , m_model([this](const std::string& backend, const std::string& model) { return workText(backend, model); })
    , m_views(new QStackedLayout)
{
    makeTable();
    m_views->addWidget(makeEmpty());
    m_views->addWidget(m_table);
    m_pulls = new PullList(m_shelf);
    m_pullsPart = new QScrollArea;
    m_pullsPart->setObjectName(QStringLiteral("pageScroll"));
    m_pullsPart->setAccessibleName(tr("Downloads"));
    m_pullsPart->setWidgetResizable(true);
    m_pullsPart->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_pullsPart->setFocusPolicy(Qt::NoFocus);
    m_pullsPart->setMaximumHeight(pullsHeightMax);
    m_pullsPart->setWidget(m_pulls);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(space::page, space::page, space::page, space::page);
    whole->setSpacing(space::medium);
    whole->addLayout(makeTop());
    whole->addWidget(makeBanner());
    whole->addLayout(makePullBox());
    whole->addWidget(m_pullsPart);
    whole->addLayout(m_views, 1);
    whole->addLayout(makeActions());
    connectShelf();
    m_clock.setInterval(clockMs);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        if (!isVisible())
            return;
        show(m_snapshot);
        showDisk();
    });
    m_clock.start();
    drawSymbols();
    showServers();
    showPulls();
    show({});
}

QString ModelsPage::label(const drover::Snapshot& snapshot) const
{
    const int loaded = loadedMemory(snapshot).models;
    return loaded == 0 ? name().name : tr("Models (%1)").arg(loaded);
}

QLayout* ModelsPage::makeTop()
{
    auto* title = new QLabel(tr("Models"));
    title->setFont(textFont(TextSize::Headline, QFont::DemiBold));
    m_summary = quiet(new ElidedLabel);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(title);
    words->addWidget(m_summary);
    m_free = new QPushButton(tr("Free GPU memory"));
    m_free->setToolTip(tr("Unload every model; jobs that run finish first"));
    connect(m_free, &QPushButton::clicked, this, [this] { m_shelf.freeMemory(); });
    auto* top = new QHBoxLayout;
    top->setSpacing(space::small);
    top->addLayout(words, 1);
    top->addWidget(m_free, 0, Qt::AlignVCenter);
    return top;
}

QLayout* ModelsPage::makePullBox()
{
    m_name = new QLineEdit;
    m_name->setPlaceholderText(tr("A model to download, such as llama3.2:3b"));
    m_name->setAccessibleName(tr("Name of a model to download"));
    m_name->setMaxLength(ModelShelf::nameLettersMax);
    m_name->setClearButtonEnabled(true);
    m_servers = new QComboBox;
    m_servers->setAccessibleName(tr("Machine to download to"));
    m_pull = new QPushButton(tr("Download"));
    m_disk = quiet(new QLabel);
    m_disk->setFont(textFont(TextSize::Caption));
    connect(m_name, &QLineEdit::returnPressed, this, &ModelsPage::pull);
    connect(m_name, &QLineEdit::textChanged, this, &ModelsPage::updateActions);
    connect(m_pull, &QPushButton::clicked, this, &ModelsPage::pull);
    connect(m_servers, &QComboBox::currentIndexChanged, this, &ModelsPage::showDisk);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::small);
    row->addWidget(m_name, 1);
    row->addWidget(m_servers);
    row->addWidget(m_pull);
    row->addWidget(m_disk);
    return row;
}

QFrame* ModelsPage::makeBanner()
{
    m_banner = new QFrame;
    m_banner->setObjectName(QStringLiteral("banner"));
    m_bannerText = new QLabel;
    m_bannerText->setWordWrap(true);
    m_bannerText->setTextFormat(Qt::PlainText);
    m_bannerText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* close = new QPushButton(tr("Close"));
    close->setAccessibleName(tr("Close the message"));
    connect(close, &QPushButton::clicked, m_banner, &QWidget::hide);
    auto* row = new QHBoxLayout(m_banner);
    row->setContentsMargins(space::large, space::small, space::small, space::small);
    row->addWidget(m_bannerText, 1);
    row->addWidget(close);
    m_banner->hide();
    return m_banner;
}

void ModelsPage::makeTable()
{
    m_sorted.setSourceModel(&m_model);
    m_sorted.setSortRole(ModelsModel::SortRole);
    m_sorted.setSortLocaleAware(true);
    m_table = new QTableView;
    m_table->setModel(&m_sorted);
    m_table->setAccessibleName(tr("Models"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(heightOfRows);
    auto* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    header->setFont(textFont(TextSize::Caption, QFont::DemiBold));
    header->setMinimumSectionSize(60);
    for (int column = 0; column < ModelsModel::columnsMax; ++column)
        m_table->setColumnWidth(
            column, m_table->fontMetrics().horizontalAdvance(QLatin1String(samples[column])) + besidesText);
    m_table->setColumnWidth(ModelsModel::Name, m_table->fontMetrics().averageCharWidth() * 24);
    header->setSectionResizeMode(ModelsModel::UsedBy, QHeaderView::Stretch);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(ModelsModel::Memory, Qt::DescendingOrder); // what is loaded first
    m_table->installEventFilter(this);
    connect(m_table, &QWidget::customContextMenuRequested, this, &ModelsPage::showMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ModelsPage::updateActions);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &ModelsPage::updateActions);
}

QWidget* ModelsPage::makeEmpty()
{
    auto* empty = new Card({});
    auto* title = new QLabel(tr("No model yet"));
    title->setFont(textFont(TextSize::Figure, QFont::DemiBold));
    auto* text = quiet(new QLabel(tr("Type the name of one above and download it. Names are on ollama.com; a small one "
                                     "to begin with is llama3.2:1b.")));
    constexpr int textWidth = 440;
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignCenter);
    text->setFixedWidth(textWidth);
    text->setMinimumHeight(text->heightForWidth(textWidth));
    empty->body()->addStretch(2);
    empty->body()->addWidget(title, 0, Qt::AlignHCenter);
    empty->body()->addWidget(text, 0, Qt::AlignHCenter);
    empty->body()->addStretch(3);
    return empty;
}

QLayout* ModelsPage::makeActions()
{
    m_load = new QPushButton(tr("Load"));
    m_load->setToolTip(tr("Read the selected models into memory (Enter)"));
    m_keep = new QPushButton(tr("Keep loaded"));
    m_keep->setToolTip(tr("Load the selected models until somebody unloads them"));
    m_unload = new QPushButton(tr("Unload"));
    m_unload->setToolTip(tr("Take the selected models out of memory; jobs that run finish first"));
    m_copy = new QPushButton(tr("Copy name"));
    m_delete = new QPushButton(tr("Delete…"));
    m_delete->setToolTip(tr("Delete the selected models from the disk (Delete)"));
    connect(m_load, &QPushButton::clicked, this, [this] { onEach(&ModelActions::loadModel); });
    connect(m_keep, &QPushButton::clicked, this, [this] { onEach(&ModelActions::keepLoaded); });
    connect(m_unload, &QPushButton::clicked, this, [this] { onEach(&ModelActions::unloadModel); });
    connect(m_copy, &QPushButton::clicked, this, &ModelsPage::copyNames);
    connect(m_delete, &QPushButton::clicked, this, &ModelsPage::askToDelete);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::small);
    for (auto* button : {m_load, m_keep, m_unload, m_copy})
        row->addWidget(button);
    row->addStretch();
    row->addWidget(m_delete);
    return row;
}

void ModelsPage::connectShelf()
{
    connect(&m_shelf, &ModelShelf::changed, this, [this] {
        showServers();
        showPulls();
        show(m_snapshot);
    });
    connect(&m_shelf, &ModelShelf::failed, this, [this](const QString& sentence) {
        m_bannerText->setText(sentence);
        m_banner->show();
    });
}

/// Which machines can be downloaded to; the box is there only where that is a question.
void ModelsPage::showServers()
{
    QStringList names;
    for (const auto& server : m_shelf.servers())
        names << server.name;
    QStringList shown;
    for (int at = 0; at < m_servers->count(); ++at)
        shown << m_servers->itemText(at);
    if (names != shown) {
        m_servers->clear();
        m_servers->addItems(names);
    }
    m_servers->setVisible(names.size() > 1);
    showDisk();
}

/// Not with each snapshot: asking a disk may take its time.
void ModelsPage::showDisk()
{
    const auto servers = m_shelf.servers();
    const auto place = static_cast<std::size_t>(std::max(0, m_servers->currentIndex()));
    const auto free = place < servers.size() ? freeBytes(servers[place].modelsFolder) : std::nullopt;
    m_disk->setVisible(free.has_value());
    setTextOf(m_disk, free ? tr("%1 free").arg(byteText(*free)) : QString());
    if (free)
        m_disk->setToolTip(servers[place].modelsFolder.toHtmlEscaped());
}

void ModelsPage::showPulls()
{
    m_pulls->show();
    m_pullsPart->setVisible(!m_shelf.pulls().empty());
    const int wanted = m_pulls->sizeHint().height() + space::tight;
    m_pullsPart->setFixedHeight(std::min(wanted, pullsHeightMax));
}

void ModelsPage::show(const drover::Snapshot& snapshot)
{
    if (&snapshot != &m_snapshot)
        m_snapshot = snapshot;
    m_model.show(m_snapshot, QDateTime::currentMSecsSinceEpoch());
    m_views->setCurrentIndex(m_model.rowCount() == 0 ? 0 : 1);
    m_table->setColumnHidden(ModelsModel::Machine, m_snapshot.backends.size() < 2);
    const auto memory = loadedMemory(m_snapshot);
    const auto installed = tr("%n installed", nullptr, m_model.rowCount());
    const auto loaded = tr("%n loaded", nullptr, loadedModels(m_snapshot));
    setTextOf(m_summary,
        memory.bytes == 0 ? tr("%1, %2").arg(installed, loaded)
                          : tr("%1, %2, %3 in memory").arg(installed, loaded, byteText(memory.bytes)));
    m_free->setEnabled(memory.models > 0);
    const auto text = memory.models == 0 || memory.bytes == 0 ? tr("Free GPU memory")
                                                              : tr("Free GPU memory (%1)").arg(byteText(memory.bytes));
    if (m_free->text() != text)
        m_free->setText(text);
    updateActions();
}

QString ModelsPage::workText(const std::string& backend, const std::string& model) const
{
    const auto work = m_shelf.workOn(backend, model);
    if (!work)
        return {};
    switch (*work) {
    case ModelWork::Loading:
        return tr("loading");
    case ModelWork::Unloading:
        return tr("unloading");
    case ModelWork::Removing:
        return tr("deleting");
    }
    return {};
}

/// The selected models that can be managed: those of an Ollama with nothing under way.
std::vector<ModelsPage::Chosen> ModelsPage::chosen() const
{
    std::vector<Chosen> models;
    const auto servers = m_shelf.servers();
    const auto rows = m_table->selectionModel()->selectedRows();
    for (const auto& row : rows) {
        const auto backend = row.data(ModelsModel::BackendRole).toString();
        const auto model = row.data(ModelsModel::NameRole).toString().toStdString();
        const bool isManaged = std::any_of(
            servers.begin(), servers.end(), [&](const OllamaServer& server) { return server.name == backend; });
        if (isManaged && !m_shelf.workOn(backend.toStdString(), model))
            models.push_back({backend.toStdString(), model, row.data(ModelsModel::LoadedRole).toBool()});
    }
    return models;
}

void ModelsPage::updateActions()
{
    const auto models = chosen();
    const bool anyLoaded = std::any_of(models.begin(), models.end(), [](const Chosen& each) { return each.loaded; });
    const bool anyNot = std::any_of(models.begin(), models.end(), [](const Chosen& each) { return !each.loaded; });
    m_load->setEnabled(anyNot);
    m_keep->setEnabled(!models.empty());
    m_unload->setEnabled(anyLoaded);
    m_delete->setEnabled(!models.empty());
    m_copy->setEnabled(m_table->selectionModel()->hasSelection());
    const bool canPull = !m_shelf.servers().empty();
    m_name->setEnabled(canPull);
    m_pull->setEnabled(canPull && !modelNameTyped(m_name->text()).isEmpty());
}

void ModelsPage::onEach(void (ModelActions::*action)(const std::string&, const std::string&))
{
    for (const Chosen& each : chosen()) {
        const bool isThere = action == &ModelActions::loadModel && each.loaded;
        const bool isGone = action == &ModelActions::unloadModel && !each.loaded;
        if (!isThere && !isGone)
            (m_shelf.*action)(each.backend, each.model);
    }
}

void ModelsPage::askToDelete()
{
    const auto models = chosen();
    if (models.empty())
        return;
    const auto number = static_cast<int>(models.size());
    auto* question = new QMessageBox(QMessageBox::Question, tr("Delete models"),
        number == 1 ? tr("Delete %1 from the disk?").arg(wording::text(models.front().model))
                    : tr("Delete %n model(s) from the disk?", nullptr, number),
        QMessageBox::NoButton, this);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(tr("They would have to be downloaded again."));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setIconPixmap(question->windowIcon().pixmap(48, 48));
    const auto* yes = question->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    auto* no = question->addButton(tr("Keep"), QMessageBox::RejectRole);
    question->setDefaultButton(no);
    connect(yes, &QAbstractButton::clicked, this, [this, models] {
        for (const Chosen& each : models)
            m_shelf.removeModel(each.backend, each.model);
    });
    question->open();
}

void ModelsPage::copyNames() const
{
    QStringList names;
    const auto rows = m_table->selectionModel()->selectedRows();
    for (const auto& row : rows)
        names << row.data(ModelsModel::NameRole).toString();
    QGuiApplication::clipboard()->setText(names.join(QLatin1Char('\n')));
}

void ModelsPage::pull()
{
    const auto servers = m_shelf.servers();
    const auto place = static_cast<std::size_t>(std::max(0, m_servers->currentIndex()));
    if (place >= servers.size() || modelNameTyped(m_name->text()).isEmpty())
        return;
    m_banner->hide();
    m_shelf.pullModel(servers[place].name.toStdString(), m_name->text().toStdString());
    m_name->clear();
}

void ModelsPage::showMenu()
{
    if (!m_table->selectionModel()->hasSelection())
        return;
    auto* menu = new QMenu(m_table);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (auto* button : {m_load, m_keep, m_unload, m_copy, m_delete}) {
        auto* row = menu->addAction(button->text(), button, &QPushButton::click);
        row->setEnabled(button->isEnabled());
    }
    menu->popup(m_table->viewport()->mapToGlobal(m_table->visualRect(m_table->currentIndex()).bottomLeft()));
}

bool ModelsPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Delete)) {
            askToDelete();
            return true;
        }
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            onEach(&ModelActions::loadModel);
            return true;
        }
    }
    return Page::eventFilter(watched, event);
}

void ModelsPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_copy != nullptr)
        drawSymbols();
}

void ModelsPage::drawSymbols()
{
    setSymbol(*m_copy, Symbol::Copy, currentTheme().text);
}

} // namespace drover::app
