// SPDX-License-Identifier: MIT
#include "app/window/share_bars.h"

#include "app/window/card.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QGridLayout>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace drover::app {

namespace {

constexpr double shareLeast = 0.005; ///< less reads as "0 %"

} // namespace

ShareBar::ShareBar(std::size_t series, QWidget* parent)
    : QWidget(parent)
    , m_series(series)
{
    setFixedHeight(8);
}

void ShareBar::show(double share)
{
    share = std::clamp(share, 0.0, 1.0);
    if (std::abs(share - m_share) < shareLeast / 5)
        return;
    m_share = share;
    update();
}

void ShareBar::paintEvent(QPaintEvent*)
{
    const auto& colors = currentTheme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.cardRaised);
    painter.drawRoundedRect(rect(), 4, 4);
    auto filled = QRectF(rect());
    filled.setWidth(std::max(filled.width() * m_share, 8.0));
    if (layoutDirection() == Qt::RightToLeft)
        filled.moveRight(rect().right() + 1);
    painter.setBrush(colors.series[m_series % colors.series.size()]);
    painter.drawRoundedRect(filled, 4, 4);
}

ShareBars::ShareBars(QWidget* parent)
    : QWidget(parent)
    , m_empty(quiet(new QLabel(tr("Nobody used the machine in the last ten minutes."))))
{
    m_empty->setWordWrap(true);
    auto* cells = new QGridLayout;
    cells->setHorizontalSpacing(space::medium);
    cells->setVerticalSpacing(space::tight);
    for (std::size_t row = 0; row < rowsMax; ++row) {
        const Row made{.user = new ElidedLabel, .percent = new QLabel, .bar = new ShareBar(row)};
        made.percent->setFont(textFont(TextSize::Body, QFont::DemiBold));
        const auto line = static_cast<int>(row) * 3;
        cells->addWidget(made.user, line, 0);
        cells->addWidget(made.percent, line, 1, Qt::AlignRight);
        cells->addWidget(made.bar, line + 1, 0, 1, 2);
        cells->setRowMinimumHeight(line + 2, space::tight);
        m_rows.push_back(made);
    }
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_empty);
    whole->addLayout(cells);
    whole->addStretch();
    show({});
}

void ShareBars::show(const drover::Snapshot& snapshot)
{
    const auto shares = greatestShares(snapshot.users, rowsMax, tr("Others").toStdString());
    m_empty->setVisible(shares.empty());
    setAccessibleDescription(summary(shares));
    for (std::size_t row = 0; row < rowsMax; ++row) {
        const auto& [user, percent, bar] = m_rows[row];
        const bool used = row < shares.size();
        user->setVisible(used);
        percent->setVisible(used);
        bar->setVisible(used);
        if (!used)
            continue;
        setTextOf(user, wording::text(shares[row].first));
        setTextOf(percent, tr("%1 %").arg(QLocale().toString(shares[row].second * 100, 'f', 0)));
        bar->show(shares[row].second);
    }
}

QString ShareBars::summary(const std::vector<std::pair<std::string, double>>& shares)
{
    QStringList parts;
    for (const auto& [user, share] : shares)
        parts << tr("%1 %2 %", "app, share").arg(wording::text(user), QLocale().toString(share * 100, 'f', 0));
    return parts.isEmpty() ? tr("Nobody used the machine in the last ten minutes.")
                           : tr("Last ten minutes: %1.").arg(QLocale().createSeparatedList(parts));
}

std::vector<std::pair<std::string, double>> greatestShares(
    const std::vector<drover::UserView>& users, std::size_t most, const std::string& others)
{
    std::vector<std::pair<std::string, double>> shares;
    for (const auto& user : users)
        if (user.share >= shareLeast)
            shares.emplace_back(user.name, user.share);
    std::stable_sort(shares.begin(), shares.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    if (shares.size() <= most || most == 0)
        return shares;
    const auto rest = shares.begin() + static_cast<std::ptrdiff_t>(most) - 1;
    const auto sum =
        std::accumulate(rest, shares.end(), 0.0, [](double all, const auto& share) { return all + share.second; });
    shares.erase(rest, shares.end());
    shares.emplace_back(others, sum);
    return shares;
}

} // namespace drover::app
