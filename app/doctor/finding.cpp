// SPDX-License-Identifier: MIT
#include "app/doctor/finding.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace drover::app {

namespace {

using Verdict = Finding::Verdict;

/// Gives the texts of this file their context.
struct Doctor {
    Q_DECLARE_TR_FUNCTIONS(Doctor)
};

QString markOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Problem:
        return Doctor::tr("PROBLEM");
    case Verdict::Warning:
        return Doctor::tr("warning");
    case Verdict::Ok:
        return Doctor::tr("ok");
    case Verdict::NotApplicable:
        return QStringLiteral("-");
    }
    return {};
}

/// What a terminal would obey or a reader be deceived by becomes U+FFFD: sentences have words of other programs.
QString plain(QString text)
{
    for (QChar& letter : text) {
        const auto category = letter.category();
        if (category == QChar::Other_Control || category == QChar::Other_Format)
            letter = QChar::ReplacementCharacter;
    }
    return text;
}

} // namespace

bool mendsAlone(Remedy::Kind kind)
{
    using enum Remedy::Kind;
    return kind != None && kind != OpenSetting && kind != OpenModels && kind != OpenLogs;
}

std::string_view name(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Problem:
        return "problem";
    case Verdict::Warning:
        return "warning";
    case Verdict::Ok:
        return "ok";
    case Verdict::NotApplicable:
        return "not_applicable";
    }
    return {};
}

std::vector<Finding> bySeverity(std::vector<Finding> findings)
{
    std::ranges::stable_sort(findings, {}, &Finding::verdict);
    return findings;
}

QString findingsText(const std::vector<Finding>& findings)
{
    constexpr int markWidth = 9;
    QString text;
    QStringList passedOver; // what was not looked at has few reasons: each is told once
    for (const Finding& finding : bySeverity(findings)) {
        if (finding.verdict == Verdict::NotApplicable) {
            if (passedOver.contains(finding.sentence))
                continue;
            passedOver << finding.sentence;
        }
        text += markOf(finding.verdict).leftJustified(markWidth) + plain(finding.sentence) + QLatin1Char('\n');
        if (!finding.fix.isEmpty())
            text +=
                QString(markWidth, QLatin1Char(' ')) + QStringLiteral("-> ") + plain(finding.fix) + QLatin1Char('\n');
    }
    const auto problems = static_cast<int>(std::ranges::count(findings, Verdict::Problem, &Finding::verdict));
    return text + QLatin1Char('\n')
        + (problems == 0 ? Doctor::tr("All is well.") : Doctor::tr("Things that need mending: %1").arg(problems))
        + QLatin1Char('\n');
}

QByteArray findingsJson(const std::vector<Finding>& findings)
{
    const auto word = [](std::string_view text) {
        return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
    };
    QJsonArray rows;
    for (const Finding& finding : findings)
        rows.append(QJsonObject{{QStringLiteral("check"), word(finding.check)},
            {QStringLiteral("verdict"), word(name(finding.verdict))}, {QStringLiteral("sentence"), finding.sentence},
            {QStringLiteral("fix"), finding.fix}, {QStringLiteral("can_fix"), mendsAlone(finding.remedy.kind)}});
    return QJsonDocument(rows).toJson();
}

} // namespace drover::app
