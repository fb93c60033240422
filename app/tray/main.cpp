// SPDX-License-Identifier: MIT
#include "app/application.h"
#include "app/desktop/language.h"
#include "app/window/style.h"

#include <QApplication>
#include <QLocale>

int main(int count, char** words)
{
    using namespace drover::app;

    QApplication application(count, words);
    QApplication::setApplicationName(QStringLiteral("Drover"));
    speak(application, QLocale::system());
    SystemColors colors;
    applyTheme(application, colors.windows());
    Application drover(application, colors,
        {.makeEngine = [](drover::EngineHooks hooks) { return drover::makeEngine({}, std::move(hooks)); }});
    drover.begin(Application::Start::WithWindow);
    return QApplication::exec();
}
