// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/sharing.h"

#include <QObject>
#include <QThread>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

class QTimer;

namespace drover::app {

/// What is to be looked for.
struct SensorWishes {
    std::vector<std::string> programs = {}; ///< as in SharingRules::programs
    std::int64_t ollamaPid = 0; ///< of the Ollama that Drover looks after; 0 when it is not known
    std::string diskFolder = {}; ///< whose disk must not get full; empty for none
    bool operator==(const SensorWishes&) const = default;
};

/// The sensors of one operating system. Used on one thread only, which it may hold up for some 100 ms.
class SensorSource {
public:
    virtual ~SensorSource() = default;

    /// What can be told is told, the rest is left out; the first reading after a wish may know less than later ones.
    virtual drover::SensorReadings read(const SensorWishes& wishes) = 0;
};

/// That of this system.
std::unique_ptr<SensorSource> makeSensorSource();

/// Reads the sensors again and again on a thread of its own, while somebody wants to know.
class Sensors : public QObject {
    Q_OBJECT

public:
    /// `told` is called with each reading, on the sensors' thread; never once this is gone.
    Sensors(std::function<std::unique_ptr<SensorSource>()> make,
        std::function<void(const drover::SensorReadings&)> told, QObject* parent = nullptr);
    ~Sensors() override;

    /// Begins to read, or goes on with other wishes.
    void watch(SensorWishes wishes);
    /// Reads nothing until `watch`.
    void rest();

    static constexpr std::chrono::milliseconds readEvery{1000};

private:
    class Reader;

    QThread m_thread;
    Reader* m_reader; ///< lives on the thread and ends with it
    std::unique_ptr<SensorWishes> m_wishes; ///< none while it rests
};

} // namespace drover::app
