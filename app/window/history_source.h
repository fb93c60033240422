// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/history.h"

#include <QObject>
#include <QPointer>
#include <QThread>

#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace drover::app {

/// Reads the history on a thread of its own, so that the window never waits for a disk. The only place where that
/// thread and the GUI's meet.
///
/// What is asked is answered in its turn. Each question opens the file anew, which costs less than a millisecond and
/// finds it also when it was begun, replaced or moved meanwhile. The destructor interrupts what is under way and waits
/// for it.
class HistorySource : public QObject {
    Q_OBJECT

public:
    /// `file` is UTF-8; it need not be there.
    explicit HistorySource(std::string file, QObject* parent = nullptr);
    ~HistorySource() override;

    const std::string& file() const { return m_file; }

    /// `work` is called on the reading thread, `done` later on the GUI thread with what it returned, or with why the
    /// file could not be opened (NotFound: nothing was ever recorded). Neither is called once `context` is gone.
    template <class Value>
    void ask(QObject* context, std::function<drover::Result<Value>(drover::HistoryReader&)> work,
        std::function<void(drover::Result<Value>)> done)
    {
        const QPointer<QObject> asker(context);
        post([this, asker, work = std::move(work), done = std::move(done)] {
            drover::Result<Value> answer = drover::fail(drover::Errc::Cancelled);
            withReader([&](drover::Result<std::unique_ptr<drover::HistoryReader>>& reader) {
                if (reader)
                    answer = work(**reader);
                else
                    answer = reader.error();
            });
            answerTo(asker, [done, answer] { done(answer); });
        });
    }

    /// Something on the reading thread that needs no reader, such as deleting.
    void run(QObject* context, std::function<void()> work, std::function<void()> done);

    /// Ends the question that is under way with Cancelled.
    void interrupt();

private:
    void post(std::function<void()> work);
    void withReader(const std::function<void(drover::Result<std::unique_ptr<drover::HistoryReader>>&)>& work);
    void answerTo(const QPointer<QObject>& asker, std::function<void()> done);

    const std::string m_file;
    QThread m_thread;
    std::unique_ptr<QObject> m_there; ///< lives on m_thread
    std::mutex m_mutex; ///< guards the next two
    drover::HistoryReader* m_reading = nullptr;
    bool m_ending = false;
};

} // namespace drover::app
