// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/layer.h"
#include "app/settings/settings_blocks.h"

#include <QDialog>
#include <QNetworkAccessManager>

#include <vector>

class QLabel;
class QPushButton;

namespace drover::app {

class SettingEditor;

/// Asks for the fields of one backend, as the table of settings has them, and tries the connection before.
class BackendDialog : public QDialog {
    Q_OBJECT

public:
    /// `environment` has the keys that backends name.
    BackendDialog(const BackendSetting& backend, Environment environment, QWidget* parent = nullptr);

    /// What was typed; empty for what is the default, but the url.
    BlockFields fields() const;

    /// Shows why it could not be written, and stays open.
    void say(const QString& trouble);

Q_SIGNALS:
    /// The person is done and every field keeps its rule.
    void chosen();

private:
    bool judge();
    void tryIt();
    BackendSetting typed() const;

    Environment m_environment;
    QNetworkAccessManager m_network;
    std::vector<SettingEditor*> m_editors; ///< one for each of backendFields()
    QLabel* m_result = nullptr;
    QPushButton* m_test = nullptr;
};

/// What came of a test of a connection, in one sentence.
struct BackendFound;
QString backendFoundText(const BackendFound& found);

/// The backend with the key that its settings name, for a test. The key is in the result alone.
drover::BackendConfig withKey(const BackendSetting& backend, const Environment& environment);

} // namespace drover::app
