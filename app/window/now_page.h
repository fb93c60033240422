// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/page.h"

namespace drover::app {

class ChartCard;
class CopyAddressButton;
class FacetCards;
class Headline;
class JobList;
class PauseButton;
class QueueControl;
class ShareBars;
class WhyPanel;

/// The page *Now*: one big sentence and the few figures behind it.
class NowPage : public Page {
    Q_OBJECT

public:
    explicit NowPage(QueueControl& control, QWidget* parent = nullptr);

    void show(const drover::Snapshot& snapshot) override;

    /// Opens the panel that explains the state.
    void openWhy();

private:
    QWidget* makeContent(QueueControl& control);
    QWidget* makeDetails(QueueControl& control);
    QLayout* makeLists();

    drover::Snapshot m_snapshot = {}; ///< the newest, for the panel when it opens
    WhyPanel* m_why = nullptr; ///< once it was asked for
    Headline* m_headline = nullptr;
    PauseButton* m_pause = nullptr;
    CopyAddressButton* m_copy = nullptr;
    QWidget* m_details = nullptr; ///< all below the headline
    FacetCards* m_facets = nullptr;
    ChartCard* m_chart = nullptr;
    JobList* m_running = nullptr;
    JobList* m_waiting = nullptr;
    ShareBars* m_shares = nullptr;
};

} // namespace drover::app
