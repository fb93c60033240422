// SPDX-License-Identifier: MIT
#pragma once

#include "app/apps/connect_cards.h"
#include "app/apps/first_request.h"

#include <QDialog>
#include <QTimer>

#include <functional>
#include <optional>
#include <vector>

class QFrame;
class QLabel;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace drover::app {

/// How each app is connected: steps, exact text to copy with the running address, and a test that waits for the app's
/// first request.
class ConnectDialog : public QDialog {
    Q_OBJECT

public:
    /// `zedFile` is the settings file that Zed may be set up in; empty when none is known.
    explicit ConnectDialog(std::string zedFile, QWidget* parent = nullptr);

    /// The newest picture, from which texts and the test follow.
    void show(const drover::Snapshot& snapshot);

    /// Chooses a card; nothing happens when there is none of this id.
    void choose(const std::string& cardId);

    bool isTesting() const { return m_test && !m_test->found(); }

private:
    QWidget* makeTest();
    void showCard();
    QWidget* makeSnippet(const ConnectCard::Snippet& snippet);
    QWidget* makeSetup();
    void beginTest();
    void endTest();
    void tellTest();
    const ConnectCard* card() const;

    std::string m_zedFile;
    drover::Snapshot m_snapshot = {};
    std::vector<ConnectCard> m_cards;
    std::string m_shown; ///< id of the card whose widgets are there
    QListWidget* m_list = nullptr;
    QVBoxLayout* m_content = nullptr;
    QWidget* m_pieces = nullptr; ///< the widgets of the card that is shown
    QFrame* m_testBox = nullptr;
    QLabel* m_testText = nullptr;
    QPushButton* m_testButton = nullptr;
    std::optional<FirstRequest> m_test = {};
    QTimer m_second;
};

} // namespace drover::app
