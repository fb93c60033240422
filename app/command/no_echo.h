// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

namespace drover::app {

/// Standard input does not show what is typed, for as long as this lives; nothing where it is no terminal.
class NoEcho {
public:
    NoEcho();
    ~NoEcho();
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;

    bool isTerminal() const { return m_before != nullptr; }

private:
    struct Before; ///< how the terminal was
    std::unique_ptr<Before> m_before;
};

} // namespace drover::app
