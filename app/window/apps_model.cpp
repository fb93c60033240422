// SPDX-License-Identifier: MIT
#include "app/window/apps_model.h"

#include "app/apps/app_rules.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QLocale>

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace drover::app {

int AppsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_apps.size());
}

int AppsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columnsMax;
}

bool AppsModel::isNumber(int column)
{
    return column == Now || column == Today || column == Requests;
}

QVariant AppsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto& app = m_apps[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(app, index.column());
    case Qt::ToolTipRole:
        return index.column() == App ? spoken(app) : index.column() == Rule ? text(app, Rule) : QVariant();
    case Qt::AccessibleTextRole:
        return index.column() == App ? spoken(app) : text(app, index.column());
    case Qt::TextAlignmentRole:
        return cellAlignment(isNumber(index.column()));
    case SortRole:
        return sortValue(app, index.column());
    case NameRole:
        return wording::text(app.name);
    case ShareRole:
        return app.share;
    default:
        return {};
    }
}

QVariant AppsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(isNumber(section));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case App:
        return tr("App");
    case KnownBy:
        return tr("Known by");
    case Seen:
        return tr("Last seen");
    case Share:
        return tr("Share");
    case Now:
        return tr("Now");
    case Today:
        return tr("Tokens today");
    case Requests:
        return tr("Requests");
    case Rule:
        return tr("Rule");
    default:
        return {};
    }
}

void AppsModel::show(const drover::Snapshot& snapshot)
{
    std::unordered_map<std::string_view, const drover::UserView*> wanted;
    for (const auto& user : snapshot.users)
        wanted.emplace(user.name, &user);
    for (auto row = static_cast<int>(m_apps.size()) - 1; row >= 0; --row) {
        auto& app = m_apps[static_cast<std::size_t>(row)];
        const auto found = wanted.find(app.name);
        if (found == wanted.end()) {
            beginRemoveRows({}, row, row);
            m_apps.erase(m_apps.begin() + row);
            endRemoveRows();
            continue;
        }
        const bool same = looksSame(app, *found->second);
        app = *found->second;
        wanted.erase(found); // its key lives in the snapshot, not in the row
        if (!same)
            Q_EMIT dataChanged(index(row, 0), index(row, columnsMax - 1));
    }
    if (wanted.empty())
        return;
    const auto first = static_cast<int>(m_apps.size());
    beginInsertRows({}, first, first + static_cast<int>(wanted.size()) - 1);
    for (const auto& user : snapshot.users)
        if (wanted.contains(user.name))
            m_apps.push_back(user);
    endInsertRows();
}

const drover::UserView* AppsModel::find(const std::string& name) const
{
    const auto found = std::ranges::find(m_apps, name, &drover::UserView::name);
    return found == m_apps.end() ? nullptr : &*found;
}

bool AppsModel::looksSame(const drover::UserView& a, const drover::UserView& b)
{
    const auto numbers = [](const drover::UserView& app) {
        return std::tuple(app.source, app.dialect, app.waiting, app.running, app.requests, app.refused, app.tokensToday,
            qRound(app.share * 100));
    };
    return numbers(a) == numbers(b) && a.rule == b.rule && seen(a) == seen(b);
}

QString AppsModel::knownBy(drover::IdentitySource source)
{
    switch (source) {
    case drover::IdentitySource::Key:
        return tr("Key");
    case drover::IdentitySource::UserHeader:
        return tr("Header");
    case drover::IdentitySource::Body:
        return tr("Request");
    case drover::IdentitySource::TitleHeader:
        return tr("Title");
    case drover::IdentitySource::Process:
        return tr("Program");
    case drover::IdentitySource::UserAgent:
        return tr("User agent");
    case drover::IdentitySource::Address:
        return tr("Address");
    case drover::IdentitySource::Pool:
        return tr("Pool");
    }
    return {};
}

QString AppsModel::api(drover::Dialect dialect)
{
    switch (dialect) {
    case drover::Dialect::Ollama:
        return QStringLiteral("Ollama");
    case drover::Dialect::OpenAi:
        return QStringLiteral("OpenAI");
    case drover::Dialect::Anthropic:
        return QStringLiteral("Anthropic");
    }
    return {};
}

QString AppsModel::seen(const drover::UserView& app)
{
    using namespace std::chrono_literals;
    if (app.lastSeen == drover::UserView::neverSeen)
        return tr("Not yet");
    if (app.running + app.waiting > 0 || app.lastSeen < 1s)
        return tr("Now");
    if (app.lastSeen < 60s)
        return tr("%1 ago").arg(wording::duration(std::chrono::floor<std::chrono::seconds>(app.lastSeen)));
    if (app.lastSeen < 1h)
        return tr("%n min ago", nullptr, static_cast<int>(app.lastSeen / 1min));
    return tr("%n h ago", nullptr, static_cast<int>(app.lastSeen / 1h));
}

QString AppsModel::text(const drover::UserView& app, int column)
{
    const bool known = app.lastSeen != drover::UserView::neverSeen;
    switch (column) {
    case App:
        return wording::text(app.name);
    case KnownBy:
        return known ? knownBy(app.source) : QString();
    case Seen:
        return seen(app);
    case Share:
        return tr("%1 %").arg(QLocale().toString(app.share * 100, 'f', 0));
    case Now:
        return app.running + app.waiting == 0
            ? QString()
            : tr("%1 + %2").arg(wording::count(app.running), wording::count(app.waiting));
    case Today:
        return app.rule.tokensPerDay == 0
            ? wording::count(app.tokensToday)
            : tr("%1 of %2").arg(wording::count(app.tokensToday), wording::text(ruleValue(app.rule, "cap")));
    case Requests:
        return wording::count(app.requests);
    case Rule:
        return app.rule.blocked ? tr("Blocked") : wording::text(ruleText(app.rule));
    default:
        return {};
    }
}

QVariant AppsModel::sortValue(const drover::UserView& app, int column)
{
    switch (column) {
    case Seen:
        return app.lastSeen == drover::UserView::neverSeen ? QVariant::fromValue<qint64>(INT64_MAX)
                                                           : QVariant::fromValue<qint64>(app.lastSeen.count());
    case Share:
        return app.share;
    case Now:
        return QVariant::fromValue<quint64>(quint64(app.running) + app.waiting);
    case Today:
        return QVariant::fromValue<quint64>(app.tokensToday);
    case Requests:
        return QVariant::fromValue<quint64>(app.requests);
    default:
        return text(app, column);
    }
}

QString AppsModel::spoken(const drover::UserView& app)
{
    if (app.lastSeen == drover::UserView::neverSeen)
        return tr("%1, has not asked since Drover's start").arg(wording::text(app.name));
    auto spokenText = tr("%1, known by: %2, API: %3, last seen: %4")
                          .arg(wording::text(app.name), knownBy(app.source), api(app.dialect), seen(app));
    if (app.rule.blocked)
        spokenText = tr("%1, blocked").arg(spokenText);
    return spokenText;
}

} // namespace drover::app
