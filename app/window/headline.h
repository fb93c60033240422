// SPDX-License-Identifier: MIT
#pragma once

#include "app/tray/state_mark.h"

#include <QLabel>
#include <QPushButton>
#include <QWidget>

namespace drover::app {

/// The mark of the tray, large, in the colour that goes with its state.
class MarkView : public QWidget {
    Q_OBJECT

public:
    explicit MarkView(QWidget* parent = nullptr);

    void show(const StateMark& mark);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    StateMark m_mark = {};
};

/// The top of the page *Now*: what Drover does in one sentence, what to do about it, and the button that does it.
class Headline : public QWidget {
    Q_OBJECT

public:
    explicit Headline(QWidget* parent = nullptr);

    void show(const drover::Snapshot& snapshot);

Q_SIGNALS:
    /// `setting` is the key for FixAction::OpenSetting.
    void fixAsked(drover::FixAction action, const QString& setting);
    void whyAsked();

private:
    void say(const QString& sentence);

    MarkView* m_mark = nullptr;
    QLabel* m_sentence = nullptr;
    QLabel* m_demo = nullptr;
    QLabel* m_fix = nullptr;
    QPushButton* m_why = nullptr;
    QPushButton* m_button = nullptr; ///< does what `m_fix` says
    drover::FixAction m_action = drover::FixAction::None;
    QString m_setting;
};

} // namespace drover::app
