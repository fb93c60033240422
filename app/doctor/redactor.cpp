// SPDX-License-Identifier: MIT
#include "app/doctor/redactor.h"

#include "app/doctor/spellings.h"

#include <QRegularExpression>
#include <QString>

#include <algorithm>
#include <array>

namespace drover::app {

namespace {

/// What looks private, and what stands there instead. In order: an earlier one may leave nothing to a later one.
struct Pattern {
    QRegularExpression looks;
    QString becomes;
};

QRegularExpression regular(const char* pattern)
{
    QRegularExpression made(
        QString::fromLatin1(pattern), QRegularExpression::CaseInsensitiveOption | QRegularExpression::MultilineOption);
    made.optimize();
    return made;
}

const std::vector<Pattern>& patterns()
{
    const QString mark = QString::fromUtf8(Redactor::mark.data(), static_cast<qsizetype>(Redactor::mark.size()));
    static const std::vector<Pattern> all = {
        // PEM blocks, also with JSON's \n
        {regular(R"(-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|\z))"), mark},
        // header fields, as they stand in logs and in JSON
        {regular(
             R"(\b((?:proxy-)?authorization|x-api-key|api-key|x-auth-token|x-goog-api-key|set-cookie|cookie)(\\?"?\s*[:=]\s*\\?"?)[^"\\\r\n]+)"),
            QStringLiteral("\\1\\2") + mark},
        {regular(R"(\b(bearer|basic)(\s+|%20)[A-Za-z0-9._~+/%=-]{4,})"), QStringLiteral("\\1\\2") + mark},
        // the private parts of URLs
        {regular(R"(\b([a-z][a-z0-9+.-]*://)[^\s/@"'<>]+@)"), QStringLiteral("\\1") + mark + QLatin1Char('@')},
        {regular(R"(\b([a-z][a-z0-9+.-]*://[^\s"'?#<>\\]*)[?#][^\s"'<>\\]+)"), QStringLiteral("\\1?") + mark},
        {regular(R"((^|[\s="'])(/[\w./%:~-]*)\?[^\s"'<>\\]*=[^\s"'<>\\]*)"), QStringLiteral("\\1\\2?") + mark},
        // names and values: api_key = "...", "token": "...", PASSWORD=...
        {regular(
             R"(((?:api|access|secret|private|auth|master|signing|encryption)[_ -]?key|_key|secret|token(?!s)|passw(?:or)?d|passphrase|credentials?)(?!\w*_?(?:file|env)\b)([A-Z0-9_]*)(\\?["']?\s*[=:]\s*\\?["']?)([^\s"',;&}\]\\]{2,}))"),
            QStringLiteral("\\1\\2\\3") + mark},
        // keys by their shape
        {regular(
             R"(\b(?:sk|pk|rk|ghp|gho|ghs|hf|gsk|xai|drover|dk|pplx|glpat|github_pat|xox[abprs])[-_][A-Za-z0-9_-]{10,})"),
            mark},
        {regular(R"(\b(?:AIza[A-Za-z0-9_-]{20,}|AKIA[A-Z0-9]{12,}))"), mark},
        {regular(R"(\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?)"), mark},
        // people
        {regular(R"([\w.+-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+)"), QStringLiteral("[e-mail]")},
        // long random texts
        {regular(R"(\b[0-9a-f]{32,}\b)"), mark},
        {regular(R"((?<![\w+/-])(?=[\w+-]*\d)(?=[\w+-]*[a-z])[\w+-]{40,}={0,2})"), mark},
    };
    return all;
}

void replaceAll(std::string& text, const std::string& what, std::string_view by)
{
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
}

bool isWordByte(char byte)
{
    const auto letter = static_cast<unsigned char>(byte);
    return letter >= 0x80 || std::isalnum(letter) != 0;
}

/// Only where it stands alone: the user "ann" is not in "planned".
void replaceWord(std::string& text, const std::string& word, std::string_view by)
{
    for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at)) {
        const bool alone = (at == 0 || !isWordByte(text[at - 1]))
            && (at + word.size() == text.size() || !isWordByte(text[at + word.size()]));
        if (alone)
            text.replace(at, word.size(), by);
        at += alone ? by.size() : word.size();
    }
}

bool tellsNothing(std::string_view word)
{
    constexpr std::array common = {"root", "user", "admin", "home", "drover", "ollama", "localhost", "host"};
    constexpr std::size_t least = 2;
    return word.size() < least || std::ranges::find(common, word) != common.end();
}

} // namespace

Redactor::Redactor(Private known)
{
    constexpr std::size_t secretBytesMin = 4;
    for (const std::string& secret : known.secrets) {
        if (secret.size() < secretBytesMin)
            continue;
        for (std::string& spelling : spellingsOf(secret))
            m_spellings.push_back(std::move(spelling));
    }
    std::ranges::sort(m_spellings, [](const auto& a, const auto& b) { return a.size() > b.size(); });
    while (known.homeFolder.size() > 1 && (known.homeFolder.back() == '/' || known.homeFolder.back() == '\\'))
        known.homeFolder.pop_back();
    if (known.homeFolder.size() > 1) {
        for (const std::string& spelling : pathSpellings(known.homeFolder))
            m_person.emplace_back(spelling, "~");
    }
    if (!tellsNothing(known.userName))
        m_person.emplace_back(known.userName, "user");
    if (!tellsNothing(known.hostName))
        m_person.emplace_back(known.hostName, "host");
    std::ranges::sort(m_person, [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
}

std::string Redactor::withoutKnown(std::string text) const
{
    for (const std::string& spelling : m_spellings)
        replaceAll(text, spelling, mark);
    return text;
}

std::string Redactor::withoutPerson(std::string text) const
{
    for (const auto& [what, by] : m_person)
        replaceWord(text, what, by);
    return text;
}

std::string Redactor::redacted(std::string_view text) const
{
    QString rest = QString::fromStdString(withoutKnown(std::string(text)));
    for (const Pattern& pattern : patterns())
        rest.replace(pattern.looks, pattern.becomes);
    return withoutPerson(rest.toStdString());
}

bool looksSecret(std::string_view name)
{
    static const QRegularExpression looks =
        regular(R"(key|token|secret|passw|passphrase|credential|auth|cookie|bearer)");
    return looks.match(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()))).hasMatch();
}

std::vector<std::string> urlSecrets(std::string_view text)
{
    static const QRegularExpression looks = regular(R"(\b[a-z][a-z0-9+.-]*://([^\s/@"'<>:]*):?([^\s/@"'<>]*)@)");
    std::vector<std::string> found;
    auto matches = looks.globalMatch(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    while (matches.hasNext()) {
        const auto match = matches.next();
        for (const int part : {1, 2}) {
            if (!match.captured(part).isEmpty())
                found.push_back(match.captured(part).toStdString());
        }
    }
    return found;
}

} // namespace drover::app
