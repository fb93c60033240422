// SPDX-License-Identifier: MIT
#pragma once

#include "app/joining/qr.h"

#include <QWidget>

namespace drover::app {

/// A text as a QR code, dark on light in every theme, since many scanners want it so. Nothing is drawn for a text that
/// is too long for one.
class QrPicture : public QWidget {
    Q_OBJECT

public:
    explicit QrPicture(QWidget* parent = nullptr);

    void show(const QString& text);

    /// Modules on a side; 0 when nothing is drawn.
    int modules() const { return m_modules.side; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QrModules m_modules = {};
};

} // namespace drover::app
