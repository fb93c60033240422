// SPDX-License-Identifier: MIT
#include "app/history/curl_text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace drover::app {

namespace {

/// One word for a POSIX shell, whatever is in it.
std::string quoted(std::string_view text)
{
    std::string word = "'";
    for (const char letter : text) {
        if (letter == '\'')
            word += "'\\''";
        else
            word += letter;
    }
    return word + '\'';
}

std::string bodyOf(const drover::JobView& job)
{
    const QString prompt =
        QString::fromUtf8(promptPlaceholder.data(), static_cast<qsizetype>(promptPlaceholder.size()));
    const std::string& path = job.path;
    QJsonObject body{{QStringLiteral("model"), QString::fromStdString(job.model)}};
    const bool embeds = path.find("embed") != path.npos;
    const bool chats = path.ends_with("/chat") || path.ends_with("/chat/completions") || path.ends_with("/messages");
    if (chats)
        body[QStringLiteral("messages")] = QJsonArray{
            QJsonObject{{QStringLiteral("role"), QStringLiteral("user")}, {QStringLiteral("content"), prompt}}};
    else if (path.ends_with("/responses") || (embeds && path != "/api/embeddings"))
        body[QStringLiteral("input")] = prompt;
    else
        body[QStringLiteral("prompt")] = prompt;
    if (path.ends_with("/messages"))
        body[QStringLiteral("max_tokens")] = 1024; // without it Anthropic's form is refused
    if (!embeds)
        body[QStringLiteral("stream")] = job.streamed;
    return QJsonDocument(body).toJson(QJsonDocument::Compact).toStdString();
}

} // namespace

std::string curlText(const drover::JobView& job, std::string_view base)
{
    std::string text = "curl ";
    if (job.streamed)
        text += "--no-buffer ";
    text += quoted(std::string(base) + job.path) + " \\\n  -H 'Content-Type: application/json' \\\n";
    if (job.dialect == drover::Dialect::Anthropic)
        text += "  -H 'anthropic-version: 2023-06-01' \\\n";
    return text + "  -d " + quoted(bodyOf(job)) + "\n";
}

} // namespace drover::app
