// SPDX-License-Identifier: MIT
#include "app/window/join_dialog.h"

#include "app/joining/join_words.h"
#include "app/settings/settings_source.h"
#include "app/window/advice_row.h"
#include "app/window/card.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QClipboard>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace drover::app {

namespace {

using Phase = JoinView::Phase;
enum PageNumber { Entry, Progress, Consent, Outcome };
constexpr int widthUsual = 560;
constexpr int heightUsual = 480;
constexpr int textLines = 4;

QLabel* wrapped(const QString& text = {})
{
    auto* label = new QLabel(text);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText); // has words of others
    return label;
}

/// "What it can ask" and its lines, as text that a screen reader reads in one go.
QString section(const QString& title, const QStringList& lines)
{
    QString text = QStringLiteral(
        "<p style=\"margin:8px 0 2px 0\"><b>%1</b></p><ul style=\"margin:0 0 0 14px; -qt-list-indent:0\">")
                       .arg(title.toHtmlEscaped());
    for (const QString& line : lines)
        text += QStringLiteral("<li>%1</li>").arg(line.toHtmlEscaped());
    return text + QStringLiteral("</ul>");
}

} // namespace

JoinDialog::JoinDialog(PoolDesk& desk, QWidget* parent)
    : QDialog(parent)
    , m_joining(desk)
    , m_title(new QLabel)
    , m_pages(new QStackedWidget)
    , m_primary(new QPushButton)
    , m_secondary(new QPushButton)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Join a pool"));
    setAcceptDrops(true);
    resize(widthUsual, heightUsual);
    m_title->setFont(textFont(TextSize::Figure, QFont::DemiBold));
    m_title->setWordWrap(true);
    m_pages->addWidget(makeEntry());
    m_pages->addWidget(makeProgress());
    m_pages->addWidget(makeConsent());
    m_pages->addWidget(makeOutcome());
    m_primary->setDefault(true);
    m_primary->setProperty("primary", true);
    m_secondary->setAutoDefault(false);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::small);
    buttons->addStretch();
    buttons->addWidget(m_secondary);
    buttons->addWidget(m_primary);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(space::page, space::page, space::page, space::page);
    whole->setSpacing(space::medium);
    whole->addWidget(m_title);
    whole->addWidget(m_pages, 1);
    whole->addLayout(buttons);
    connect(m_primary, &QPushButton::clicked, this, &JoinDialog::primary);
    connect(m_secondary, &QPushButton::clicked, this, &JoinDialog::reject);
    connect(&m_joining, &Joining::changed, this, &JoinDialog::draw);
    draw();
}

JoinDialog::~JoinDialog()
{
    m_joining.disconnect(this);
}

QWidget* JoinDialog::makeEntry()
{
    m_linkNote =
        wrapped(tr("A link from outside Drover asks for this: from a web page, a message or another program. Go on "
                   "only if you clicked it yourself."));
    m_linkNote->hide();
    m_text = new QPlainTextEdit;
    m_text->setPlaceholderText(tr("drover://join?… or https://pool.example.org/j#…\nSERVER_URL=… CLIENT_KEY=…"));
    m_text->setAccessibleName(tr("The invitation as you were given it"));
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(m_text->fontMetrics().lineSpacing() * textLines + space::large);
    auto* file = new QPushButton(tr("Open a file…"));
    file->setAutoDefault(false);
    connect(file, &QPushButton::clicked, this, &JoinDialog::openFile);
    m_server = new QLineEdit;
    m_server->setPlaceholderText(QStringLiteral("wss://pool.example.org"));
    m_server->setMaxLength(1024);
    m_key = new QLineEdit;
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setMaxLength(static_cast<int>(poolKeyBytesMax));
    m_key->setPlaceholderText(tr("empty for a pool without one"));
    auto* fields = new QFormLayout;
    fields->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    fields->addRow(tr("&Server"), m_server);
    fields->addRow(tr("&Key"), m_key);
    m_entryTrouble = new AdviceRow;
    m_entryTrouble->hide();
    // A text is taken apart into the fields, so that one sees what was understood, and no key is left in sight.
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        const auto invitation = parseInvitation(m_text->toPlainText().toStdString());
        if (invitation && (!invitation->key.empty() || !invitation->code.empty()))
            fill(*invitation);
    });
    auto* page = new QWidget;
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(space::small);
    rows->addWidget(m_linkNote);
    rows->addWidget(wrapped(tr("Paste what you were given: a link, the text of a file, or the settings of a worker.")));
    rows->addWidget(m_text);
    rows->addWidget(file, 0, Qt::AlignLeft);
    rows->addSpacing(space::small);
    rows->addWidget(quiet(wrapped(tr("Or type the address of the pool's server and its key:"))));
    rows->addLayout(fields);
    rows->addWidget(m_entryTrouble);
    rows->addStretch();
    return page;
}

QWidget* JoinDialog::makeProgress()
{
    m_progress = wrapped();
    auto* bar = new QProgressBar;
    bar->setRange(0, 0);
    bar->setTextVisible(false);
    bar->setAccessibleName(tr("At work"));
    auto* page = new QWidget;
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addStretch(2);
    rows->addWidget(m_progress);
    rows->addWidget(bar);
    rows->addStretch(3);
    return page;
}

QWidget* JoinDialog::makeConsent()
{
    m_host = wrapped();
    m_host->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_warning = new AdviceRow;
    m_terms = new QLabel;
    m_terms->setWordWrap(true);
    m_terms->setTextFormat(Qt::RichText); // what others wrote is escaped
    m_terms->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    auto* inside = new QWidget;
    auto* lines = new QVBoxLayout(inside);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->addWidget(m_warning);
    lines->addWidget(m_terms);
    lines->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("pageScroll"));
    scroll->setAccessibleName(tr("What you agree to"));
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(inside);
    m_name = new QLineEdit;
    m_name->setMaxLength(static_cast<int>(poolNameBytesMax));
    m_workerName = new QLineEdit;
    m_workerName->setMaxLength(64);
    m_nameTrouble = new AdviceRow;
    m_nameTrouble->hide();
    auto* fields = new QFormLayout;
    fields->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    fields->addRow(tr("Call the &pool"), m_name);
    fields->addRow(tr("This &machine is told as"), m_workerName);
    auto* page = new QWidget;
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(space::small);
    rows->addWidget(m_host);
    rows->addWidget(scroll, 1);
    rows->addLayout(fields);
    rows->addWidget(m_nameTrouble);
    return page;
}

QWidget* JoinDialog::makeOutcome()
{
    m_outcome = new AdviceRow;
    m_outcomeTrouble = new AdviceRow;
    connect(m_outcomeTrouble->button(), &QPushButton::clicked, this, &JoinDialog::mend);
    auto* page = new QWidget;
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_outcome);
    rows->addWidget(m_outcomeTrouble);
    rows->addStretch();
    return page;
}

void JoinDialog::show(const drover::Snapshot& snapshot)
{
    m_joining.show(snapshot);
}

void JoinDialog::fill(const Invitation& invitation)
{
    m_given = invitation;
    const QSignalBlocker quietly(m_text);
    m_text->clear();
    m_server->setText(QString::fromStdString(invitation.server));
    m_key->setText(QString::fromStdString(invitation.key));
    m_entryTrouble->hide();
}

void JoinDialog::takeLink(const std::string& text)
{
    const auto invitation = parseInvitation(text);
    showEntry(m_primary);
    m_entryTrouble->setVisible(!invitation);
    if (!invitation)
        return m_entryTrouble->show(AdviceRow::Mark::Bad, tr("Drover does not follow this link."),
            wording::sentence(invitation.error().detail), {});
    m_linkNote->show();
    fill(*invitation);
}

void JoinDialog::takeText(const QString& text)
{
    showEntry(m_primary);
    const auto invitation = parseInvitation(text.toStdString());
    if (invitation)
        return fill(*invitation);
    m_entryTrouble->setVisible(true);
    m_entryTrouble->show(AdviceRow::Mark::Bad, tr("This is no invitation that Drover understands."),
        wording::sentence(invitation.error().detail), {});
}

void JoinDialog::startAt(Start start)
{
    showEntry(start == Start::ByHand ? static_cast<QWidget*>(m_server) : m_text);
    if (start == Start::File)
        openFile();
}

void JoinDialog::openFile()
{
    auto* dialog = new QFileDialog(this, tr("Open an invitation"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Invitations (*.pooljoin *.env *.yaml *.yml *.json *.txt)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        const auto text = readTextFile(file.toStdString());
        takeText(text ? QString::fromStdString(*text) : QString());
    });
    dialog->open();
}

void JoinDialog::dragEnterEvent(QDragEnterEvent* event)
{
    if (m_isEntry && (event->mimeData()->hasText() || event->mimeData()->hasUrls()))
        event->acceptProposedAction();
}

void JoinDialog::dropEvent(QDropEvent* event)
{
    const auto urls = event->mimeData()->urls();
    if (!urls.isEmpty() && urls.first().isLocalFile()) {
        const auto text = readTextFile(urls.first().toLocalFile().toStdString());
        return takeText(text ? QString::fromStdString(*text) : QString());
    }
    takeText(event->mimeData()->text());
}

void JoinDialog::showEntry(QWidget* focus)
{
    m_isEntry = true;
    m_joining.cancel();
    draw();
    focus->setFocus();
}

/// What the button on the right does.
void JoinDialog::primary()
{
    const JoinView& view = m_joining.view();
    if (m_isEntry) {
        if (const QString text = m_text->toPlainText().trimmed(); !text.isEmpty()) {
            const auto invitation = parseInvitation(text.toStdString());
            if (!invitation)
                return takeText(text);
            fill(*invitation);
        }
        Invitation invitation = m_given;
        if (m_server->text().trimmed().toStdString() != m_given.server)
            invitation = {};
        invitation.server = m_server->text().trimmed().toStdString();
        invitation.key = m_key->text().trimmed().toStdString();
        if (!invitation.key.empty() && !isPoolKey(invitation.key)) {
            JoinView wrong;
            wrong.trouble = JoinTrouble::BadKey;
            m_entryTrouble->setVisible(true);
            return m_entryTrouble->show(AdviceRow::Mark::Bad, JoinWords::sentence(wrong), {}, {});
        }
        m_isEntry = false;
        return m_joining.begin(invitation);
    }
    if (view.phase == Phase::Asking)
        return m_joining.agree(m_name->text().trimmed().toStdString(), m_workerName->text().trimmed().toStdString());
    accept();
    close();
}

/// What the button beside a trouble does.
void JoinDialog::mend()
{
    switch (JoinWords::fix(m_joining.view().trouble)) {
    case JoinFix::None:
    case JoinFix::StartOllama:
        break;
    case JoinFix::TryAgain:
        m_joining.tryAgain();
        break;
    case JoinFix::EditAddress:
        showEntry(m_server);
        break;
    case JoinFix::EditKey:
        showEntry(m_key);
        break;
    case JoinFix::EditName:
        m_name->setFocus();
        break;
    case JoinFix::OpenModels:
        Q_EMIT modelsAsked();
        close();
        break;
    case JoinFix::AskForAnother:
        QGuiApplication::clipboard()->setText(askingText());
        m_outcomeTrouble->button()->setText(tr("Copied"));
        break;
    case JoinFix::KeepTrying:
        close();
        break;
    }
}

QString JoinDialog::askingText() const
{
    const JoinView& view = m_joining.view();
    return view.trouble == JoinTrouble::NoExchange
        ? tr("The invitation to %1 has a code, which my Drover cannot trade for a key there. Could you send me the "
             "server's "
             "address and a key?")
              .arg(view.host)
        : tr("My invitation to %1 has expired or was used already. Could you send me a new one?").arg(view.host);
}

void JoinDialog::reject()
{
    m_joining.cancel(); // what was not agreed to, or is not connected, is taken back
    QDialog::reject();
    close();
}

void JoinDialog::draw()
{
    const JoinView& view = m_joining.view();
    const bool asks = !m_isEntry && view.phase == Phase::Asking;
    const bool runs = !m_isEntry && view.runs();
    const int page = m_isEntry ? Entry : asks ? Consent : runs ? Progress : Outcome;
    if (page == Consent)
        drawConsent(view);
    else if (page == Outcome)
        drawOutcome(view);
    setTextOf(m_progress, JoinWords::progress(view));
    setTextOf(m_title,
        page == Consent                                       ? tr("Let %1 use this machine?").arg(view.host)
            : page == Outcome && view.phase == Phase::Sharing ? tr("Joined %1").arg(view.name)
            : page == Outcome                                 ? tr("Not joined")
                                                              : tr("Join a pool"));
    const bool changes = m_pages->currentIndex() != page;
    m_pages->setCurrentIndex(page);
    m_primary->setVisible(page != Progress);
    m_primary->setText(page == Entry ? tr("Look for the pool") : page == Consent ? tr("Join") : tr("Close"));
    m_secondary->setVisible(page != Outcome);
    m_secondary->setText(page == Consent ? tr("Not now") : tr("Cancel"));
    if (changes && page == Consent)
        m_secondary->setFocus(); // a key that was meant for something else agrees to nothing
    else if (changes && page == Outcome)
        m_primary->setFocus();
}

void JoinDialog::drawConsent(const JoinView& view)
{
    setTextOf(m_host, view.url);
    const QStringList warnings = JoinWords::warnings(view);
    m_warning->setVisible(!warnings.isEmpty());
    if (!warnings.isEmpty())
        m_warning->show(AdviceRow::Mark::Odd, warnings.join(QLatin1Char('\n')), {}, {});
    setTextOf(m_terms,
        section(tr("What it can ask"), JoinWords::asks(view)) + section(tr("What it can see"), JoinWords::sees(view))
            + section(tr("What you must know"), JoinWords::know(view)));
    if (m_pages->currentIndex() != Consent) {
        m_name->setText(view.name);
        m_workerName->setText(view.workerName);
    }
    const bool bad = view.trouble != JoinTrouble::None;
    m_nameTrouble->setVisible(bad);
    if (bad)
        m_nameTrouble->show(AdviceRow::Mark::Bad, JoinWords::sentence(view), JoinWords::advice(view), {});
}

void JoinDialog::drawOutcome(const JoinView& view)
{
    const bool joined = view.phase == Phase::Sharing;
    m_outcome->setVisible(joined && view.trouble == JoinTrouble::None);
    if (joined)
        m_outcome->show(AdviceRow::Mark::Good, JoinWords::progress(view),
            view.warning.isEmpty() ? QString() : wording::sentence(view.warning.toStdString()), {});
    m_outcomeTrouble->setVisible(view.trouble != JoinTrouble::None);
    if (view.trouble != JoinTrouble::None)
        m_outcomeTrouble->show(joined ? AdviceRow::Mark::Odd : AdviceRow::Mark::Bad, JoinWords::sentence(view),
            JoinWords::advice(view), JoinWords::button(JoinWords::fix(view.trouble)));
}

} // namespace drover::app
