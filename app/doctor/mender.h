// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/login_item.h"
#include "app/doctor/finding.h"
#include "app/settings/settings_source.h"
#include "core/api/error.h"

namespace drover::app {

/// Carries out remedies. What only a running Drover can do is asked of `Port`, which the command and the window have.
class Mender {
public:
    struct Port {
        virtual ~Port() = default;
        virtual Result<> resume() = 0;
        virtual Result<> undrain() = 0;
        virtual Result<> startOllama() = 0;
    };

    /// All are borrowed and live longer.
    Mender(const SettingsSource& source, const LoginItem& loginItem, Port& port);

    /// Blocks for milliseconds, or as long as the port does. Fails with BadConfig or Io; the detail says why, as a
    /// sentence without a full stop. A remedy that mends nothing alone is a mistake of ours.
    Result<> mend(const Remedy& remedy) const;

private:
    const SettingsSource& m_source;
    const LoginItem& m_loginItem;
    Port& m_port;
};

/// What `mend` would do, as a question: "Set proxy.listen to 127.0.0.1:11436?"
QString questionOf(const Remedy& remedy);

} // namespace drover::app
