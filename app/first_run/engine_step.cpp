// SPDX-License-Identifier: MIT
#include "app/first_run/engine_step.h"

#include "app/ollama/backend_check.h"
#include "app/settings/address.h"
#include "app/settings/setting_access.h"
#include "app/window/backend_dialog.h"
#include "app/window/backends_editor.h"
#include "app/window/card.h"
#include "app/window/setting_words.h"
#include "app/window/style.h"

#include <QButtonGroup>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace drover::app {

namespace {

constexpr int besideMark = 26; ///< from a choice's mark to its text, as the style sheet has it
constexpr std::string_view modeKey = "engine.mode";
constexpr std::string_view backendKey = "backend";

QString addressOf(const QUrl& server)
{
    return server.authority(QUrl::FullyEncoded);
}

/// What was found, and what stands in the way, in sentences.
QString findingText(const EngineFound& found, bool demo)
{
    using enum ServerFound::Outcome;
    QStringList sentences;
    const QString where = addressOf(found.server);
    switch (found.answer.outcome) {
    case Answers:
        sentences << EngineStep::tr("Ollama %1 runs on %2.").arg(found.answer.version, where);
        break;
    case Stranger:
        sentences << EngineStep::tr("Something that is no Ollama answers on %1.").arg(where)
                  << found.holder + QLatin1Char('.');
        break;
    case Silent:
        sentences << EngineStep::tr("Whoever listens on %1 does not answer.").arg(where)
                  << found.holder + QLatin1Char('.');
        break;
    case Nobody:
        sentences << EngineStep::tr("Nothing answers on %1.").arg(where);
        sentences << (found.program.isEmpty() ? EngineStep::tr("Ollama is not installed in a usual place.")
                                              : EngineStep::tr("Ollama is installed: %1").arg(found.program));
        break;
    }
    if (demo)
        sentences << EngineStep::tr("At present Drover answers from a simulated model, whatever is chosen here.");
    return sentences.join(QLatin1Char(' '));
}

} // namespace

EngineStep::EngineStep(LiveSettings& settings, std::function<void()> startOllama, QWidget* parent)
    : FirstRunStep(tr("Which Ollama?"), tr("Drover never stops or restarts an Ollama that it did not start."), parent)
    , m_settings(settings)
    , m_startOllama(std::move(startOllama))
    , m_finding(new QLabel)
    , m_again(new QPushButton(tr("Look again")))
    , m_guide(new QPushButton(tr("How to install Ollama")))
    , m_address(new QLineEdit)
    , m_test(new QPushButton(tr("Test")))
    , m_tested(quiet(new QLabel))
{
    m_finding->setWordWrap(true);
    m_finding->setTextFormat(Qt::PlainText);
    auto* card = new Card({});
    auto* looks = new QHBoxLayout;
    looks->addWidget(m_again);
    looks->addWidget(m_guide);
    looks->addStretch();
    card->body()->addWidget(m_finding);
    card->body()->addLayout(looks);
    body()->addWidget(card);
    m_use = addChoice(tr("Use the one that runs"), tr("Drover connects to it and leaves its life to you."));
    m_start = addChoice(tr("Start it for me and keep it running"),
        tr("When nothing answers, Drover starts Ollama, watches it, and ends it with itself."));
    m_other = addChoice(tr("Another address"), tr("On this machine or another one."));
    auto* choices = new QButtonGroup(this); // one stop of Tab, then the arrow keys
    for (auto* choice : {m_use, m_start, m_other})
        choices->addButton(choice);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(besideMark, 0, 0, 0);
    row->addWidget(m_address, 1);
    row->addWidget(m_test);
    body()->addLayout(row);
    m_tested->setWordWrap(true);
    m_tested->setContentsMargins(besideMark, 0, 0, 0);
    body()->addWidget(m_tested);
    body()->addStretch(1);
    m_address->setAccessibleName(tr("Address of another Ollama"));
    m_address->setPlaceholderText(QStringLiteral("http://192.168.1.20:11434"));
    for (auto* button : {m_again, m_guide, m_test})
        button->setAutoDefault(false);
    connect(m_again, &QPushButton::clicked, this, &EngineStep::look);
    connect(m_test, &QPushButton::clicked, this, &EngineStep::test);
    connect(m_guide, &QPushButton::clicked, this,
        [] { QDesktopServices::openUrl(QUrl(QStringLiteral("https://ollama.com/download"))); });
    connect(m_address, &QLineEdit::textEdited, this, [this] { choose(EngineChoice::Address); });
}

QRadioButton* EngineStep::addChoice(const QString& name, const QString& about)
{
    auto* choice = new QRadioButton(name);
    choice->setAccessibleDescription(about);
    auto* words = quiet(new QLabel(about));
    words->setWordWrap(true);
    words->setFont(textFont(TextSize::Caption));
    words->setContentsMargins(besideMark, 0, 0, 0);
    auto* both = new QVBoxLayout;
    both->setSpacing(0);
    both->addWidget(choice);
    both->addWidget(words);
    body()->addLayout(both);
    return choice;
}

void EngineStep::enter()
{
    const auto fixed = [this](std::string_view key) {
        return setting_words::whyFixed(key, m_settings.resolved().origin(key));
    };
    const QString why = fixed(modeKey) + (fixed(modeKey).isEmpty() ? fixed(backendKey) : QString());
    for (auto* choice : {m_use, m_start, m_other})
        choice->setEnabled(why.isEmpty());
    m_address->setEnabled(why.isEmpty());
    say(why);
    look();
}

void EngineStep::look()
{
    m_finding->setText(tr("Looking for Ollama…"));
    m_again->setEnabled(false);
    m_guide->hide();
    probeEngine(m_network, m_settings.resolved().settings, this, [this](const EngineFound& found) { show(found); });
}

void EngineStep::show(const EngineFound& found)
{
    const bool isFirst = !m_found;
    m_found = found;
    m_again->setEnabled(true);
    m_guide->setVisible(found.program.isEmpty() && found.answer.outcome != ServerFound::Outcome::Answers);
    const Settings& settings = m_settings.resolved().settings;
    m_finding->setText(findingText(found, settings.config.demo));
    if (m_start->isEnabled())
        m_start->setEnabled(!found.program.isEmpty());
    if (!isFirst)
        return; // the person has chosen meanwhile
    choose(
        settings.ollama.mode == OllamaMode::Supervise && m_start->isEnabled() ? EngineChoice::Start : suggested(found));
}

void EngineStep::choose(EngineChoice choice)
{
    m_use->setChecked(choice == EngineChoice::Use);
    m_start->setChecked(choice == EngineChoice::Start);
    m_other->setChecked(choice == EngineChoice::Address);
}

void EngineStep::test()
{
    choose(EngineChoice::Address);
    const auto url = parseUrl(m_address->text().toStdString());
    if (!url)
        return m_tested->setText(setting_words::whatIsAllowed({.type = ValueType::Url}));
    m_tested->setText(tr("Asking…"));
    const drover::BackendConfig backend{.url = urlText(*url)};
    checkBackend(m_network, backend, std::chrono::seconds(5), this,
        [this](const BackendFound& found) { m_tested->setText(backendFoundText(found)); });
}

bool EngineStep::leave()
{
    if (!m_use->isEnabled() || !m_found)
        return true; // decided elsewhere, or skipped before anything was known
    if (m_other->isChecked() && !takeAddress())
        return false;
    const OllamaMode mode = m_start->isChecked() ? OllamaMode::Supervise : OllamaMode::Adopt;
    if (mode != m_settings.resolved().settings.ollama.mode) {
        if (const auto trouble = m_settings.change(modeKey, name(mode))) {
            say(tr("Nothing was changed: %1.").arg(QString::fromStdString(trouble->sentence)));
            return false;
        }
    }
    if (m_start->isChecked() && m_found->answer.outcome == ServerFound::Outcome::Nobody)
        m_startOllama();
    say({});
    return true;
}

bool EngineStep::takeAddress()
{
    const auto url = parseUrl(m_address->text().toStdString());
    if (!url) {
        say(setting_words::whatIsAllowed({.type = ValueType::Url}));
        m_address->setFocus();
        return false;
    }
    const auto& backends = m_settings.resolved().settings.backends;
    if (backends.front().backend.url == urlText(*url))
        return true;
    const auto trouble = m_settings.edit([&](const std::string& before) -> drover::Result<std::string> {
        const auto all = withEveryBackend(before, backends);
        if (!all)
            return all.error();
        return changeBlock(*all, backendKey, 0, {{"url", urlText(*url)}});
    });
    if (trouble)
        say(tr("Nothing was changed: %1.").arg(QString::fromStdString(trouble->sentence)));
    return !trouble;
}

} // namespace drover::app
