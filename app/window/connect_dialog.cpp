// SPDX-License-Identifier: MIT
#include "app/window/connect_dialog.h"

#include "app/apps/zed_setup.h"
#include "app/window/card.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace drover::app {

using namespace std::chrono_literals;

namespace {

constexpr QSize usualSize(780, 560);
constexpr int listWidth = 244;
constexpr auto thanksTime = 2s;

std::chrono::steady_clock::time_point now()
{
    return std::chrono::steady_clock::now();
}

} // namespace

ConnectDialog::ConnectDialog(std::string zedFile, QWidget* parent)
    : QDialog(parent)
    , m_zedFile(std::move(zedFile))
    , m_list(new QListWidget)
{
    setWindowTitle(tr("Connect an app"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(usualSize);
    m_list->setFixedWidth(listWidth);
    m_list->setAccessibleName(tr("Apps that can be connected"));

    auto* inner = new QWidget;
    inner->setObjectName(QStringLiteral("pageContent"));
    m_content = new QVBoxLayout(inner);
    m_content->setContentsMargins(0, 0, space::small, 0);
    m_content->setSpacing(space::medium);
    m_content->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("pageScroll"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(inner);

    auto* close = new QDialogButtonBox(QDialogButtonBox::Close);
    close->button(QDialogButtonBox::Close)->setIcon({});
    connect(close, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* right = new QVBoxLayout;
    right->setSpacing(space::medium);
    right->addWidget(scroll, 1);
    right->addWidget(makeTest());
    auto* sides = new QHBoxLayout;
    sides->setSpacing(space::large);
    sides->addWidget(m_list);
    sides->addLayout(right, 1);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(space::page, space::page, space::page, space::page);
    whole->setSpacing(space::large);
    whole->addLayout(sides, 1);
    whole->addWidget(close);
    connect(m_list, &QListWidget::currentRowChanged, this, [this] {
        endTest();
        showCard();
    });
    m_second.setInterval(1s);
    connect(&m_second, &QTimer::timeout, this, &ConnectDialog::tellTest);
}

QWidget* ConnectDialog::makeTest()
{
    m_testBox = new QFrame;
    m_testBox->setObjectName(QStringLiteral("card"));
    m_testText = new QLabel;
    m_testText->setWordWrap(true);
    m_testButton = new QPushButton(tr("Test it"));
    m_testButton->setProperty("primary", true);
    connect(m_testButton, &QPushButton::clicked, this, [this] { isTesting() ? endTest() : beginTest(); });
    auto* row = new QHBoxLayout(m_testBox);
    row->setContentsMargins(space::large, space::medium, space::large, space::medium);
    row->addWidget(m_testText, 1);
    row->addWidget(m_testButton);
    tellTest();
    return m_testBox;
}

void ConnectDialog::show(const drover::Snapshot& snapshot)
{
    m_snapshot = snapshot;
    if (m_test) {
        m_test->see(snapshot, now());
        tellTest();
    }
    auto cards = connectCards(connectFacts(snapshot));
    if (cards == m_cards)
        return;
    const bool first = m_cards.empty();
    m_cards = std::move(cards);
    if (first) {
        for (const auto& each : m_cards)
            m_list->addItem(wording::text(each.name));
        m_list->setCurrentRow(0);
    } else {
        m_shown.clear();
        showCard();
    }
}

void ConnectDialog::choose(const std::string& cardId)
{
    const auto found = std::ranges::find(m_cards, cardId, &ConnectCard::id);
    if (found != m_cards.end())
        m_list->setCurrentRow(static_cast<int>(found - m_cards.begin()));
}

const ConnectCard* ConnectDialog::card() const
{
    const auto row = static_cast<std::size_t>(m_list->currentRow());
    return row < m_cards.size() ? &m_cards[row] : nullptr;
}

void ConnectDialog::showCard()
{
    const auto* shown = card();
    if (!shown || shown->id == m_shown)
        return;
    m_shown = shown->id;
    delete m_pieces;
    m_pieces = new QWidget;
    auto* rows = new QVBoxLayout(m_pieces);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(space::medium);
    auto* title = new QLabel(wording::text(shown->name));
    title->setFont(textFont(TextSize::Headline, QFont::DemiBold));
    rows->addWidget(title);
    for (const auto& step : shown->steps) {
        auto* text = new QLabel(wording::text(step));
        text->setWordWrap(true);
        rows->addWidget(text);
    }
    for (const auto& snippet : shown->snippets)
        rows->addWidget(makeSnippet(snippet));
    if (shown->id == "zed" && !m_zedFile.empty())
        rows->addWidget(makeSetup());
    m_content->insertWidget(0, m_pieces);
}

QWidget* ConnectDialog::makeSnippet(const ConnectCard::Snippet& snippet)
{
    const auto text = wording::text(snippet.text);
    auto* where = quiet(new QLabel(wording::text(snippet.where)));
    where->setFont(textFont(TextSize::Caption, QFont::DemiBold));
    auto* copy = new QPushButton(tr("Copy"));
    copy->setAccessibleName(tr("Copy the text for: %1").arg(wording::text(snippet.where)));
    auto* box = new QPlainTextEdit(text);
    box->setReadOnly(true);
    box->setTabChangesFocus(true);
    box->setAccessibleName(wording::text(snippet.where));
    box->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    box->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    const int lines = static_cast<int>(text.count(QLatin1Char('\n'))) + 1;
    box->setFixedHeight(box->fontMetrics().lineSpacing() * std::clamp(lines + 1, 3, 16) + 2 * space::small);
    auto* thanks = new QTimer(copy);
    thanks->setSingleShot(true);
    thanks->setInterval(thanksTime);
    connect(thanks, &QTimer::timeout, copy, [copy] { copy->setText(tr("Copy")); });
    connect(copy, &QPushButton::clicked, copy, [copy, thanks, text] {
        QGuiApplication::clipboard()->setText(text);
        copy->setText(tr("Copied"));
        thanks->start();
    });
    auto* whole = new QWidget;
    auto* rows = new QVBoxLayout(whole);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(space::tight);
    auto* top = new QHBoxLayout;
    top->addWidget(where, 1);
    top->addWidget(copy);
    rows->addLayout(top);
    rows->addWidget(box);
    return whole;
}

/// Does what the card says, and undoes it.
QWidget* ConnectDialog::makeSetup()
{
    auto* text = quiet(new QLabel);
    text->setWordWrap(true);
    auto* trouble = new QLabel;
    trouble->setObjectName(QStringLiteral("trouble"));
    trouble->setWordWrap(true);
    trouble->hide();
    auto* button = new QPushButton;
    const auto tell = [this, text, button] {
        const bool done = isZedSetUp(m_zedFile);
        const auto file = wording::text(m_zedFile);
        text->setText(done ? tr("Drover has put this into %1.").arg(file)
                           : tr("Drover can put this into %1, and take it out again.").arg(file));
        button->setText(done ? tr("Undo") : tr("Set it up for me"));
    };
    tell();
    connect(button, &QPushButton::clicked, this, [this, tell, trouble] {
        const auto result =
            isZedSetUp(m_zedFile) ? undoZed(m_zedFile) : setUpZed(m_zedFile, baseUrl(connectFacts(m_snapshot).address));
        trouble->setVisible(!result);
        trouble->setText(result ? QString() : wording::text(result.error().detail));
        tell();
    });
    auto* row = new QHBoxLayout;
    row->addWidget(text, 1);
    row->addWidget(button);
    auto* whole = new QWidget;
    auto* rows = new QVBoxLayout(whole);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addLayout(row);
    rows->addWidget(trouble);
    return whole;
}

void ConnectDialog::beginTest()
{
    if (!card())
        return;
    m_test.emplace(card()->id, m_snapshot, now());
    m_second.start();
    tellTest();
}

void ConnectDialog::endTest()
{
    m_test.reset();
    m_second.stop();
    tellTest();
}

void ConnectDialog::tellTest()
{
    const auto name = card() ? wording::text(card()->name) : QString();
    const bool found = m_test && m_test->found();
    setTextOf(m_testText, [&] {
        if (!m_test)
            return tr("Changed its address? Press the button, then ask it something.");
        const auto waited = wording::duration(m_test->waited(now()));
        if (found) {
            const auto& seen = *m_test->found();
            const auto ago = wording::duration(std::chrono::floor<std::chrono::seconds>(now() - seen.when));
            return seen.model.empty() ? tr("✓ %1 asked %2 ago. It is connected.").arg(wording::text(seen.user), ago)
                                      : tr("✓ %1 asked for %2 %3 ago. It is connected.")
                                            .arg(wording::text(seen.user), wording::text(seen.model), ago);
        }
        if (!m_test->needsHint(now()))
            return tr("Waiting for the first request of %1 (%2). Ask it something.").arg(name, waited);
        auto hint = tr("Nothing has come for %1. Is the address right, and was %2 started again after the change?")
                        .arg(waited, name);
        if (m_test->other())
            hint = tr("%1 Meanwhile %2 asked.").arg(hint, wording::text(m_test->other()->user));
        return hint;
    }());
    m_testButton->setText(isTesting() ? tr("Cancel") : found ? tr("Test again") : tr("Test it"));
    if (m_testBox->property("good").toBool() != found) {
        m_testBox->setProperty("good", found);
        for (QWidget* each : {static_cast<QWidget*>(m_testBox), static_cast<QWidget*>(m_testText)}) {
            each->style()->unpolish(each);
            each->style()->polish(each);
        }
    }
}

} // namespace drover::app
