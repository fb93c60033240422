// SPDX-License-Identifier: MIT
#include "app/window/doctor_dialog.h"

#include "app/doctor/checks.h"
#include "app/window/advice_row.h"
#include "app/window/style.h"

#include <QClipboard>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QStandardPaths>
#include <QVBoxLayout>

#include <algorithm>

namespace drover::app {

namespace {

constexpr QSize dialogSize(680, 520);

AdviceRow::Mark markOf(Finding::Verdict verdict)
{
    switch (verdict) {
    case Finding::Verdict::Problem:
        return AdviceRow::Mark::Bad;
    case Finding::Verdict::Warning:
        return AdviceRow::Mark::Odd;
    case Finding::Verdict::Ok:
        return AdviceRow::Mark::Good;
    case Finding::Verdict::NotApplicable:
        break;
    }
    return AdviceRow::Mark::None;
}

QString buttonOf(Remedy::Kind kind)
{
    switch (kind) {
    case Remedy::Kind::None:
        return {};
    case Remedy::Kind::ChangeSetting:
    case Remedy::Kind::MakePrivate:
    case Remedy::Kind::MakeFolder:
    case Remedy::Kind::TurnLoginItemOn:
        return DoctorDialog::tr("Mend");
    case Remedy::Kind::Resume:
        return DoctorDialog::tr("Resume");
    case Remedy::Kind::Undrain:
        return DoctorDialog::tr("Take new requests");
    case Remedy::Kind::StartOllama:
        return DoctorDialog::tr("Start Ollama");
    case Remedy::Kind::OpenSetting:
        return DoctorDialog::tr("Open the setting");
    case Remedy::Kind::OpenModels:
        return DoctorDialog::tr("Open Models");
    case Remedy::Kind::OpenLogs:
        return DoctorDialog::tr("Open the log");
    }
    return {};
}

/// "2 problems, 1 warning, 25 in order"
QString summaryOf(const std::vector<Finding>& findings)
{
    const auto count = [&](Finding::Verdict verdict) {
        return static_cast<int>(std::ranges::count(findings, verdict, &Finding::verdict));
    };
    const int problems = count(Finding::Verdict::Problem);
    const int warnings = count(Finding::Verdict::Warning);
    if (problems + warnings == 0)
        return DoctorDialog::tr("All is well.");
    return DoctorDialog::tr("%1, %2, %3")
        .arg(DoctorDialog::tr("%n problem(s)", nullptr, problems), DoctorDialog::tr("%n warning(s)", nullptr, warnings),
            DoctorDialog::tr("%n in order", nullptr, count(Finding::Verdict::Ok)));
}

/// Sentences of findings begin small, as a terminal's list has them. Names, addresses and commands stay as they are.
QString capitalised(QString sentence)
{
    const auto first = sentence.section(QLatin1Char(' '), 0, 0);
    if (!first.isEmpty() && std::all_of(first.begin(), first.end(), [](QChar letter) { return letter.isLetter(); }))
        sentence[0] = sentence[0].toUpper();
    return sentence;
}

} // namespace

DoctorDialog::DoctorDialog(Port& port, QWidget* parent)
    : QDialog(parent)
    , m_port(port)
    , m_summary(new QLabel)
    , m_progress(new QProgressBar)
    , m_list(new QVBoxLayout)
{
    setWindowTitle(tr("Doctor"));
    resize(dialogSize);
    m_summary->setFont(textFont(TextSize::Title, QFont::DemiBold));
    m_summary->setWordWrap(true);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the checks"));
    auto* content = new QWidget;
    content->setObjectName(QStringLiteral("pageContent"));
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(space::large, space::medium, space::large, space::medium);
    m_list->setSpacing(space::tight);
    rows->addLayout(m_list);
    rows->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("pageScroll"));
    scroll->setAccessibleName(tr("Findings"));
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    auto* whole = new QVBoxLayout(this);
    whole->setSpacing(space::medium);
    whole->addWidget(m_summary);
    whole->addWidget(m_progress);
    whole->addWidget(scroll, 1);
    whole->addLayout(makeButtons());
    connect(&m_run, &DoctorRun::progressed, this, [this](int done, int all) {
        m_progress->setRange(0, all);
        m_progress->setValue(done);
    });
    connect(&m_run, &DoctorRun::looked, this, [this](const Facts& facts) { show(facts, diagnose(facts)); });
    connect(&m_run, &DoctorRun::bundleSaved, this, [this](const QString& path, const QString& trouble) {
        say(trouble.isEmpty() ? tr("Saved %1. Look through it before you send it.").arg(QDir::toNativeSeparators(path))
                              : trouble);
    });
    stop();
}

QLayout* DoctorDialog::makeButtons()
{
    m_again = new QPushButton;
    m_copy = new QPushButton(tr("Copy as text"));
    m_save = new QPushButton(tr("Save support bundle…"));
    m_save->setToolTip(tr("One file for somebody who helps, without keys, tokens and names"));
    auto* close = new QPushButton(tr("Close"));
    connect(m_again, &QPushButton::clicked, this, [this] {
        if (!m_looking)
            return look();
        m_run.cancel();
        stop();
        say(tr("Cancelled."));
    });
    connect(m_copy, &QPushButton::clicked, this, &DoctorDialog::copy);
    connect(m_save, &QPushButton::clicked, this, &DoctorDialog::askWhereToSave);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::small);
    row->addWidget(m_again);
    row->addStretch();
    for (auto* button : {m_copy, m_save, close})
        row->addWidget(button);
    return row;
}

void DoctorDialog::look()
{
    m_looking = true;
    say(tr("Looking…"));
    m_progress->setRange(0, 0);
    m_progress->show();
    m_again->setText(tr("Cancel"));
    m_copy->setEnabled(false);
    m_save->setEnabled(false);
    m_run.look(m_port.scene());
}

void DoctorDialog::stop()
{
    m_looking = false;
    m_progress->hide();
    m_again->setText(tr("Check again"));
    m_copy->setEnabled(!m_findings.empty());
    m_save->setEnabled(!m_findings.empty());
}

void DoctorDialog::show(const Facts& facts, const std::vector<Finding>& findings)
{
    m_facts = facts;
    m_findings = bySeverity(findings);
    stop();
    say(summaryOf(m_findings));
    fill();
}

void DoctorDialog::fill()
{
    while (m_rows.size() < m_findings.size()) {
        auto* row = new AdviceRow;
        connect(row->button(), &QPushButton::clicked, this, [this, at = m_rows.size()] { mend(at); });
        m_list->addWidget(row);
        m_rows.push_back(row);
    }
    for (std::size_t at = 0; at < m_rows.size(); ++at) {
        m_rows[at]->setVisible(at < m_findings.size());
        if (at >= m_findings.size())
            continue;
        const Finding& finding = m_findings[at];
        m_rows[at]->show(
            markOf(finding.verdict), capitalised(finding.sentence), finding.fix, buttonOf(finding.remedy.kind));
        m_rows[at]->button()->setToolTip(questionOf(finding.remedy));
    }
}

void DoctorDialog::mend(std::size_t at)
{
    if (m_looking || at >= m_findings.size())
        return;
    const Remedy remedy = m_findings[at].remedy;
    if (!mendsAlone(remedy.kind)) {
        Q_EMIT openAsked(remedy);
        return;
    }
    if (const auto done = m_port.mend(remedy); !done)
        return say(QString::fromStdString(done.error().detail));
    look();
}

void DoctorDialog::copy()
{
    QGuiApplication::clipboard()->setText(findingsText(m_findings));
    say(tr("Copied."));
}

void DoctorDialog::askWhereToSave()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    auto* question = new QFileDialog(this, tr("Save support bundle"), folder);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setAcceptMode(QFileDialog::AcceptSave);
    question->selectFile(bundleName(QDateTime::currentSecsSinceEpoch()));
    connect(question, &QFileDialog::fileSelected, this,
        [this](const QString& path) { m_run.saveBundle(path, m_facts, m_findings, m_port.bundleSources()); });
    question->open();
}

void DoctorDialog::say(const QString& sentence)
{
    m_summary->setText(sentence);
}

} // namespace drover::app
