// SPDX-License-Identifier: MIT
#include "app/window/rules_model.h"

#include "app/window/rule_words.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QStringList>

namespace drover::app {

void RulesModel::show(const std::vector<drover::RuleView>& rules)
{
    if (rules.size() != m_rules.size()) {
        beginResetModel();
        m_rules = rules;
        endResetModel();
        return;
    }
    for (std::size_t row = 0; row < rules.size(); ++row) {
        if (rules[row] == m_rules[row])
            continue;
        m_rules[row] = rules[row];
        Q_EMIT dataChanged(index(static_cast<int>(row), 0), index(static_cast<int>(row), ColumnCount - 1));
    }
}

int RulesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rules.size());
}

int RulesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString RulesModel::textAt(const drover::RuleView& rule, int column) const
{
    switch (column) {
    case State:
        return tr("%1 %2", "sign, word").arg(rule_words::mark(rule.state), rule_words::state(rule.state));
    case Rule:
        return rule_words::title(rule.rule);
    case Value:
        return rule_words::value(rule);
    case Limit:
        return rule_words::limit(rule);
    case Changes:
        return rule.changesAt > 0 ? wording::clock(rule.changesAt) : QString();
    default:
        return {};
    }
}

QVariant RulesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const drover::RuleView& rule = m_rules[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return textAt(rule, index.column());
    if (role == Qt::ForegroundRole) {
        if (rule.state == drover::RuleState::Holds && index.column() == State)
            return currentTheme().warning;
        if (rule.state == drover::RuleState::Off || rule.state == drover::RuleState::Unknown)
            return currentTheme().quietText;
    }
    if (role == Qt::AccessibleTextRole) {
        QStringList parts{rule_words::title(rule.rule), rule_words::state(rule.state), rule_words::value(rule),
            rule_words::limit(rule)};
        parts.removeAll(QString());
        return index.column() == State ? parts.join(QStringLiteral(", ")) : textAt(rule, index.column());
    }
    if (role == Qt::ToolTipRole)
        return tr("Enter opens the setting: %1").arg(settingAt(index.row()));
    return {};
}

QVariant RulesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return {};
    switch (section) {
    case State:
        return tr("State");
    case Rule:
        return tr("Rule");
    case Value:
        return tr("Measured");
    case Limit:
        return tr("Limit");
    case Changes:
        return tr("Changes");
    default:
        return {};
    }
}

QString RulesModel::settingAt(int row) const
{
    if (row < 0 || row >= rowCount())
        return {};
    return wording::text(std::string(drover::settingOf(m_rules[static_cast<std::size_t>(row)].rule)));
}

} // namespace drover::app
