// SPDX-License-Identifier: MIT
#pragma once

#include "app/doctor/doctor_run.h"
#include "app/doctor/mender.h"

#include <QDialog>

class QLabel;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace drover::app {

class AdviceRow;

/// `drover doctor` as a dialog: looks with progress and cancel, lists what it found with the worst first, mends at the
/// press of a button, copies the list and saves the support bundle. Never blocks: the look runs aside.
class DoctorDialog : public QDialog {
    Q_OBJECT

public:
    /// What the dialog needs of the application.
    struct Port {
        virtual ~Port() = default;
        /// Where to look, asked before each look.
        virtual DoctorScene scene() = 0;
        virtual BundleSources bundleSources() = 0;
        virtual Result<> mend(const Remedy& remedy) = 0;
    };

    /// `port` is borrowed and lives longer.
    explicit DoctorDialog(Port& port, QWidget* parent = nullptr);

    /// Begins to look; called once it is open and by "Check again".
    void look();

    /// Shows findings as if they had been looked for.
    void show(const Facts& facts, const std::vector<Finding>& findings);

Q_SIGNALS:
    /// A remedy that opens something of the window.
    void openAsked(const drover::app::Remedy& remedy);

private:
    QLayout* makeButtons();
    void stop();
    void fill();
    void mend(std::size_t at);
    void copy();
    void askWhereToSave();
    void say(const QString& sentence);

    Port& m_port;
    DoctorRun m_run;
    Facts m_facts = {};
    std::vector<Finding> m_findings;
    QLabel* m_summary = nullptr;
    QProgressBar* m_progress = nullptr;
    QPushButton* m_again = nullptr; ///< or cancels, while it looks
    QPushButton* m_copy = nullptr;
    QPushButton* m_save = nullptr;
    QVBoxLayout* m_list = nullptr;
    std::vector<AdviceRow*> m_rows;
    bool m_looking = false;
};

} // namespace drover::app
