// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <QWidget>

#include <string>
#include <utility>
#include <vector>

class QLabel;

namespace drover::app {

class ElidedLabel;

/// A thin bar that is filled to a part of its width.
class ShareBar : public QWidget {
    Q_OBJECT

public:
    explicit ShareBar(std::size_t series, QWidget* parent = nullptr);

    /// `share` is 0..1.
    void show(double share);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::size_t m_series;
    double m_share = 0;
};

/// Who used what part of the machine in the last ten minutes, the greatest part first.
class ShareBars : public QWidget {
    Q_OBJECT

public:
    static constexpr std::size_t rowsMax = 5;

    explicit ShareBars(QWidget* parent = nullptr);

    void show(const drover::Snapshot& snapshot);

    /// "Last ten minutes: Zed 38 %, and Open WebUI 30 %." for who cannot see the bars.
    static QString summary(const std::vector<std::pair<std::string, double>>& shares);

private:
    struct Row {
        ElidedLabel* user = nullptr;
        QLabel* percent = nullptr;
        ShareBar* bar = nullptr;
    };

    QLabel* m_empty = nullptr;
    std::vector<Row> m_rows;
};

/// The users with a share that shows, greatest first; those beyond `most` are one of the name `others`.
std::vector<std::pair<std::string, double>> greatestShares(
    const std::vector<drover::UserView>& users, std::size_t most, const std::string& others);

} // namespace drover::app
