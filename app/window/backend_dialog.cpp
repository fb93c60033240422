// SPDX-License-Identifier: MIT
#include "app/window/backend_dialog.h"

#include "app/ollama/backend_check.h"
#include "app/settings/secret_file.h"
#include "app/settings/settings_table.h"
#include "app/settings/value_text.h"
#include "app/window/card.h"
#include "app/window/setting_editor.h"
#include "app/window/setting_words.h"
#include "app/window/style.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace drover::app {

namespace {

constexpr std::chrono::seconds testTimeMax{5};
constexpr std::string_view secretField = "api_key_secret"; ///< has no editor: the key itself has
constexpr int fieldWidth = 470;

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

/// A row with a quiet sentence below its field.
void addTo(QFormLayout& form, const QString& title, QWidget& field, const QString& sentence)
{
    auto* about = quiet(new QLabel(sentence));
    about->setFont(textFont(TextSize::Caption));
    about->setWordWrap(true);
    about->setMinimumHeight(about->heightForWidth(fieldWidth)); // a form forgets how high it gets
    field.setMinimumWidth(fieldWidth);
    auto* cell = new QVBoxLayout;
    cell->setSpacing(2);
    cell->addWidget(&field);
    cell->addWidget(about);
    form.addRow(title, cell);
}

Setting asSetting(const RowField<BackendSetting>& field, const std::string& key)
{
    return {.key = key, .rule = field.rule, .sentence = field.sentence};
}

} // namespace

BackendDialog::BackendDialog(const BackendSetting& backend, BackendKeys& keys, QWidget* parent)
    : QDialog(parent)
    , m_keys(keys)
    , m_secret(backend.apiKeySecret)
    , m_key(new QLineEdit)
    , m_result(new QLabel)
    , m_test(new QPushButton(tr("Test connection")))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Backend"));
    auto* form = new QFormLayout;
    form->setSpacing(space::medium);
    form->setRowWrapPolicy(QFormLayout::DontWrapRows);
    for (const auto& field : backendFields()) {
        if (field.name == secretField) {
            m_editors.push_back(nullptr);
            continue;
        }
        const std::string key = "backend." + std::string(field.name);
        const QString title = setting_words::title(asSetting(field, key));
        auto* editor = SettingEditor::make(key, field.rule, title);
        editor->show(valueText(field.rule, field.get(backend)));
        connect(editor, &SettingEditor::changing, this, &BackendDialog::judge);
        addTo(*form, title, *editor, setting_words::sentence(field.sentence));
        m_editors.push_back(editor);
    }
    addTo(*form, tr("API key"), *makeKey(),
        tr("For a server that wants one: typed here, it goes into the keyring and never into the settings file."));
    m_result->setWordWrap(true);
    m_result->setTextFormat(Qt::PlainText);
    m_result->setMinimumHeight(m_result->fontMetrics().lineSpacing() * 2);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    buttons->addButton(m_test, QDialogButtonBox::ActionRole);
    buttons->button(QDialogButtonBox::Save)->setProperty("primary", true);
    connect(m_test, &QPushButton::clicked, this, &BackendDialog::tryIt);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        if (judge())
            Q_EMIT chosen();
    });
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(space::page, space::page, space::page, space::page);
    whole->setSpacing(space::medium);
    whole->addLayout(form);
    whole->addWidget(m_result);
    whole->addWidget(buttons);
}

QWidget* BackendDialog::makeKey()
{
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setMaxLength(static_cast<int>(secretBytesMax));
    m_key->setAccessibleName(tr("API key"));
    auto* forget = new QPushButton(tr("Forget"));
    forget->setAccessibleName(tr("Forget the API key"));
    const auto showKept = [this, forget] {
        m_key->setPlaceholderText(m_secret.empty() ? QString() : tr("kept as %1").arg(text(m_secret)));
        forget->setVisible(!m_secret.empty());
    };
    connect(forget, &QPushButton::clicked, this, [this, showKept] {
        m_secret.clear();
        m_key->clear();
        m_key->setFocus();
        showKept();
    });
    auto* cell = new QWidget;
    auto* row = new QHBoxLayout(cell);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::small);
    row->addWidget(m_key, 1);
    row->addWidget(forget);
    showKept();
    return cell;
}

BlockFields BackendDialog::fields() const
{
    const BackendSetting defaults;
    BlockFields fields;
    for (std::size_t i = 0; i < m_editors.size(); ++i) {
        const auto& field = backendFields()[i];
        const bool isSecret = field.name == secretField;
        std::string value = !isSecret ? m_editors[i]->value() : m_key->text().isEmpty() ? m_secret : secretName();
        if (field.name != "url" && value == valueText(field.rule, field.get(defaults)))
            value.clear();
        fields.emplace_back(field.name, value);
    }
    return fields;
}

std::string BackendDialog::key() const
{
    return m_key->text().toStdString();
}

std::string BackendDialog::secretName() const
{
    const BackendSetting backend = typed();
    return backend.apiKeySecret.empty() ? secretNameFor(backend.backend) : backend.apiKeySecret;
}

void BackendDialog::say(const QString& trouble)
{
    m_result->setText(trouble);
}

bool BackendDialog::judge()
{
    for (std::size_t i = 0; i < m_editors.size(); ++i) {
        const auto& field = backendFields()[i];
        if (!m_editors[i] || parseValue(field.rule, m_editors[i]->value()))
            continue;
        const std::string key = "backend." + std::string(field.name);
        say(tr("%1: %2").arg(setting_words::title(asSetting(field, key)), setting_words::whatIsAllowed(field.rule)));
        return false;
    }
    if (!m_key->text().isEmpty() && !isSecretValue(key())) {
        say(tr("A key has only letters, digits and other plain characters."));
        return false;
    }
    say({});
    return true;
}

BackendSetting BackendDialog::typed() const
{
    BackendSetting backend;
    for (std::size_t i = 0; i < m_editors.size(); ++i) {
        const auto& field = backendFields()[i];
        if (!m_editors[i])
            continue;
        if (const auto value = parseValue(field.rule, m_editors[i]->value()))
            field.set(backend, *value);
    }
    backend.apiKeySecret = m_secret;
    return backend;
}

void BackendDialog::tryIt()
{
    if (!judge())
        return;
    m_test->setEnabled(false);
    say(tr("Asking…"));
    const BackendSetting backend = typed();
    if (m_key->text().isEmpty())
        return m_keys.find(backend, this, [this](const drover::BackendConfig& found) { check(found); });
    drover::BackendConfig with = backend.backend;
    with.apiKey = key();
    check(with);
}

void BackendDialog::check(const drover::BackendConfig& backend)
{
    checkBackend(m_network, backend, testTimeMax, this, [this](const BackendFound& found) {
        m_test->setEnabled(true);
        say(backendFoundText(found));
    });
}

QString backendFoundText(const BackendFound& found)
{
    switch (found.outcome) {
    case BackendFound::Outcome::Answers:
        if (!found.version.isEmpty())
            return BackendDialog::tr("It answers: Ollama %1.").arg(found.version);
        return BackendDialog::tr("It answers with %n model(s).", nullptr, std::max(0, found.models));
    case BackendFound::Outcome::NeedsKey:
        return BackendDialog::tr("It answers, but it does not accept the key, or wants one.");
    case BackendFound::Outcome::Stranger:
        return BackendDialog::tr("Something answers there that is not of this kind.");
    case BackendFound::Outcome::Untrusted:
        return BackendDialog::tr("Its certificate is not trusted; name the authority that signed it.");
    case BackendFound::Outcome::Nobody:
        return BackendDialog::tr("Nothing answers there.");
    case BackendFound::Outcome::Silent:
        return BackendDialog::tr("There was no answer in time.");
    }
    return {};
}

} // namespace drover::app
