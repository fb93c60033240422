// SPDX-License-Identifier: MIT
#pragma once

#include "app/ollama/model_shelf.h"
#include "app/window/models_model.h"
#include "app/window/page.h"

#include <QSortFilterProxyModel>
#include <QTimer>

class QComboBox;
class QFrame;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QStackedLayout;
class QTableView;

namespace drover::app {

class PullList;

/// The page *Models*: what is installed and loaded, what can be done to it, and downloads.
///
/// Keys in the table: Enter loads, Delete deletes after a question, the context menu key opens the menu.
class ModelsPage : public Page {
    Q_OBJECT

public:
    /// `shelf` is borrowed and lives longer.
    explicit ModelsPage(ModelShelf& shelf, QWidget* parent = nullptr);

    void show(const drover::Snapshot& snapshot) override;
    QString label(const drover::Snapshot& snapshot) const override; ///< with the number of loaded models

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Chosen {
        std::string backend;
        std::string model;
        bool loaded = false;
    };

    QLayout* makeTop();
    QLayout* makePullBox();
    QFrame* makeBanner();
    void makeTable();
    QWidget* makeEmpty();
    QLayout* makeActions();
    void connectShelf();
    void showServers();
    void showPulls();
    void showDisk();
    void updateActions();
    void drawSymbols();
    void showMenu();

    std::vector<Chosen> chosen() const;
    void onEach(void (ModelActions::*action)(const std::string&, const std::string&));
    void askToDelete();
    void copyNames() const;
    void pull();
    QString workText(const std::string& backend, const std::string& model) const;

    ModelShelf& m_shelf;
    drover::Snapshot m_snapshot = {};
    ModelsModel m_model;
    QSortFilterProxyModel m_sorted;
    QTimer m_clock; ///< so that "in 4 min" goes on while nothing else happens
    QTableView* m_table = nullptr;
    QStackedLayout* m_views = nullptr;
    QLabel* m_summary = nullptr;
    QPushButton* m_free = nullptr;
    QLineEdit* m_name = nullptr;
    QComboBox* m_servers = nullptr;
    QPushButton* m_pull = nullptr;
    QLabel* m_disk = nullptr;
    QFrame* m_banner = nullptr;
    QLabel* m_bannerText = nullptr;
    QScrollArea* m_pullsPart = nullptr;
    PullList* m_pulls = nullptr;
    QPushButton* m_load = nullptr;
    QPushButton* m_keep = nullptr;
    QPushButton* m_unload = nullptr;
    QPushButton* m_copy = nullptr;
    QPushButton* m_delete = nullptr;
};

} // namespace drover::app
