// SPDX-License-Identifier: MIT
#include "app/window/host_setup.h"

#include "app/joining/pool_desk.h"
#include "app/window/card.h"
#include "app/window/host_parts.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QSysInfo>
#include <QVBoxLayout>

#include <algorithm>

namespace drover::app {

namespace {

constexpr QSize usualSize(660, 640);
constexpr int textWidth = 540;

struct Choice {
    HostReach reach;
    QString title;
    QString about;
};

std::vector<Choice> choices()
{
    return {{HostReach::ThisMachine, HostSetup::tr("This machine"),
                HostSetup::tr("Only programs here reach the pool, workers among them. Good for trying it out.")},
        {HostReach::MyNetwork, HostSetup::tr("My network"),
            HostSetup::tr("Machines at home or in the office reach it, with a key. The system may ask whether Drover "
                          "may take connections (the firewall of Windows, Local Network on macOS): say yes, or the "
                          "others find nothing.")},
        {HostReach::Internet, HostSetup::tr("Internet, with my own certificate"),
            HostSetup::tr("Everybody with a key reaches it, encrypted. It needs a name, a certificate for that name, "
                          "and its port open in your router.")},
        {HostReach::BehindProxy, HostSetup::tr("Internet, behind a reverse proxy or tunnel"),
            HostSetup::tr("A program on this machine, such as Caddy or cloudflared, takes the connections and has the "
                          "certificate. Drover opens nothing but a port for it.")}};
}

QLabel* caption(const QString& text)
{
    auto* label = quiet(new QLabel(text));
    label->setFont(textFont(TextSize::Caption));
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    label->setMinimumHeight(label->heightForWidth(textWidth));
    return label;
}

} // namespace

HostSetup::HostSetup(HostDesk desk, QWidget* parent)
    : QDialog(parent)
    , m_desk(std::move(desk))
    , m_happens(new QLabel)
    , m_commands(new QWidget)
    , m_trouble(new QLabel)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Host a pool"));
    resize(usualSize);
    auto* inside = new QWidget;
    auto* rows = new QVBoxLayout(inside);
    rows->setContentsMargins(0, 0, space::small, 0);
    rows->setSpacing(space::medium);
    rows->addWidget(makeReach());
    rows->addWidget(makeFiles());
    rows->addWidget(makeRest());
    m_commandRows = new QVBoxLayout(m_commands);
    m_commandRows->setContentsMargins(0, 0, 0, 0);
    m_commandRows->setSpacing(space::tight);
    rows->addWidget(m_commands);
    rows->addStretch();
    auto* area = new QScrollArea;
    area->setWidget(inside);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_happens->setWordWrap(true);
    m_happens->setTextFormat(Qt::PlainText);
    m_trouble->setObjectName(QStringLiteral("trouble"));
    m_trouble->setWordWrap(true);
    m_trouble->setTextFormat(Qt::PlainText);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_host = buttons->addButton(tr("Host the pool"), QDialogButtonBox::AcceptRole);
    m_host->setProperty("primary", true);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &HostSetup::host);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(space::page, space::page, space::page, space::page);
    whole->setSpacing(space::medium);
    whole->addWidget(area, 1);
    whole->addWidget(m_happens);
    whole->addWidget(m_trouble);
    whole->addWidget(buttons);
    setPlan(planOf(m_desk.settings.settings()));
}

QWidget* HostSetup::makeReach()
{
    m_name = new QLineEdit;
    m_name->setMaxLength(64);
    m_name->setPlaceholderText(QSysInfo::machineHostName());
    m_name->setAccessibleName(tr("Name of the pool"));
    connect(m_name, &QLineEdit::textChanged, this, &HostSetup::judge);
    m_reach = new QButtonGroup(this);
    auto* box = new QWidget;
    auto* rows = new QVBoxLayout(box);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(space::tight);
    auto* name = new QFormLayout;
    name->addRow(tr("Name of the pool"), m_name);
    rows->addLayout(name);
    rows->addSpacing(space::small);
    auto* question = new QLabel(tr("Who shall reach it?"));
    question->setFont(textFont(TextSize::Body, QFont::DemiBold));
    rows->addWidget(question);
    for (const Choice& each : choices()) {
        auto* button = new QRadioButton(each.title);
        button->setAccessibleDescription(each.about);
        m_reach->addButton(button, static_cast<int>(each.reach));
        auto* about = caption(each.about);
        about->setContentsMargins(24, 0, 0, 0);
        rows->addWidget(button);
        rows->addWidget(about);
    }
    connect(m_reach, &QButtonGroup::idToggled, this, &HostSetup::judge);
    return box;
}

QWidget* HostSetup::fileRow(QLineEdit* field, const QString& name)
{
    field->setAccessibleName(name);
    connect(field, &QLineEdit::textChanged, this, &HostSetup::judge);
    auto* choose = new QPushButton(tr("Choose…"));
    choose->setAccessibleName(tr("Choose: %1").arg(name));
    choose->setAutoDefault(false);
    connect(choose, &QPushButton::clicked, this, [this, field, name] {
        auto* dialog = new QFileDialog(this, name);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, field, &QLineEdit::setText);
        dialog->open();
    });
    auto* cell = new QWidget;
    auto* row = new QHBoxLayout(cell);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(field, 1);
    row->addWidget(choose);
    return cell;
}

QWidget* HostSetup::makeFiles()
{
    m_certificate = new QLineEdit;
    m_key = new QLineEdit;
    m_files = new QWidget;
    auto* files = new QFormLayout(m_files);
    files->setContentsMargins(0, 0, 0, 0);
    files->addRow(tr("Certificate (PEM)"), fileRow(m_certificate, tr("Certificate (PEM)")));
    files->addRow(tr("Its key (PEM)"), fileRow(m_key, tr("Its key (PEM)")));
    m_publicUrl = new QLineEdit;
    m_publicUrl->setPlaceholderText(QStringLiteral("https://pool.example.org"));
    m_publicUrl->setAccessibleName(tr("Address for others"));
    connect(m_publicUrl, &QLineEdit::textChanged, this, &HostSetup::judge);
    m_address = new QWidget;
    auto* address = new QFormLayout(m_address);
    address->setContentsMargins(0, 0, 0, 0);
    address->addRow(tr("Address for others"), m_publicUrl);
    auto* box = new QWidget;
    auto* rows = new QVBoxLayout(box);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_files);
    rows->addWidget(m_address);
    return box;
}

QWidget* HostSetup::makeRest()
{
    constexpr int portMax = 65535;
    m_port = new QSpinBox;
    m_port->setRange(1, portMax);
    m_port->setGroupSeparatorShown(false);
    m_port->setAccessibleName(tr("Port"));
    connect(m_port, &QSpinBox::valueChanged, this, &HostSetup::judge);
    m_asksForKeys = new QCheckBox(tr("Ask for keys"));
    m_localBackends = new QCheckBox(tr("This machine answers too"));
    for (auto* each : {m_asksForKeys, m_localBackends})
        connect(each, &QCheckBox::toggled, this, &HostSetup::judge);
    auto* port = new QLabel(tr("Port"));
    port->setBuddy(m_port);
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::large);
    row->addWidget(port);
    row->addWidget(m_port);
    row->addWidget(m_asksForKeys);
    row->addWidget(m_localBackends);
    row->addStretch();
    return box;
}

HostPlan HostSetup::plan() const
{
    return {.name = m_name->text(),
        .reach = static_cast<HostReach>(m_reach->checkedId()),
        .port = static_cast<std::uint16_t>(m_port->value()),
        .certificate = m_certificate->text(),
        .key = m_key->text(),
        .publicUrl = m_publicUrl->text(),
        .asksForKeys = m_asksForKeys->isChecked(),
        .localBackends = m_localBackends->isChecked()};
}

void HostSetup::setPlan(const HostPlan& plan)
{
    m_name->setText(plan.name);
    m_port->setValue(plan.port);
    m_certificate->setText(plan.certificate);
    m_key->setText(plan.key);
    m_publicUrl->setText(plan.publicUrl);
    m_asksForKeys->setChecked(plan.asksForKeys);
    m_localBackends->setChecked(plan.localBackends);
    m_reach->button(static_cast<int>(plan.reach))->setChecked(true);
    judge();
}

void HostSetup::judge()
{
    if (m_reach->checkedId() < 0)
        return; // it is being filled
    const HostPlan now = plan();
    const bool isInternet = now.reach == HostReach::Internet || now.reach == HostReach::BehindProxy;
    m_files->setVisible(now.reach == HostReach::Internet);
    m_address->setVisible(isInternet);
    m_asksForKeys->setEnabled(now.reach == HostReach::ThisMachine);
    if (now.reach != HostReach::ThisMachine)
        m_asksForKeys->setChecked(true);
    setTextOf(m_happens, planSentences(now).join(QLatin1Char('\n')));
    const QStringList commands = proxyCommands(now);
    m_commands->setVisible(!commands.isEmpty());
    if (m_commandRows->count() == 0 && !commands.isEmpty()) {
        m_commandRows->addWidget(caption(tr("One of these brings the connections here:")));
        for (const QString& each : commands)
            m_commandRows->addWidget(new CopyRow(each.section(QLatin1Char(' '), 0, 0)));
    }
    for (int at = 0; at < commands.size(); ++at)
        static_cast<CopyRow*>(m_commandRows->itemAt(at + 1)->widget())->show(commands[at]);
    const QString trouble = planTrouble(now);
    const bool isTyped = now.reach != HostReach::Internet || !(now.certificate.isEmpty() && now.key.isEmpty());
    complain(isTyped && !(now.reach == HostReach::BehindProxy && now.publicUrl.isEmpty()) ? trouble : QString());
    m_host->setEnabled(trouble.isEmpty());
}

void HostSetup::complain(const QString& sentence)
{
    setTextOf(m_trouble, sentence);
    m_trouble->setVisible(!sentence.isEmpty());
}

/// One for a client and one for a machine, unless there are some of that kind.
drover::Result<std::vector<drover::NewKey>> HostSetup::makeFirstKeys() const
{
    auto file = m_desk.openKeys();
    if (!file)
        return file.error();
    const auto there = (*file)->keys();
    if (!there)
        return there.error();
    std::vector<drover::NewKey> made;
    for (const auto& [role, name] :
        {std::pair{drover::KeyRole::Client, "first"}, std::pair{drover::KeyRole::Worker, "first"}}) {
        const bool isThere = std::ranges::any_of(
            *there, [role = role](const auto& each) { return each.role == role && each.revokedAt == 0; });
        if (isThere)
            continue;
        auto key = (*file)->create({.role = role, .name = name}, byTheWindow);
        if (!key)
            return key.error();
        made.push_back(std::move(*key));
    }
    return made;
}

/// The keys come first: a pool that asks for them must never be open without.
void HostSetup::host()
{
    const HostPlan now = plan();
    if (!planTrouble(now).isEmpty())
        return;
    std::vector<drover::NewKey> keys;
    if (makesKeys(now)) {
        auto made = makeFirstKeys();
        if (!made)
            return complain(tr("The keys could not be made: %1").arg(wording::sentence(made.error().detail)));
        keys = std::move(*made);
    }
    if (const auto trouble = m_desk.settings.edit(hostEdit(now))) {
        complain(wording::sentence(trouble->sentence));
        if (keys.empty())
            return;
    } else
        accept();
    Q_EMIT hosted(keys);
}

} // namespace drover::app
