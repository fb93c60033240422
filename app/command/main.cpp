// SPDX-License-Identifier: MIT
#include "app/command/commands.h"

#include <QCoreApplication>

#include <string_view>

namespace {

/// What runs for days without a window: Qt's own loop costs a pool's worker up to a tenth less per token than GLib's,
/// which nothing there needs. Not for the other commands, some of which start programs of yours.
void chooseLoop(std::string_view command)
{
    if (command == "serve" || command == "pool-server")
        qputenv("QT_NO_GLIB", "1");
}

} // namespace

int main(int argc, char** argv)
{
    if (argc > 1)
        chooseLoop(argv[1]);
    QCoreApplication application(argc, argv);
    std::vector<std::string> arguments;
    for (const QString& argument : QCoreApplication::arguments().mid(1))
        arguments.push_back(argument.toStdString());
    return drover::app::runCommand(arguments);
}
