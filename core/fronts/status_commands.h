// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/engine.h"

#include <span>
#include <string_view>

namespace drover {

/// What `POST /control/WORD` does: the same commands as the window's. Core thread.
class StatusCommands {
public:
    /// The engine outlives it. `hooks` tells what shutdown and reload do.
    StatusCommands(Engine& engine, EngineHooks hooks);

    struct Command {
        std::string_view word;
        std::string_view about;
        Result<> (StatusCommands::*run)(std::string_view target);
    };
    static std::span<const Command> all();
    static const Command* find(std::string_view path); ///< the whole path; null when it is no control call

    /// Fails with BadRequest when the target lacks an id, NotFound when no job or worker has it, Forbidden when there
    /// is no such hook. The command takes effect soon after.
    Result<> run(const Command& command, std::string_view target) { return (this->*command.run)(target); }

private:
    Result<> pause(std::string_view target);
    Result<> resume(std::string_view target);
    Result<> pauseSharing(std::string_view target);
    Result<> resumeSharing(std::string_view target);
    Result<> drain(std::string_view target);
    Result<> undrain(std::string_view target);
    Result<> reload(std::string_view target);
    Result<> look(std::string_view target);
    Result<> freeMemory(std::string_view target);
    Result<> startRuntime(std::string_view target);
    Result<> shutdown(std::string_view target);
    Result<> cancelJob(std::string_view target);
    Result<> startNext(std::string_view target);
    Result<> drainWorker(std::string_view target);
    Result<> undrainWorker(std::string_view target);
    Result<> removeWorker(std::string_view target);
    Result<> tellWorker(std::string_view target, WorkerCommand command);
    Result<JobId> jobOf(std::string_view target) const;

    Engine& m_engine;
    EngineHooks m_hooks;
};

} // namespace drover
