// SPDX-License-Identifier: MIT
#include "app/window/backends_editor.h"

#include "app/ollama/backend_check.h"
#include "app/settings/setting_access.h"
#include "app/settings/settings_table.h"
#include "app/settings/value_text.h"
#include "app/window/backend_dialog.h"
#include "app/window/card.h"
#include "app/window/setting_words.h"
#include "app/window/style.h"

#include <QHBoxLayout>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace drover::app {

namespace {

constexpr std::string_view backendKey = "backend";
constexpr std::chrono::seconds testTimeMax{5};

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

QString nameOf(const BackendSetting& backend)
{
    return text(backend.backend.name.empty() ? backend.backend.url : backend.backend.name);
}

BlockFields fieldsOf(const BackendSetting& backend)
{
    const BackendSetting defaults;
    BlockFields fields;
    for (const auto& field : backendFields()) {
        if (field.name == "url" || field.get(backend) != field.get(defaults))
            fields.emplace_back(field.name, valueText(field.rule, field.get(backend)));
    }
    return fields;
}

QString factsOf(const BackendSetting& backend)
{
    const QString kind = setting_words::choice("backend.kind", choiceName(backend.backend.kind));
    const QString slots = backend.backend.slots == 0
        ? BackendsEditor::tr("jobs at once: auto")
        : BackendsEditor::tr("jobs at once: %1").arg(backend.backend.slots);
    return BackendsEditor::tr("%1 · %2 · %3").arg(text(backend.backend.url), kind, slots);
}

} // namespace

struct BackendsEditor::Row {
    QWidget* widget = nullptr;
    QLabel* result = nullptr;
    std::vector<QPushButton*> changing = {};
    QPushButton* remove = nullptr;
};

BackendsEditor::~BackendsEditor() = default;

BackendsEditor::BackendsEditor(LiveSettings& settings, SecretStore& secrets, QWidget* parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_keys(secrets, settings.source().environment())
    , m_list(new QVBoxLayout)
    , m_note(quiet(new QLabel))
    , m_add(new QPushButton(tr("Add a backend")))
{
    setObjectName(QStringLiteral("backend"));
    setAccessibleName(tr("Backends"));
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    m_note->hide();
    m_list->setSpacing(space::small);
    connect(m_add, &QPushButton::clicked, this, [this] { ask({}); });
    auto* about = quiet(new QLabel(setting_words::sentence(findSetting(backendKey)->sentence)));
    about->setWordWrap(true);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, space::small, 0, space::tight);
    whole->setSpacing(space::small);
    whole->addWidget(about);
    whole->addLayout(m_list);
    whole->addWidget(m_note);
    whole->addWidget(m_add, 0, Qt::AlignLeading);
    readAgain();
}

void BackendsEditor::readAgain()
{
    const auto& backends = m_settings.resolved().settings.backends;
    if (backends != m_shown || m_rows.empty()) {
        for (const Row& row : m_rows)
            row.widget->deleteLater();
        m_rows.clear();
        m_shown = backends;
        for (const BackendSetting& backend : m_shown)
            addRow(backend);
    }
    const QString fixed = setting_words::whyFixed(backendKey, m_settings.resolved().origin(backendKey));
    const bool canWrite = fixed.isEmpty() && !m_settings.isReadOnly();
    showNote();
    m_add->setEnabled(canWrite);
    for (const Row& row : m_rows) {
        for (QPushButton* button : row.changing)
            button->setEnabled(canWrite);
        row.remove->setEnabled(canWrite && m_rows.size() > 1);
        row.remove->setToolTip(m_rows.size() > 1 ? QString() : tr("At least one backend is needed."));
    }
}

/// Why nothing can be changed, or which keys are less safe than they could be.
void BackendsEditor::showNote()
{
    QString note = setting_words::whyFixed(backendKey, m_settings.resolved().origin(backendKey));
    QStringList inFile;
    for (const BackendSetting& backend : m_shown) {
        if (!backend.apiKeySecret.empty() && m_keys.isInFile(backend.apiKeySecret))
            inFile << text(backend.apiKeySecret);
    }
    if (note.isEmpty() && !inFile.isEmpty())
        note = tr("No keyring keeps these keys, so they are in a file that only you can read: %1. They move into the "
                  "keyring as soon as there is one.")
                   .arg(inFile.join(QStringLiteral(", ")));
    setTextOf(m_note, note);
    m_note->setVisible(!note.isEmpty());
}

void BackendsEditor::addRow(const BackendSetting& backend)
{
    const std::size_t index = m_rows.size();
    const QString name = nameOf(backend);
    Row row{.widget = new QWidget, .result = quiet(new QLabel)};
    row.widget->setAccessibleName(name);
    auto* title = new ElidedLabel(name);
    title->setFont(textFont(TextSize::Body, QFont::DemiBold));
    auto* facts = quiet(new ElidedLabel(factsOf(backend)));
    row.result->setTextFormat(Qt::PlainText);
    row.result->setWordWrap(true);
    row.result->hide();
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(title);
    words->addWidget(facts);
    words->addWidget(row.result);
    auto* line = new QHBoxLayout(row.widget);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::small);
    line->addLayout(words, 1);
    const auto addButton = [&](const QString& label, const QString& spoken, auto clicked) {
        auto* button = new QPushButton(label);
        button->setAccessibleName(spoken.arg(name));
        connect(button, &QPushButton::clicked, this, clicked);
        line->addWidget(button, 0, Qt::AlignTop);
        return button;
    };
    addButton(tr("Test"), tr("Test the connection to %1"), [this, index] { test(index); });
    row.changing.push_back(addButton(tr("Edit"), tr("Edit the backend %1"), [this, index] { ask(index); }));
    row.remove = addButton(tr("Remove"), tr("Remove the backend %1"), [this, index] { askToRemove(index); });
    m_list->addWidget(row.widget);
    m_rows.push_back(std::move(row));
}

bool BackendsEditor::matches(const QStringList& words) const
{
    QString searched = accessibleName() + QStringLiteral("\nbackend\n[[backend]]\n")
        + setting_words::sentence(findSetting(backendKey)->sentence);
    for (const BackendSetting& backend : m_shown)
        searched += QLatin1Char('\n') + nameOf(backend) + QLatin1Char('\n') + factsOf(backend);
    for (const auto& field : backendFields())
        searched += QLatin1Char('\n') + QString::fromUtf8(field.name.data(), qsizetype(field.name.size()));
    searched = searched.toLower();
    return std::all_of(
        words.begin(), words.end(), [&searched](const QString& word) { return searched.contains(word); });
}

void BackendsEditor::ask(std::optional<std::size_t> index)
{
    if (m_dialog)
        return m_dialog->raise();
    const BackendSetting fresh{.backend = {.url = "http://"}};
    m_dialog = new BackendDialog(index ? m_shown[*index] : fresh, m_keys, this);
    connect(m_dialog, &BackendDialog::chosen, this, [this, index] { chosen(index); });
    m_dialog->open();
}

/// The key first: settings that name a secret which is not there would be worse than the other way round.
void BackendsEditor::chosen(std::optional<std::size_t> index)
{
    if (m_dialog->key().empty())
        return keep(index);
    m_dialog->say(tr("Keeping the key…"));
    const auto written = [this, index](const drover::Result<SecretStore::Written>& done) {
        if (!done)
            return m_dialog->say(tr("The key could not be kept: %1.").arg(text(done.error().detail)));
        keep(index);
        Q_EMIT keyChanged();
    };
    m_keys.secrets().write(m_dialog->secretName(), m_dialog->key(), m_dialog, written);
}

void BackendsEditor::keep(std::optional<std::size_t> index)
{
    const std::string before = index ? m_shown[*index].apiKeySecret : std::string();
    const auto trouble = save(index, m_dialog->fields());
    if (trouble)
        return m_dialog->say(tr("Nothing was changed: %1.").arg(text(trouble->sentence)));
    m_dialog->accept();
    const auto& backends = m_settings.resolved().settings.backends;
    if (!before.empty() && std::ranges::find(backends, before, &BackendSetting::apiKeySecret) == backends.end())
        m_keys.secrets().remove(before, this, [this](const drover::Result<>&) { showNote(); });
    showNote();
}

std::optional<EditTrouble> BackendsEditor::save(std::optional<std::size_t> index, const BlockFields& fields)
{
    return m_settings.edit([&](const std::string& before) -> drover::Result<std::string> {
        const auto all = withEveryBackend(before, m_shown);
        if (!all)
            return all.error();
        return index ? changeBlock(*all, backendKey, *index, fields) : addBlock(*all, backendKey, fields);
    });
}

void BackendsEditor::askToRemove(std::size_t index)
{
    auto* question = new QMessageBox(QMessageBox::Question, tr("Remove backend"),
        tr("Remove %1?").arg(nameOf(m_shown[index])), QMessageBox::NoButton, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setInformativeText(tr("Its running jobs finish. Its block in the settings file goes."));
    auto* remove = question->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    question->setDefaultButton(question->addButton(QMessageBox::Cancel));
    connect(remove, &QPushButton::clicked, this, [this, index] {
        const auto trouble = m_settings.edit([&](const std::string& before) -> drover::Result<std::string> {
            const auto all = withEveryBackend(before, m_shown);
            if (!all)
                return all.error();
            return removeBlock(*all, backendKey, index);
        });
        if (!trouble)
            return;
        m_note->setText(tr("Nothing was changed: %1.").arg(text(trouble->sentence)));
        m_note->show();
    });
    question->open();
}

void BackendsEditor::test(std::size_t index)
{
    QLabel* result = m_rows[index].result;
    result->setText(tr("Asking…"));
    result->show();
    m_keys.find(m_shown[index], result, [this, result](const drover::BackendConfig& backend) {
        checkBackend(m_network, backend, testTimeMax, result,
            [result](const BackendFound& found) { result->setText(backendFoundText(found)); });
    });
}

drover::Result<std::string> withEveryBackend(const std::string& before, const std::vector<BackendSetting>& backends)
{
    const Layer file = readSettingsFile(before, {});
    const bool has =
        std::ranges::any_of(file.assignments, [](const Assignment& each) { return each.setting->key == backendKey; });
    std::string all = before;
    for (const BackendSetting& backend : has ? std::vector<BackendSetting>() : backends) {
        auto with = addBlock(all, backendKey, fieldsOf(backend));
        if (!with)
            return with;
        all = std::move(*with);
    }
    return all;
}

} // namespace drover::app
