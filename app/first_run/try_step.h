// SPDX-License-Identifier: MIT
#pragma once

#include "app/first_run/first_run_step.h"
#include "app/first_run/trial.h"

#include <QTimer>

#include <cstdint>

class QLabel;
class QPushButton;

namespace drover::app {

class CopyAddressButton;
class ModelPull;
class ModelShelf;

/// A real request through the queue, timed on screen, and the address to copy. Where no model is installed it offers a
/// small one, shows its download, and then sends the request.
class TryStep : public FirstRunStep {
    Q_OBJECT

public:
    /// `shelf` is borrowed and lives longer; without one nothing is offered for download.
    explicit TryStep(ModelShelf* shelf = nullptr, QWidget* parent = nullptr);

    void show(const drover::Snapshot& snapshot) override;
    bool leave() override;

    const Trial& trial() const { return m_trial; }

    /// What is offered where no model is: it answers well enough on a machine with 4 GB of memory.
    static constexpr const char* firstModel = "llama3.2:1b";
    static constexpr std::uint64_t firstModelBytes = 1'321'098'329; ///< of its download

Q_SIGNALS:
    void modelsAsked();

private:
    QLabel* addFigure(QLayout& row, const QString& name);
    void start();
    void draw();
    void download();
    void cancelDownload();
    const ModelPull* pull() const;

    Trial m_trial;
    ModelShelf* m_shelf = nullptr;
    bool m_downloading = false; ///< asked for here, and not over
    QTimer m_ticks; ///< while it runs, so that times go on
    QString m_proxy = {};
    QLabel* m_state = nullptr;
    QLabel* m_answer = nullptr;
    QLabel* m_wait = nullptr;
    QLabel* m_load = nullptr;
    QLabel* m_first = nullptr;
    QLabel* m_speed = nullptr;
    QPushButton* m_send = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_download = nullptr;
    QPushButton* m_models = nullptr;
    CopyAddressButton* m_copy = nullptr;
};

} // namespace drover::app
