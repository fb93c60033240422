// SPDX-License-Identifier: MIT
#pragma once

#include "app/joining/joining.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace drover::app {

class AdviceRow;

/// Joins a pool with a person: takes the invitation, shows what the pool could ask and see, and how it goes. All that
/// is decided is Joining's; closing it while it connects takes everything back. Deletes itself once closed.
class JoinDialog : public QDialog {
    Q_OBJECT

public:
    /// `desk` is borrowed and lives longer.
    explicit JoinDialog(PoolDesk& desk, QWidget* parent = nullptr);
    ~JoinDialog() override;

    void show(const drover::Snapshot& snapshot);

    /// A link that something outside Drover opened: nothing is asked of its server before a click.
    void takeLink(const std::string& text);

    /// A text that the person pasted, dropped or opened.
    void takeText(const QString& text);

    const JoinView& view() const { return m_joining.view(); }

    enum class Start { Text, File, ByHand };
    void startAt(Start start);

Q_SIGNALS:
    void modelsAsked();

protected:
    void reject() override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* makeEntry();
    QWidget* makeProgress();
    QWidget* makeConsent();
    QWidget* makeOutcome();
    void draw();
    void drawConsent(const JoinView& view);
    void drawOutcome(const JoinView& view);
    void fill(const Invitation& invitation);
    void primary();
    void mend();
    void openFile();
    void showEntry(QWidget* focus);
    QString askingText() const;

    Joining m_joining;
    Invitation m_given; ///< what the fields do not show, such as a certificate's fingerprint
    QLabel* m_title = nullptr;
    QStackedWidget* m_pages = nullptr;
    QPushButton* m_primary = nullptr;
    QPushButton* m_secondary = nullptr;

    QLabel* m_linkNote = nullptr;
    QPlainTextEdit* m_text = nullptr;
    QLineEdit* m_server = nullptr;
    QLineEdit* m_key = nullptr;
    AdviceRow* m_entryTrouble = nullptr;

    QLabel* m_progress = nullptr;

    QLabel* m_host = nullptr;
    AdviceRow* m_warning = nullptr;
    QLabel* m_terms = nullptr;
    QLineEdit* m_name = nullptr;
    QLineEdit* m_workerName = nullptr;
    AdviceRow* m_nameTrouble = nullptr;

    AdviceRow* m_outcome = nullptr;
    AdviceRow* m_outcomeTrouble = nullptr;
    bool m_isEntry = true; ///< the person types; nothing goes on
};

} // namespace drover::app
