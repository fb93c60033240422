// SPDX-License-Identifier: MIT
#include "app/tray/notifier.h"

#include <QSystemTrayIcon>

namespace drover::app {

namespace {

/// By the tray icon: Windows' toasts and macOS' notification centre, without buttons. Both are quiet by themselves when
/// they were told so.
class IconNotifier : public Notifier {
public:
    explicit IconNotifier(IconOfNow icon)
        : m_icon(std::move(icon))
    {
    }

    void show(const Notice& notice) override
    {
        auto* icon = m_icon();
        if (!icon) {
            Q_EMIT failed(tr("there is no tray icon"));
            return;
        }
        disconnect(m_clicked);
        m_clicked =
            connect(icon, &QSystemTrayIcon::messageClicked, this, [this, act = notice.onClick] { Q_EMIT chosen(act); });
        icon->showMessage(notice.title, notice.text, icon->icon());
    }

    bool isQuiet() const override { return false; }

private:
    IconOfNow m_icon;
    QMetaObject::Connection m_clicked; ///< to what the latest message is about
};

} // namespace

std::unique_ptr<Notifier> makeNotifier(IconOfNow icon)
{
    return std::make_unique<IconNotifier>(std::move(icon));
}

} // namespace drover::app
