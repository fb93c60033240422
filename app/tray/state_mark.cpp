// SPDX-License-Identifier: MIT
#include "app/tray/state_mark.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <optional>

namespace drover::app {

namespace {

constexpr int bars = 3;
constexpr int sizes[] = {16, 20, 22, 24, 32, 40, 44, 48, 64, 128};

bool nobodyAnswers(const drover::Snapshot& snapshot)
{
    return !snapshot.backends.empty()
        && std::all_of(snapshot.backends.begin(), snapshot.backends.end(), [](const drover::BackendView& backend) {
               return backend.state == drover::BackendState::Down || backend.state == drover::BackendState::Resting;
           });
}

/// The local Ollama does not come back by itself.
bool needsAPerson(const drover::RuntimeView& runtime)
{
    return runtime.present
        && (runtime.state == drover::RuntimeState::GaveUp || runtime.state == drover::RuntimeState::Blocked);
}

/// That pools get nothing comes before what runs for the apps; nothing while this machine shares.
std::optional<Face> sharingFace(const drover::SharingView& sharing)
{
    if (!sharing.present || sharing.verdict == drover::SharingVerdict::Go)
        return {};
    return sharing.snooze == drover::SnoozeKind::None ? Face::Asleep : Face::Paused;
}

/// What the links to pools bring about; nothing where they are as they should be.
std::optional<Face> faceOfPools(const drover::Snapshot& snapshot)
{
    if (refusingPool(snapshot) != nullptr)
        return Face::Error;
    const bool idle = snapshot.state == drover::EngineState::Ready; // while apps are served, that is the news
    return idle && connectingPool(snapshot) != nullptr ? std::optional(Face::Starting) : std::nullopt;
}

Face faceOf(const drover::Snapshot& snapshot)
{
    if (const auto face = faceOfPools(snapshot);
        face && (snapshot.state == drover::EngineState::Busy || snapshot.state == drover::EngineState::Ready))
        return *face;
    switch (snapshot.state) {
    case drover::EngineState::Error:
        return nobodyAnswers(snapshot) && !needsAPerson(snapshot.runtime) ? Face::Off : Face::Error;
    case drover::EngineState::Starting:
        return Face::Starting;
    case drover::EngineState::Draining:
        return Face::Finishing;
    case drover::EngineState::Paused:
        return Face::Paused;
    case drover::EngineState::Busy:
        return sharingFace(snapshot.sharing).value_or(Face::Busy);
    case drover::EngineState::Ready:
        return sharingFace(snapshot.sharing).value_or(Face::Ready);
    }
    return Face::Error;
}

/// Lays the mark's parts on whole pixels, in sixteenths of its area.
class MarkPainter {
public:
    MarkPainter(QPainter& painter, const QRect& area, const QColor& color)
        : m_painter(painter)
        , m_area(area)
        , m_color(color)
        , m_line(std::max(1, qRound(area.width() / 16.0)))
    {
    }

    void outlinedBar(int index) { ring(bar(index), m_line); }

    void filledBar(int index) { m_painter.fillPath(rounded(bar(index)), m_color); }

    void brokenBar(int index)
    {
        for (const auto& [from, to] : {std::pair{1, 4}, {6, 10}, {12, 15}}) {
            const auto whole = bar(index);
            const auto height = std::max(2, whole.height() / 2);
            m_painter.fillRect(
                QRect(QPoint(x(from), whole.top() + (whole.height() - height) / 2), QSize(x(to) - x(from), height)),
                m_color);
        }
    }

    void moon()
    {
        QPainterPath disc;
        disc.addEllipse(QRectF(QPointF(x(2), y(2)), QPointF(x(14), y(14))));
        QPainterPath shadow;
        shadow.addEllipse(QRectF(QPointF(x(6), y(0)), QPointF(x(17), y(11))));
        m_painter.fillPath(disc.subtracted(shadow), m_color);
    }

    void uprightBars()
    {
        for (const auto& [from, to] : {std::pair{3, 7}, {9, 13}})
            m_painter.fillPath(rounded(QRect(QPoint(x(from), y(2)), QPoint(x(to) - 1, y(14) - 1))), m_color);
    }

    void exclamation()
    {
        clear(part(10, 0, 16, 16));
        m_painter.fillPath(rounded(part(12, 1, 15, 10)), m_color);
        m_painter.fillPath(rounded(part(12, 12, 15, 15)), m_color);
    }

    void downArrow()
    {
        clear(part(8, 5, 16, 16));
        m_painter.fillRect(part(11, 6, 13, 11), m_color);
        QPainterPath head;
        head.moveTo(exact(8.5, 10.5));
        head.lineTo(exact(15.5, 10.5));
        head.lineTo(exact(12, 15));
        head.closeSubpath();
        m_painter.fillPath(head, m_color);
    }

    void slash()
    {
        const QLineF line(exact(1.5, 14.5), exact(14.5, 1.5));
        m_painter.save();
        m_painter.setCompositionMode(QPainter::CompositionMode_Clear);
        m_painter.setPen(QPen(m_color, m_line * 4.5, Qt::SolidLine, Qt::FlatCap));
        m_painter.drawLine(line);
        m_painter.restore();
        m_painter.setPen(QPen(m_color, m_line * 1.75, Qt::SolidLine, Qt::RoundCap));
        m_painter.drawLine(line);
    }

    void demoRing()
    {
        const auto where = part(9, 9, 16, 16);
        m_painter.save();
        m_painter.setCompositionMode(QPainter::CompositionMode_Clear);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(Qt::black);
        m_painter.drawEllipse(QRectF(where).adjusted(-m_line, -m_line, m_line, m_line));
        m_painter.restore();
        m_painter.setPen(QPen(m_color, m_line * 1.5));
        m_painter.setBrush(Qt::NoBrush);
        const qreal inset = m_line;
        m_painter.drawEllipse(QRectF(where).adjusted(inset, inset, -inset, -inset));
    }

    void sharingDot()
    {
        const QRectF where(part(10, 0, 16, 6));
        m_painter.save();
        m_painter.setCompositionMode(QPainter::CompositionMode_Clear);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(Qt::black);
        m_painter.drawEllipse(where.adjusted(-m_line, -m_line, m_line, m_line));
        m_painter.restore();
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_color);
        m_painter.drawEllipse(where);
    }

private:
    int x(int sixteenths) const { return m_area.left() + qRound(m_area.width() * sixteenths / 16.0); }
    int y(int sixteenths) const { return m_area.top() + qRound(m_area.height() * sixteenths / 16.0); }
    QPointF exact(qreal right, qreal down) const
    {
        return {m_area.left() + m_area.width() * right / 16, m_area.top() + m_area.height() * down / 16};
    }
    QRect part(int left, int top, int right, int bottom) const
    {
        return {QPoint(x(left), y(top)), QPoint(x(right) - 1, y(bottom) - 1)};
    }
    QRect bar(int index) const { return part(1, 1 + 5 * index, 15, 5 + 5 * index); }

    QPainterPath rounded(const QRectF& rect) const
    {
        QPainterPath path;
        path.addRoundedRect(rect, m_line, m_line);
        return path;
    }
    void ring(const QRect& rect, int width)
    {
        m_painter.fillPath(rounded(rect).subtracted(rounded(rect.adjusted(width, width, -width, -width))), m_color);
    }
    void clear(const QRect& rect)
    {
        m_painter.save();
        m_painter.setCompositionMode(QPainter::CompositionMode_Clear);
        m_painter.fillRect(rect, Qt::black);
        m_painter.restore();
    }

    QPainter& m_painter;
    QRect m_area;
    QColor m_color;
    int m_line;
};

void paintBars(MarkPainter& paint, int filled)
{
    for (int index = 0; index < bars; ++index) {
        if (index >= bars - filled)
            paint.filledBar(index);
        else
            paint.outlinedBar(index);
    }
}

} // namespace

const drover::PoolView* refusingPool(const drover::Snapshot& snapshot)
{
    const auto found = std::ranges::find(snapshot.pools, drover::PoolState::Refused, &drover::PoolView::state);
    return found == snapshot.pools.end() ? nullptr : &*found;
}

const drover::PoolView* connectingPool(const drover::Snapshot& snapshot)
{
    const auto found = std::ranges::find(snapshot.pools, drover::PoolState::Connecting, &drover::PoolView::state);
    return found == snapshot.pools.end() ? nullptr : &*found;
}

StateMark markOf(const drover::Snapshot& snapshot)
{
    const auto face = faceOf(snapshot);
    const bool showsJobs = face == Face::Busy || face == Face::Finishing || face == Face::Error;
    return {.face = face,
        .filled = showsJobs ? static_cast<int>(std::min<std::uint32_t>(snapshot.running, bars)) : 0,
        .demo = snapshot.demo && (face == Face::Busy || face == Face::Ready),
        .sharing = !snapshot.demo && face == Face::Ready && std::ranges::any_of(snapshot.pools, [](const auto& pool) {
            return pool.state == drover::PoolState::Connected;
        })};
}

void paintMark(QPainter& painter, const QRect& area, const StateMark& mark, const QColor& color)
{
    // Painted aside, since parts are cut out of others.
    QPixmap aside(area.size() * painter.device()->devicePixelRatio());
    aside.fill(Qt::transparent);
    QPainter onAside(&aside);
    onAside.setRenderHint(QPainter::Antialiasing);
    MarkPainter paint(onAside, aside.rect(), color);
    switch (mark.face) {
    case Face::Error:
        paintBars(paint, mark.filled);
        paint.exclamation();
        break;
    case Face::Off:
        paintBars(paint, 0);
        paint.slash();
        break;
    case Face::Starting:
        for (int index = 0; index < bars; ++index)
            paint.brokenBar(index);
        break;
    case Face::Finishing:
        paintBars(paint, mark.filled);
        paint.downArrow();
        break;
    case Face::Paused:
        paint.uprightBars();
        break;
    case Face::Asleep:
        paint.moon();
        break;
    case Face::Busy:
    case Face::Ready:
        paintBars(paint, mark.filled);
        break;
    }
    if (mark.demo)
        paint.demoRing();
    else if (mark.sharing)
        paint.sharingDot();
    onAside.end();
    painter.drawPixmap(area, aside);
}

QPixmap markPixmap(const StateMark& mark, int pixels, const QColor& color)
{
    QPixmap pixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintMark(painter, pixmap.rect(), mark, color);
    return pixmap;
}

QIcon markIcon(const StateMark& mark, const QColor& color)
{
    QIcon icon;
    for (const int pixels : sizes)
        icon.addPixmap(markPixmap(mark, pixels, color));
    return icon;
}

} // namespace drover::app
