// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/layer.h"
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
};

/// Everything that the doctor looks at, collected before anything is judged.
struct Facts {
    Resolved settings = {};
    std::string settingsFile = {};
    bool settingsFileThere = false;
    bool settingsFileReadable = true;
    Environment environment = {};
    std::string ownVersion = {};

    std::string statusAddress = {};
    Probe status = {}; ///< GET /status
    std::optional<drover::Snapshot> snapshot = {}; ///< of the running Drover
    std::string proxyAddress = {};
    Probe proxy = {}; ///< GET /health
    Probe gateway = {}; ///< GET /_ollama/health, where Ollama's own gateway answers with 204
    Probe proxyModels = {}; ///< GET /api/tags through Drover

    std::string tokenFile = {};
    bool tokenThere = false;
    bool tokenPrivate = true; ///< nobody else may read it
    Probe tokenTry = {}; ///< a read that needs the token

    struct Backend {
        std::string url = {};
        bool https = false; ///< is not tried from here
        Probe probe = {};
    };
    std::vector<Backend> backends = {};

    bool stateFolderWritable = true;
    std::string stateFolder = {};
    std::uint64_t diskBytesFree = 0; ///< where the state folder is
    std::uint64_t openFilesMax = 0; ///< 0 where the system has no such limit
};

/// What one check found.
struct Finding {
    enum class Verdict { Fine, Note, Trouble };
    std::string check = {}; ///< a stable word for programs
    Verdict verdict = Verdict::Fine;
    std::string sentence = {};
    std::string fix = {}; ///< what to do; empty when there is nothing
    bool operator==(const Finding&) const = default;
};

/// Judges. Pure: the same facts give the same findings, one for each check, in the order in which to mend.
std::vector<Finding> diagnose(const Facts& facts);

std::string findingsText(const std::vector<Finding>& findings);

} // namespace drover::app
