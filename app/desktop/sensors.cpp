// SPDX-License-Identifier: MIT
#include "app/desktop/sensors.h"

#include <QTimer>

namespace drover::app {

/// Lives on the sensors' thread.
class Sensors::Reader : public QObject {
public:
    Reader(std::function<std::unique_ptr<SensorSource>()> make, std::function<void(const drover::SensorReadings&)> told)
        : m_make(std::move(make))
        , m_told(std::move(told))
        , m_timer(this)
    {
        connect(&m_timer, &QTimer::timeout, this, &Reader::read);
    }

    void watch(SensorWishes wishes)
    {
        m_wishes = std::move(wishes);
        if (!m_source)
            m_source = m_make(); // here: what it holds belongs to this thread
        if (!m_timer.isActive())
            m_timer.start(readEvery);
        read();
    }
    void rest()
    {
        m_timer.stop();
        m_source.reset();
    }

private:
    void read()
    {
        if (m_source)
            m_told(m_source->read(m_wishes));
    }

    std::function<std::unique_ptr<SensorSource>()> m_make;
    std::function<void(const drover::SensorReadings&)> m_told;
    std::unique_ptr<SensorSource> m_source;
    SensorWishes m_wishes;
    QTimer m_timer;
};

Sensors::Sensors(std::function<std::unique_ptr<SensorSource>()> make,
    std::function<void(const drover::SensorReadings&)> told, QObject* parent)
    : QObject(parent)
    , m_reader(new Reader(std::move(make), std::move(told)))
{
    m_thread.setObjectName(QStringLiteral("sensors"));
    m_reader->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_reader, &QObject::deleteLater);
    m_thread.start();
}

Sensors::~Sensors()
{
    m_thread.quit();
    m_thread.wait();
}

void Sensors::watch(SensorWishes wishes)
{
    if (m_wishes && *m_wishes == wishes)
        return;
    m_wishes = std::make_unique<SensorWishes>(wishes);
    QMetaObject::invokeMethod(
        m_reader, [reader = m_reader, wishes = std::move(wishes)] { reader->watch(wishes); }, Qt::QueuedConnection);
}

void Sensors::rest()
{
    if (!m_wishes)
        return;
    m_wishes.reset();
    QMetaObject::invokeMethod(
        m_reader, [reader = m_reader] { reader->rest(); }, Qt::QueuedConnection);
}

} // namespace drover::app
