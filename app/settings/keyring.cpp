// SPDX-License-Identifier: MIT
#include "app/settings/keyring.h"

#include <QTimer>

#include <qt6keychain/keychain.h>

namespace drover::app {

namespace {

const auto service = QStringLiteral("Drover");

Keyring::Outcome outcomeOf(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::NoError:
        return Keyring::Outcome::Done;
    case QKeychain::EntryNotFound:
        return Keyring::Outcome::NotFound;
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return Keyring::Outcome::Refused;
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return Keyring::Outcome::Absent;
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::OtherError:
        break;
    }
    return Keyring::Outcome::Failed;
}

} // namespace

/// One call of the keyring and its only answer. Ends itself.
class Keyring::Question : public QObject {
    Q_OBJECT

public:
    Question(QKeychain::Job* job, const std::string& name, Taken taken, Keyring* parent)
        : QObject(parent)
        , m_job(job)
        , m_taken(std::move(taken))
    {
        job->setAutoDelete(true); // it cannot be called back, and may be answered after our time is over
        job->setInsecureFallback(false);
        job->setKey(QString::fromStdString(name));
    }

    void ask(std::chrono::milliseconds answerTimeMax)
    {
        connect(m_job, &QKeychain::Job::finished, this, &Question::finished);
        m_tooLate.setSingleShot(true);
        connect(&m_tooLate, &QTimer::timeout, this, [this] {
            answer({Outcome::Refused, {}, "nobody answered the keyring's question"});
        });
        m_tooLate.start(answerTimeMax);
        m_job->start();
    }

private:
    void finished(QKeychain::Job* job)
    {
        Answer result{.outcome = outcomeOf(job->error())};
        if (result.outcome != Outcome::Done)
            result.detail = job->errorString().toStdString();
        else if (const auto* read = qobject_cast<QKeychain::ReadPasswordJob*>(job))
            result.value = read->textData().toStdString();
        answer(result);
    }

    void answer(const Answer& result)
    {
        disconnect(m_job, nullptr, this, nullptr);
        m_tooLate.stop();
        deleteLater();
        std::exchange(m_taken, nullptr)(result);
    }

    QKeychain::Job* m_job; ///< deletes itself once it has finished
    Taken m_taken;
    QTimer m_tooLate;
};

Keyring::Keyring(std::chrono::milliseconds answerTimeMax, QObject* parent)
    : QObject(parent)
    , m_answerTimeMax(answerTimeMax)
{
}

Keyring::~Keyring() = default;

void Keyring::read(const std::string& name, Taken taken)
{
    ask(new Question(new QKeychain::ReadPasswordJob(service), name, std::move(taken), this));
}

void Keyring::write(const std::string& name, const std::string& value, Taken taken)
{
    auto* job = new QKeychain::WritePasswordJob(service);
    job->setTextData(QString::fromStdString(value));
    ask(new Question(job, name, std::move(taken), this));
}

void Keyring::remove(const std::string& name, Taken taken)
{
    ask(new Question(new QKeychain::DeletePasswordJob(service), name, std::move(taken), this));
}

void Keyring::ask(Question* question)
{
    question->ask(m_answerTimeMax);
}

} // namespace drover::app

#include "keyring.moc"
