// SPDX-License-Identifier: MIT
#pragma once

#include "app/tray/notice.h"

#include <QObject>

#include <functional>
#include <memory>

class QSystemTrayIcon;

namespace drover::app {

/// Shows notices in the way of the desktop. GUI thread; never waits for the desktop.
class Notifier : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Where the desktop cannot show it, nothing happens but a `failed`.
    virtual void show(const Notice& notice) = 0;

    /// The person asked the desktop not to be disturbed, as far as it tells.
    virtual bool isQuiet() const = 0;

Q_SIGNALS:
    void chosen(NoticeAct act); ///< by a click on a notice or one of its buttons
    void quietChanged();
    void failed(const QString& reason);
};

/// The icon that may show messages; null while there is none.
using IconOfNow = std::function<QSystemTrayIcon*()>;

/// One definition per operating system. `icon` is asked where the system shows notices at the tray icon only.
std::unique_ptr<Notifier> makeNotifier(IconOfNow icon);

} // namespace drover::app
