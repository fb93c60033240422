// SPDX-License-Identifier: MIT
#include "app/command/run_program.h"

#include <QProcess>

namespace drover::app {

int runInEnvironment(const std::vector<std::string>& command, const Variables& variables)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto& [name, value] : variables)
        environment.insert(QString::fromStdString(name), QString::fromStdString(value));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    process.setInputChannelMode(QProcess::ForwardedInputChannel);
    QStringList arguments;
    for (std::size_t i = 1; i < command.size(); ++i)
        arguments << QString::fromStdString(command[i]);
    process.start(QString::fromStdString(command.front()), arguments);
    if (!process.waitForFinished(-1)) {
        constexpr int notFound = 127; // as shells have it
        return notFound;
    }
    return process.exitCode();
}

} // namespace drover::app
