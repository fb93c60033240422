// SPDX-License-Identifier: MIT

// A driver library with two GPUs, for nvidia_test: the figures that nvml.h's functions would give.
#include <cstring>

namespace {

struct Utilization {
    unsigned gpu;
    unsigned memory;
};
struct Sample {
    unsigned pid;
    unsigned long long timeStamp;
    unsigned smUtil;
    unsigned memUtil;
    unsigned encUtil;
    unsigned decUtil;
};

char firstGpu = 0;
char secondGpu = 0;

} // namespace

extern "C" {

int nvmlInit_v2()
{
    return 0;
}
int nvmlShutdown()
{
    return 0;
}
int nvmlDeviceGetCount_v2(unsigned* count)
{
    *count = 2;
    return 0;
}
int nvmlDeviceGetHandleByIndex_v2(unsigned index, void** device)
{
    *device = index == 0 ? &firstGpu : &secondGpu;
    return 0;
}
int nvmlDeviceGetUtilizationRates(void* device, Utilization* busy)
{
    *busy = {device == &firstGpu ? 95u : 20u, 1u};
    return 0;
}
int nvmlDeviceGetTemperature(void* device, int, unsigned* celsius)
{
    *celsius = device == &firstGpu ? 71 : 64;
    return 0;
}
int nvmlDeviceGetProcessUtilization(void* device, Sample* samples, unsigned* count, unsigned long long since)
{
    const Sample all[] = {{100, 5000, 60, 0, 0, 0}, {100, 6000, 70, 0, 0, 0}, {200, 6000, 25, 0, 0, 0}};
    const unsigned number = device == &firstGpu && since < 6000 ? 3 : 0;
    if (samples == nullptr || *count < number) {
        *count = number;
        return 7;
    }
    std::memcpy(samples, all, number * sizeof(Sample));
    *count = number;
    return 0;
}
}
