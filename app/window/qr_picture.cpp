// SPDX-License-Identifier: MIT
#include "app/window/qr_picture.h"

#include <QPainter>

namespace drover::app {

namespace {

constexpr int sideOfPicture = 190;

} // namespace

QrPicture::QrPicture(QWidget* parent)
    : QWidget(parent)
{
    setFixedSize(sideOfPicture, sideOfPicture);
    setAccessibleName(tr("The invitation as a QR code"));
}

void QrPicture::show(const QString& text)
{
    m_modules = qrModules(text.toStdString()).value_or(QrModules{});
    update();
}

void QrPicture::paintEvent(QPaintEvent*)
{
    if (m_modules.side == 0)
        return;
    QPainter painter(this);
    painter.fillRect(rect(), Qt::white);
    const double module = static_cast<double>(width()) / (m_modules.side + 2 * QrModules::border);
    for (int y = 0; y < m_modules.side; ++y) {
        for (int x = 0; x < m_modules.side; ++x) {
            if (m_modules.isDark(x, y)) // a little larger: no seams between neighbours
                painter.fillRect(QRectF((x + QrModules::border) * module, (y + QrModules::border) * module,
                                     module + 0.2, module + 0.2),
                    Qt::black);
        }
    }
}

} // namespace drover::app
