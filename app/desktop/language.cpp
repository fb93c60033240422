// SPDX-License-Identifier: MIT
#include "app/desktop/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace drover::app {

namespace {

void install(QCoreApplication& application, const QLocale& locale, const QString& name, const QString& folder)
{
    auto* translator = new QTranslator(&application);
    if (translator->load(locale, name, QStringLiteral("_"), folder))
        QCoreApplication::installTranslator(translator);
    else
        delete translator;
}

} // namespace

void speak(QCoreApplication& application, const QLocale& locale)
{
    for (auto* old : application.findChildren<QTranslator*>(Qt::FindDirectChildrenOnly))
        delete old; // which also takes it out of use
    QLocale::setDefault(locale);
    const auto ours = QStringLiteral(":/translations");
    install(application, QLocale(QLocale::English), QStringLiteral("drover"), ours);
    install(application, locale, QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(application, locale, QStringLiteral("drover"), ours);
}

} // namespace drover::app
