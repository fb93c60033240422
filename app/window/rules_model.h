// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/sharing.h"

#include <QAbstractTableModel>

#include <vector>

namespace drover::app {

/// The rules of sharing as a table: how each stands, by sign and by word. Tells only of cells that differ. GUI thread.
class RulesModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { State, Rule, Value, Limit, Changes, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void show(const std::vector<drover::RuleView>& rules);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// The key of the setting that a row is about.
    QString settingAt(int row) const;

private:
    QString textAt(const drover::RuleView& rule, int column) const;

    std::vector<drover::RuleView> m_rules;
};

} // namespace drover::app
