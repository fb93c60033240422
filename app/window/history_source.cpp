// SPDX-License-Identifier: MIT
#include "app/window/history_source.h"

#include <QMetaObject>

namespace drover::app {

HistorySource::HistorySource(std::string file, QObject* parent)
    : QObject(parent)
    , m_file(std::move(file))
    , m_there(std::make_unique<QObject>())
{
    m_there->moveToThread(&m_thread);
    m_thread.setObjectName(QStringLiteral("history"));
    m_thread.start(QThread::LowPriority);
}

HistorySource::~HistorySource()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
        if (m_reading != nullptr)
            m_reading->interrupt();
    }
    m_thread.quit();
    m_thread.wait();
}

void HistorySource::run(QObject* context, std::function<void()> work, std::function<void()> done)
{
    const QPointer<QObject> asker(context);
    post([this, asker, work = std::move(work), done = std::move(done)] {
        work();
        answerTo(asker, done);
    });
}

void HistorySource::interrupt()
{
    const std::lock_guard lock(m_mutex);
    if (m_reading != nullptr)
        m_reading->interrupt();
}

void HistorySource::post(std::function<void()> work)
{
    QMetaObject::invokeMethod(m_there.get(), std::move(work), Qt::QueuedConnection);
}

void HistorySource::withReader(const std::function<void(drover::Result<std::unique_ptr<drover::HistoryReader>>&)>& work)
{
    auto reader = drover::makeHistoryReader(m_file);
    {
        const std::lock_guard lock(m_mutex);
        if (m_ending)
            return;
        m_reading = reader ? reader->get() : nullptr;
    }
    work(reader);
    const std::lock_guard lock(m_mutex);
    m_reading = nullptr;
}

/// `asker` is only looked at on the GUI thread, where it lives.
void HistorySource::answerTo(const QPointer<QObject>& asker, std::function<void()> done)
{
    QMetaObject::invokeMethod(
        this,
        [asker, done = std::move(done)] {
            if (asker)
                done();
        },
        Qt::QueuedConnection);
}

} // namespace drover::app
