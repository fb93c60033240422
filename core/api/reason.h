// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/api/reason_table.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace drover {

/// "none", "try_again", "start_ollama", "resume", "undrain", "open_setting", "open_logs", "open_models", "open_apps",
/// "run_doctor"; empty one past the last.
std::string_view name(FixAction action);

/// A code that the table holds. One that it does not hold does not compile, so no code is without a sentence.
class ReasonCode {
public:
    consteval ReasonCode(const char* code) // NOLINT(google-explicit-constructor)
        : m_code(code)
    {
        if (!reason_table::holds(code))
            throw "there is no such row in core/api/reason_table.h";
    }

    std::string_view text() const { return m_code; }

private:
    std::string_view m_code;
};

/// Every reason there is, each code once.
std::span<const Reason> reasonTable();

/// The row of a code; nullptr for a word that is none, such as one of another version.
const Reason* findReason(std::string_view code);

/// A row of the table with its particulars: what tray, window, command line and status say alike.
struct ReasonGiven {
    std::string code = {};
    std::vector<std::string> arguments = {}; ///< for %1, %2 and %3
    std::string text = {}; ///< the sentence, filled in
    std::string fix = {};
    FixAction action = FixAction::None;
    std::string setting = {};
};

/// Fills the row of `code`.
ReasonGiven give(ReasonCode code, std::vector<std::string> arguments = {});

/// The row of an error's code.
ReasonGiven give(Errc code);

/// `pattern` with %1, %2 and so on replaced; a number without an argument stays.
std::string filled(std::string_view pattern, std::span<const std::string> arguments);

/// The row that a text was filled from and what it was filled with. Where several fit, the one with most words of its
/// own; nullptr where none does. For texts that come without a code: particulars of other reasons, what was kept of a
/// job, another Drover's status.
struct ReasonRead {
    const Reason* row = nullptr;
    std::vector<std::string> arguments = {};
};
ReasonRead readReason(std::string_view text);

} // namespace drover
