// SPDX-License-Identifier: MIT
#include "app/desktop/nvidia.h"

#include <QLibrary>

#include <algorithm>
#include <map>

namespace drover::app {

namespace {

// As in nvml.h: https://docs.nvidia.com/deploy/nvml-api/
using Device = struct nvmlDevice_st*;
constexpr int success = 0;
constexpr int insufficientSize = 7;
constexpr int sensorOfGpu = 0; ///< NVML_TEMPERATURE_GPU
constexpr unsigned devicesMax = 16;
constexpr unsigned samplesMax = 4096;

struct Utilization {
    unsigned gpu = 0;
    unsigned memory = 0;
};
struct ProcessSample {
    unsigned pid = 0;
    unsigned long long timeStamp = 0; ///< microseconds
    unsigned smUtil = 0;
    unsigned memUtil = 0;
    unsigned encUtil = 0;
    unsigned decUtil = 0;
};

} // namespace

struct Nvidia::Library {
    QLibrary file;
    int (*init)() = nullptr;
    int (*shutdown)() = nullptr;
    int (*count)(unsigned*) = nullptr;
    int (*handle)(unsigned, Device*) = nullptr;
    int (*utilization)(Device, Utilization*) = nullptr;
    int (*temperature)(Device, int, unsigned*) = nullptr;
    int (*processes)(Device, ProcessSample*, unsigned*, unsigned long long) = nullptr; ///< older drivers have none
    std::map<Device, unsigned long long> lastSample;
    bool works = false;

    explicit Library(const QString& name);
    ~Library()
    {
        if (works)
            shutdown();
    }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;

    std::optional<double> others(Device device, double inAll, const std::vector<std::int64_t>& ours);

private:
    template <class Function> bool load(Function& function, const char* name)
    {
        function = reinterpret_cast<Function>(file.resolve(name));
        return function != nullptr;
    }
};

Nvidia::Library::Library(const QString& name)
    : file(name)
{
    if (!load(init, "nvmlInit_v2") || !load(shutdown, "nvmlShutdown") || !load(count, "nvmlDeviceGetCount_v2")
        || !load(handle, "nvmlDeviceGetHandleByIndex_v2") || !load(utilization, "nvmlDeviceGetUtilizationRates")
        || !load(temperature, "nvmlDeviceGetTemperature"))
        return;
    load(processes, "nvmlDeviceGetProcessUtilization");
    works = init() == success;
}

/// Of the time since the last call: what is ours goes off, for the driver's samples of single programs have gaps.
std::optional<double> Nvidia::Library::others(Device device, double inAll, const std::vector<std::int64_t>& ours)
{
    if (!processes)
        return {};
    unsigned long long& since = lastSample[device];
    unsigned number = 0;
    const int asked = processes(device, nullptr, &number, since);
    if (asked != success && asked != insufficientSize)
        return {};
    std::vector<ProcessSample> samples(std::min(number, samplesMax));
    number = static_cast<unsigned>(samples.size());
    if (number > 0 && processes(device, samples.data(), &number, since) != success)
        return {};
    samples.resize(std::min<std::size_t>(samples.size(), number));
    double used = 0;
    std::map<unsigned, unsigned> mostOf;
    for (const ProcessSample& sample : samples) {
        since = std::max(since, sample.timeStamp);
        unsigned& most = mostOf[sample.pid];
        most = std::max(most, std::min(sample.smUtil, 100u));
    }
    for (const auto& [pid, most] : mostOf) {
        if (std::find(ours.begin(), ours.end(), std::int64_t{pid}) != ours.end())
            used += most;
    }
    return std::clamp(inAll - used, 0.0, 100.0);
}

Nvidia::Nvidia(const QString& library)
    : m_library(std::make_unique<Library>(library))
{
}

Nvidia::~Nvidia() = default;

Nvidia::Reading Nvidia::read(const std::vector<std::int64_t>& ours)
{
    Reading found;
    unsigned devices = 0;
    if (!m_library->works || m_library->count(&devices) != success)
        return found;
    const auto raise = [](std::optional<double>& most, double value) { most = std::max(most.value_or(value), value); };
    for (unsigned index = 0; index < std::min(devices, devicesMax); ++index) {
        Device device = nullptr;
        if (m_library->handle(index, &device) != success)
            continue;
        if (unsigned degrees = 0; m_library->temperature(device, sensorOfGpu, &degrees) == success)
            raise(found.celsius, degrees);
        Utilization busy;
        if (m_library->utilization(device, &busy) != success)
            continue;
        if (const auto others = m_library->others(device, busy.gpu, ours))
            raise(found.percentByOthers, *others);
    }
    return found;
}

} // namespace drover::app
