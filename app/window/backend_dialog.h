// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/settings_blocks.h"
#include "app/window/backend_keys.h"

#include <QDialog>
#include <QNetworkAccessManager>

#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;

namespace drover::app {

class SettingEditor;

/// Asks for the fields of one backend, as the table of settings has them, and tries the connection before.
class BackendDialog : public QDialog {
    Q_OBJECT

public:
    /// `keys` finds and keeps the keys of backends; it is borrowed and lives longer.
    BackendDialog(const BackendSetting& backend, BackendKeys& keys, QWidget* parent = nullptr);

    /// What was typed; empty for what is the default, but the url. Names the secret that a typed key is to become.
    BlockFields fields() const;
    /// The key that was typed: to be kept as that secret. Empty for none.
    std::string key() const;
    std::string secretName() const;

    /// Shows why it could not be written, and stays open.
    void say(const QString& trouble);

Q_SIGNALS:
    /// The person is done and every field keeps its rule.
    void chosen();

private:
    QWidget* makeKey();
    bool judge();
    void tryIt();
    void check(const drover::BackendConfig& backend);
    BackendSetting typed() const;

    BackendKeys& m_keys;
    std::string m_secret; ///< the name of the one that is kept; empty for none
    QNetworkAccessManager m_network;
    QLineEdit* m_key = nullptr;
    std::vector<SettingEditor*> m_editors; ///< one for each of backendFields(), none for the name of a secret
    QLabel* m_result = nullptr;
    QPushButton* m_test = nullptr;
};

/// What came of a test of a connection, in one sentence.
struct BackendFound;
QString backendFoundText(const BackendFound& found);

} // namespace drover::app
