// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <string>
#include <string_view>
#include <vector>

namespace drover::app {

/// What mends something, as far as a program can. A value; `Mender` carries it out.
struct Remedy {
    enum class Kind {
        None,
        ChangeSetting, ///< `target` is its key, `value` what it becomes
        MakePrivate, ///< takes the file `target` from everybody but its owner
        MakeFolder, ///< makes `target`, for this user alone
        Resume,
        Undrain,
        StartOllama,
        TurnLoginItemOn,
        OpenSetting, ///< of the window: shows the row `target`
        OpenModels,
        OpenLogs
    };
    Kind kind = Kind::None;
    std::string target = {};
    std::string value = {};
    bool operator==(const Remedy&) const = default;
};

/// True for those that mend by themselves; the others only open what a person needs.
bool mendsAlone(Remedy::Kind kind);

/// What one check found. A value.
struct Finding {
    enum class Verdict { Problem, Warning, Ok, NotApplicable };
    std::string check = {}; ///< a stable word for programs
    Verdict verdict = Verdict::Ok;
    QString sentence = {};
    QString fix = {}; ///< what to do; empty when there is nothing
    Remedy remedy = {}; ///< the same, done by a program
    bool operator==(const Finding&) const = default;
};

/// "problem", "warning", "ok", "not_applicable"
std::string_view name(Finding::Verdict verdict);

/// As a person reads it in a terminal or a mail: problems first, then the rest in their order.
QString findingsText(const std::vector<Finding>& findings);

/// The same as a JSON array.
QByteArray findingsJson(const std::vector<Finding>& findings);

/// The worst first; those that are alike stay in their order.
std::vector<Finding> bySeverity(std::vector<Finding> findings);

} // namespace drover::app
