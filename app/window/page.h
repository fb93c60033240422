// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/symbol.h"

#include "core/api/snapshot.h"

#include <QWidget>

namespace drover::app {

/// The pages of the window, in the order of the sidebar.
enum class PageId { Now, Queue, History, Apps, Models, Pools, Host, Machine, Logs, Settings };

/// What the sidebar shows of a page. A value.
struct PageName {
    PageId id;
    QString name; ///< translated; also what a screen reader calls the page
    Symbol symbol;
};

/// One page of the window. GUI thread.
class Page : public QWidget {
    Q_OBJECT

public:
    explicit Page(const PageName& name, QWidget* parent = nullptr);

    const PageName& name() const { return m_name; }

    /// Draws what differs. Called with each snapshot, at most ten a second, while the page can be seen, and once when
    /// it comes into view.
    virtual void show(const drover::Snapshot& snapshot) = 0;

    /// The text beside the symbol: the name, with a figure where one matters.
    virtual QString label(const drover::Snapshot& snapshot) const;

    /// Whether the sidebar has it: a page for what this machine does not do would only be in the way.
    virtual bool isOffered(const drover::Snapshot& snapshot) const;

    /// Shows what has these words, such as the row of a setting by its key. Nothing where a page has no search.
    virtual void search(const QString& words);

Q_SIGNALS:
    /// A button asks for what mends something; `setting` is the key for FixAction::OpenSetting.
    void fixAsked(drover::FixAction action, const QString& setting);
    /// Somebody wants to see the lines of the log that have these words.
    void logAsked(const QString& words);

private:
    PageName m_name;
};

} // namespace drover::app
