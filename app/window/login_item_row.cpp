// SPDX-License-Identifier: MIT
#include "app/window/login_item_row.h"

#include "app/window/card.h"
#include "app/window/style.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace drover::app {

LoginItemRow::LoginItemRow(LoginItem item, QWidget* parent)
    : QWidget(parent)
    , m_item(std::move(item))
    , m_box(new QCheckBox)
    , m_state(quiet(new QLabel))
{
    const QString name = tr("Start at login");
    const QString sentence = tr("Drover then waits in the tray and your apps reach it from the start.");
    setAccessibleName(name);
    setObjectName(QStringLiteral("login-item"));
    auto* title = new QLabel(name);
    title->setFont(textFont(TextSize::Body, QFont::DemiBold));
    auto* about = quiet(new QLabel(sentence));
    about->setWordWrap(true);
    m_state->setWordWrap(true);
    m_state->setTextFormat(Qt::PlainText);
    m_state->setFont(textFont(TextSize::Caption));
    m_box->setAccessibleName(name);
    m_box->setFixedWidth(250);
    connect(m_box, &QCheckBox::clicked, this, &LoginItemRow::change);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(title);
    words->addWidget(about);
    auto* top = new QHBoxLayout;
    top->setSpacing(space::large);
    top->addLayout(words, 1);
    top->addWidget(m_box, 0, Qt::AlignTop);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, space::small, 0, space::tight);
    whole->setSpacing(2);
    whole->addLayout(top);
    whole->addWidget(m_state);
    m_searched = QStringList{name, sentence, QStringLiteral("drover login-item on")}.join(QLatin1Char('\n')).toLower();
    readAgain();
}

void LoginItemRow::readAgain()
{
    using State = LoginItemStatus::State;
    const auto status = m_item.status();
    const bool on = status && status->state == State::On;
    m_box->setChecked(on);
    m_box->setText(on ? tr("On") : tr("Off"));
    m_box->setEnabled(status && !m_item.command().empty());
    if (!status)
        setTextOf(m_state, QString::fromStdString(status.error().detail));
    else if (m_item.command().empty())
        setTextOf(m_state, tr("There is no drover-tray beside this program that could start at login."));
    else if (status->state == State::SwitchedOffBySystem)
        setTextOf(m_state,
            tr("Switched off by the system, in %1; switch it on there.")
                .arg(QString::fromUtf8(LoginItem::heldBackIn().data(), qsizetype(LoginItem::heldBackIn().size()))));
    else if (on && status->programGone)
        setTextOf(
            m_state, tr("The program that should start is not there any more. Switch it off and on to renew it."));
    else if (on && status->command != m_item.command())
        setTextOf(m_state, tr("Another Drover starts at login. Switch it off and on to start this one."));
    else
        setTextOf(m_state, tr("drover login-item %1").arg(on ? QStringLiteral("off") : QStringLiteral("on")));
}

bool LoginItemRow::matches(const QStringList& words) const
{
    return std::all_of(words.begin(), words.end(), [this](const QString& word) { return m_searched.contains(word); });
}

void LoginItemRow::change(bool on)
{
    const auto done = on ? m_item.switchOn() : m_item.switchOff();
    readAgain();
    if (!done)
        setTextOf(m_state, QString::fromStdString(done.error().detail));
}

} // namespace drover::app
