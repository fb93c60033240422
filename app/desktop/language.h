// SPDX-License-Identifier: MIT
#pragma once

class QCoreApplication;
class QLocale;

namespace drover::app {

/// Makes the application speak the language of `locale` where there is a translation, else English with its plurals.
/// Numbers follow `locale` in any case. Call before any window is made. A second call takes the place of the first.
void speak(QCoreApplication& application, const QLocale& locale);

} // namespace drover::app
