// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

#include <chrono>
#include <functional>
#include <string>

namespace drover::app {

/// The keyring of the person's session, by QtKeychain: Secret Service or KWallet on Linux, the keychain on macOS, the
/// Credential Manager on Windows. Each secret has a name, below the service "Drover".
///
/// Nothing waits: the system may ask the person to unlock it, and answers come when it has. One answer for each
/// question, later, on this thread; none once the keyring is destroyed. What a person did not answer within the time
/// limit counts as refused.
class Keyring : public QObject {
    Q_OBJECT

public:
    enum class Outcome {
        Done,
        NotFound,
        Refused, ///< by the person or the system: it is locked, and stays so
        Absent, ///< there is no keyring in this session
        Failed
    };
    struct Answer {
        Outcome outcome = Outcome::Failed;
        std::string value = {}; ///< of `read`
        std::string detail = {}; ///< a sentence of the system's, when not Done; holds no secret
    };
    using Taken = std::function<void(const Answer&)>;

    static constexpr std::chrono::milliseconds answerTimeUsual{90'000};

    explicit Keyring(std::chrono::milliseconds answerTimeMax = answerTimeUsual, QObject* parent = nullptr);
    ~Keyring() override;

    void read(const std::string& name, Taken taken);
    void write(const std::string& name, const std::string& value, Taken taken);
    void remove(const std::string& name, Taken taken);

private:
    class Question;
    void ask(Question* question);

    std::chrono::milliseconds m_answerTimeMax;
};

} // namespace drover::app
