// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/login_item.h"
#include "app/doctor/system_facts.h"
#include "app/settings/layer.h"
#include "core/api/port_holder.h"
#include "core/api/snapshot.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace drover::app {

/// What somebody who connects to an address finds there.
struct Probe {
    enum class Outcome { Answers, NobodyListens, Silent, Garbage };
    Outcome outcome = Outcome::NobodyListens;
    int status = 0; ///< HTTP status of the answer
    std::string body = {};
    std::int64_t date = 0; ///< of its Date field, seconds since 1970; 0 when there is none
};

/// A file or folder as this user finds it.
struct FileFacts {
    std::string path = {}; ///< empty when there is no such file by the settings
    bool there = false;
    bool writable = true; ///< it, or the folder where it would be made
    bool onlyOurs = true; ///< nobody else may read it
    bool sound = true; ///< its first bytes are what they should be
    std::uint64_t bytesFree = 0; ///< on its disk; 0 when not known
};

/// Everything that the doctor looks at, collected before anything is judged. A value.
struct Facts {
    Resolved settings = {};
    std::string settingsFile = {};
    bool settingsFileThere = false;
    bool settingsFileReadable = true;
    Environment environment = {};
    std::string ownVersion = {};
    std::string buildDate = {}; ///< "2026-11-21"
    std::int64_t now = 0; ///< seconds since 1970

    std::string statusAddress = {};
    Probe status = {}; ///< GET /status
    std::optional<drover::Snapshot> snapshot = {}; ///< of the running Drover
    std::string proxyAddress = {};
    Probe proxy = {}; ///< GET /health
    Probe gateway = {}; ///< GET /_ollama/health, where Ollama's own gateway answers with 204
    Probe proxyModels = {}; ///< GET /api/tags through Drover
    Probe strangeOrigin = {}; ///< the same, as a web page of somebody else would ask
    std::optional<drover::PortHolder> proxyHolder = {}; ///< who listens on the proxy's port
    std::optional<drover::PortHolder> statusHolder = {};

    std::string tokenFile = {}; ///< or "off"
    bool tokenThere = false;
    bool tokenPrivate = true; ///< nobody else may read it
    Probe tokenTry = {}; ///< a read that needs the token

    struct Backend {
        std::string url = {};
        drover::BackendKind kind = drover::BackendKind::Ollama;
        bool https = false; ///< is not tried from here
        bool local = true; ///< on this machine
        Probe probe = {}; ///< of its version or its list of models
        Probe loaded = {}; ///< GET /api/ps, of an Ollama
    };
    std::vector<Backend> backends = {};

    FileFacts stateFolder = {};
    FileFacts modelsFolder = {}; ///< of Ollama
    FileFacts logFile = {};
    FileFacts history = {};
    std::uint64_t openFilesMax = 0; ///< 0 where the system has no such limit
    std::optional<LoginItemStatus> loginItem = {}; ///< nothing when it cannot be read
    SystemFacts system = {};
};

} // namespace drover::app
