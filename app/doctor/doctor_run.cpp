// SPDX-License-Identifier: MIT
#include "app/doctor/doctor_run.h"

#include <QDateTime>

namespace drover::app {

namespace {

void endCollectors(QObject& bench)
{
    qDeleteAll(bench.findChildren<FactCollector*>(Qt::FindDirectChildrenOnly));
}

QString troubleOfSaving(const QString& path, const std::vector<ArchiveFile>& files, const Redactor& redactor)
{
    const auto archive = bundleArchive(
        files, [&](std::string_view text) { return redactor.redacted(text); }, QDateTime::currentSecsSinceEpoch());
    const auto saved = saveBundle(path.toStdString(), archive);
    return saved ? QString() : QString::fromStdString(saved.error().detail);
}

} // namespace

DoctorRun::DoctorRun(QObject* parent)
    : QObject(parent)
    , m_bench(std::make_unique<QObject>())
{
    m_bench->moveToThread(&m_thread);
    m_thread.start(QThread::LowPriority);
}

DoctorRun::~DoctorRun()
{
    // Waited for: collectors end on the thread that made them.
    QMetaObject::invokeMethod(
        m_bench.get(), [bench = m_bench.get()] { endCollectors(*bench); }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void DoctorRun::look(const DoctorScene& scene)
{
    const int turn = ++m_turn;
    QMetaObject::invokeMethod(m_bench.get(), [this, bench = m_bench.get(), scene, turn] {
        endCollectors(*bench);
        auto* collector = new FactCollector(scene, bench);
        connect(collector, &FactCollector::progressed, this, [this, turn](int done, int all) {
            if (turn == m_turn)
                Q_EMIT progressed(done, all);
        });
        connect(collector, &FactCollector::finished, this, [this, turn](const Facts& facts) {
            if (turn == m_turn)
                Q_EMIT looked(facts);
        });
        collector->start();
    });
}

void DoctorRun::cancel()
{
    ++m_turn;
    QMetaObject::invokeMethod(m_bench.get(), [bench = m_bench.get()] { endCollectors(*bench); });
}

void DoctorRun::saveBundle(
    const QString& path, const Facts& facts, const std::vector<Finding>& findings, const BundleSources& sources)
{
    QMetaObject::invokeMethod(m_bench.get(), [this, path, facts, findings, sources] {
        const Redactor redactor(privateThings(facts, sources));
        const QString trouble = troubleOfSaving(path, bundleFiles(facts, findings, sources), redactor);
        QMetaObject::invokeMethod(this, [this, path, trouble] { Q_EMIT bundleSaved(path, trouble); });
    });
}

} // namespace drover::app
