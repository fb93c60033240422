// SPDX-License-Identifier: MIT
#pragma once

#include "app/doctor/mender.h"
#include "app/settings/places.h"
#include "app/settings/settings_source.h"
#include "app/window/doctor_dialog.h"

#include <functional>

namespace drover::app {

class Service;

/// What the doctor's dialog has of this program: where to look, and who carries out a remedy. GUI thread.
class DoctorDesk : public DoctorDialog::Port, private Mender::Port {
public:
    /// `service` gives the one that runs, or nullptr; it is asked each time.
    DoctorDesk(Places places, SettingsSource source, std::function<Service*()> service);

    DoctorScene scene() override;
    BundleSources bundleSources() override;
    Result<> mend(const Remedy& remedy) override;

private:
    Result<> resume() override;
    Result<> undrain() override;
    Result<> startOllama() override;

    Places m_places;
    SettingsSource m_source;
    std::function<Service*()> m_service;
};

} // namespace drover::app
