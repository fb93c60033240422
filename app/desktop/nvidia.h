// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace drover::app {

/// NVIDIA's GPUs, by the driver's own library (NVML), which is loaded at run time and need not be there. One thread.
class Nvidia {
public:
    /// `library`: the driver's own, by its name in this system.
    explicit Nvidia(const QString& library);
    ~Nvidia();

    struct Reading {
        std::optional<double> percentByOthers = {}; ///< of the busiest GPU, without the programs of `ours`
        std::optional<double> celsius = {}; ///< of the hottest
    };

    /// Nothing in it where there is no such GPU.
    Reading read(const std::vector<std::int64_t>& ours);

private:
    struct Library;

    std::unique_ptr<Library> m_library;
};

} // namespace drover::app
