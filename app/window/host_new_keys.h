// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/key_file.h"

#include <QDialog>

#include <vector>

namespace drover::app {

/// Shows keys that were just made, the one time that they can be seen. Deletes itself once closed.
class HostNewKeys : public QDialog {
    Q_OBJECT

public:
    explicit HostNewKeys(const std::vector<drover::NewKey>& keys, QWidget* parent = nullptr);
};

} // namespace drover::app
