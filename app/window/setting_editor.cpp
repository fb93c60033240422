// SPDX-License-Identifier: MIT
#include "app/window/setting_editor.h"

#include "app/settings/number_text.h"
#include "app/settings/value_text.h"
#include "app/window/setting_words.h"
#include "app/window/style.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QWheelEvent>

#include <limits>

namespace drover::app {

namespace {

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// Leaves the wheel to the page: a value shall not change because somebody scrolls past it.
class WheelPassedOn : public QObject {
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() != QEvent::Wheel)
            return false;
        event->ignore();
        return true;
    }
};

/// One entry a line; done when it loses the focus.
class ListEdit : public QPlainTextEdit {
public:
    explicit ListEdit(std::function<void()> done)
        : m_done(std::move(done))
    {
        setTabChangesFocus(true);
        setLineWrapMode(NoWrap);
        setFixedHeight(fontMetrics().lineSpacing() * 4 + 2 * space::small);
    }

protected:
    void focusOutEvent(QFocusEvent* event) override
    {
        QPlainTextEdit::focusOutEvent(event);
        m_done();
    }

private:
    std::function<void()> m_done;
};

/// A number and its unit of a text such as "10m", "512 MiB".
struct Amount {
    std::int64_t number = 0;
    std::string_view unit = {};
};

Amount amountOf(const std::string& text, std::span<const Unit> units)
{
    const Decimal decimal = parseDecimal(text);
    const std::string_view name = trimmed(std::string_view(text).substr(decimal.length));
    for (const Unit& unit : units) {
        if (unit.name == name)
            return {static_cast<std::int64_t>(decimal.number), unit.name};
    }
    return {static_cast<std::int64_t>(decimal.number), units.back().name};
}

/// True for settings that name a file.
bool namesFile(std::string_view key)
{
    return key.ends_with("file") || key.ends_with("binary");
}

} // namespace

SettingEditor* SettingEditor::make(std::string_view key, const ValueRule& rule, const QString& name)
{
    auto* editor = new SettingEditor;
    auto* row = new QHBoxLayout(editor);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::small);
    switch (rule.type) {
    case ValueType::Bool:
        editor->makeSwitch();
        break;
    case ValueType::Choice:
        editor->makeChoice(key, rule);
        break;
    case ValueType::Integer:
        editor->makeWhole(rule);
        break;
    case ValueType::Duration:
    case ValueType::Bytes:
        editor->makeAmount(rule);
        break;
    case ValueType::TextList:
        editor->makeList();
        break;
    default:
        editor->makeText(key, rule);
        break;
    }
    const auto parts = editor->findChildren<QWidget*>(Qt::FindDirectChildrenOnly);
    for (auto* part : parts) {
        part->setAccessibleName(
            part->accessibleName().isEmpty() ? name : tr("%1: %2").arg(name, part->accessibleName()));
        if (!qobject_cast<QPlainTextEdit*>(part))
            part->installEventFilter(new WheelPassedOn(part));
    }
    editor->setFocusProxy(parts.isEmpty() ? nullptr : parts.first());
    return editor;
}

void SettingEditor::show(const std::string& value)
{
    if (m_read() != value)
        m_write(value);
}

void SettingEditor::take(QWidget* control)
{
    layout()->addWidget(control);
}

void SettingEditor::makeSwitch()
{
    auto* box = new QCheckBox(tr("Off"));
    connect(box, &QCheckBox::toggled, this, [box](bool on) { box->setText(on ? tr("On") : tr("Off")); });
    connect(box, &QCheckBox::clicked, this, &SettingEditor::edited);
    m_read = [box] { return std::string(box->isChecked() ? "true" : "false"); };
    m_write = [box](const std::string& value) { box->setChecked(value == "true"); };
    take(box);
}

void SettingEditor::makeChoice(std::string_view key, const ValueRule& rule)
{
    constexpr int lettersLeast = 20;
    auto* box = new QComboBox;
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon); // no choice widens the page
    box->setMinimumContentsLength(lettersLeast);
    for (const auto choice : rule.choices)
        box->addItem(setting_words::choice(key, choice), textOf(choice));
    connect(box, &QComboBox::activated, this, &SettingEditor::edited);
    m_read = [box] { return box->currentData().toString().toStdString(); };
    m_write = [box](const std::string& value) { box->setCurrentIndex(box->findData(QString::fromStdString(value))); };
    take(box);
}

void SettingEditor::makeWhole(const ValueRule& rule)
{
    constexpr std::int64_t most = std::numeric_limits<int>::max();
    if (!rule.word.empty() && rule.wordValue != rule.least)
        return makeText({}, rule);
    auto* box = new QSpinBox;
    box->setRange(static_cast<int>(rule.least), static_cast<int>(std::min(rule.most, most)));
    box->setKeyboardTracking(false);
    box->setGroupSeparatorShown(true);
    box->setSpecialValueText(textOf(rule.word));
    connect(box, &QSpinBox::textChanged, this, &SettingEditor::changing);
    connect(box, &QSpinBox::valueChanged, this, &SettingEditor::edited);
    m_read = [box, word = std::string(rule.word)] {
        return !word.empty() && box->value() == box->minimum() ? word : std::to_string(box->value());
    };
    m_write = [box, rule](const std::string& value) {
        const QSignalBlocker quiet(box);
        box->setValue(value == rule.word ? box->minimum() : static_cast<int>(parseWhole(value).value_or(0)));
    };
    take(box);
}

void SettingEditor::makeAmount(const ValueRule& rule)
{
    const auto units = rule.type == ValueType::Duration ? durationUnitsWritten : byteUnitsWritten;
    auto* box = new QSpinBox;
    box->setRange(0, std::numeric_limits<int>::max());
    box->setKeyboardTracking(false);
    box->setGroupSeparatorShown(true);
    auto* unit = new QComboBox;
    unit->setAccessibleName(tr("Unit"));
    for (const Unit& each : units)
        unit->addItem(textOf(each.name), textOf(each.name));
    if (!rule.word.empty())
        unit->addItem(textOf(rule.word), textOf(rule.word));
    const QString word = textOf(rule.word);
    const auto enable = [box, unit, word] {
        box->setEnabled(word.isEmpty() || unit->currentData().toString() != word);
    };
    connect(unit, &QComboBox::currentIndexChanged, this, enable);
    connect(unit, &QComboBox::activated, this, &SettingEditor::edited);
    connect(box, &QSpinBox::textChanged, this, &SettingEditor::changing);
    connect(box, &QSpinBox::valueChanged, this, &SettingEditor::edited);
    const std::string gap = rule.type == ValueType::Bytes ? " " : ""; // as valueText writes it
    m_read = [box, unit, word, gap] {
        const QString name = unit->currentData().toString();
        if (!word.isEmpty() && name == word)
            return word.toStdString();
        return std::to_string(box->value()) + gap + name.toStdString();
    };
    m_write = [box, unit, word, units](const std::string& value) {
        const QSignalBlocker quiet(box);
        if (QString::fromStdString(value) == word)
            return unit->setCurrentIndex(unit->findData(word));
        const Amount amount = amountOf(value, units);
        box->setValue(static_cast<int>(std::min<std::int64_t>(amount.number, std::numeric_limits<int>::max())));
        unit->setCurrentIndex(unit->findData(textOf(amount.unit)));
    };
    take(box);
    take(unit);
}

void SettingEditor::makeText(std::string_view key, const ValueRule& rule)
{
    auto* line = new QLineEdit;
    line->setClearButtonEnabled(false);
    line->setPlaceholderText(rule.word.empty() ? QString() : textOf(rule.word));
    connect(line, &QLineEdit::textEdited, this, &SettingEditor::changing);
    connect(line, &QLineEdit::editingFinished, this, &SettingEditor::edited);
    m_read = [line] { return line->text().toStdString(); };
    m_write = [line](const std::string& value) { line->setText(QString::fromStdString(value)); };
    take(line);
    if (!namesFile(key))
        return;
    auto* choose = new QPushButton(tr("Choose…"));
    choose->setAccessibleName(tr("Choose a file"));
    connect(choose, &QPushButton::clicked, this, [this, line] {
        auto* dialog = new QFileDialog(this, tr("Choose a file"), line->text());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::AnyFile);
        connect(dialog, &QFileDialog::fileSelected, this, [this, line](const QString& file) {
            line->setText(file);
            Q_EMIT edited();
        });
        dialog->open();
    });
    take(choose);
}

void SettingEditor::makeList()
{
    auto* lines = new ListEdit([this] { Q_EMIT edited(); });
    lines->setPlaceholderText(tr("One entry on each line"));
    connect(lines, &QPlainTextEdit::textChanged, this, &SettingEditor::changing);
    m_read = [lines] {
        QStringList entries;
        const auto all = lines->toPlainText().split(QLatin1Char('\n'));
        for (const QString& each : all) {
            if (!each.trimmed().isEmpty())
                entries << each.trimmed();
        }
        return entries.join(QStringLiteral(", ")).toStdString();
    };
    m_write = [lines](const std::string& value) {
        const QSignalBlocker quiet(lines);
        lines->setPlainText(QString::fromStdString(value).replace(QStringLiteral(", "), QStringLiteral("\n")));
    };
    take(lines);
}

} // namespace drover::app
