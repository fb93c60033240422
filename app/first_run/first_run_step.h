// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace drover::app {

/// One page of the first run: a title, a sentence, and what the page asks. GUI thread.
class FirstRunStep : public QWidget {
    Q_OBJECT

public:
    FirstRunStep(const QString& title, const QString& sentence, QWidget* parent = nullptr);

    /// The page is shown from here on.
    virtual void enter() { }

    /// The person goes on. False keeps them here; the page says why.
    virtual bool leave() { return true; }

    virtual void show(const drover::Snapshot&) { }

protected:
    QVBoxLayout* body() { return m_body; }

    /// What went wrong, at the bottom of the page; empty hides it.
    void say(const QString& trouble);

private:
    QVBoxLayout* m_body = nullptr;
    QLabel* m_trouble = nullptr;
};

} // namespace drover::app
