// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/view/key_reader.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <string_view>

namespace drover::app {

struct TerminalSize {
    int columns = 80;
    int rows = 24;
    bool operator==(const TerminalSize&) const = default;
};

/// The terminal that the program was started in, taken over: its other screen, keys one by one, no cursor.
///
/// At most one exists at a time. The destructor gives the terminal back as it was; so does a crash, as far as possible.
class Terminal : public QObject {
    Q_OBJECT

public:
    explicit Terminal(QObject* parent = nullptr);
    ~Terminal() override;
    Q_DISABLE_COPY_MOVE(Terminal)

    TerminalSize size() const;
    void write(std::string_view text);

    /// True when standard input and output are a terminal that understands escape sequences.
    static bool usable();

Q_SIGNALS:
    void pressed(const drover::app::KeyPress& key);
    void resized();
    void closed(); ///< there is no more input

private:
    struct System; ///< what the operating system needs
    void take(std::string_view bytes);

    KeyReader m_keys = {};
    QTimer m_escape; ///< tells the Escape key from the beginning of a sequence
    std::unique_ptr<System> m_system;
};

} // namespace drover::app
