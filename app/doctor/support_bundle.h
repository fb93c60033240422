// SPDX-License-Identifier: MIT
#pragma once

#include "app/doctor/facts.h"
#include "app/doctor/finding.h"
#include "app/doctor/redactor.h"
#include "app/doctor/tar_gz.h"

#include <QStringList>

#include <functional>
#include <string>
#include <vector>

namespace drover::app {

/// What a support bundle is made of besides facts and findings.
struct BundleSources {
    std::string logFile = {};
    QStringList ollamaOutput = {}; ///< of an Ollama that Drover started
    std::vector<std::string> secretFiles = {}; ///< files whose whole content nobody must see
};

/// Everything in one place for somebody who helps: versions, system, settings, environment, status, findings, the last
/// lines of the logs. Not redacted yet. Reads files.
std::vector<ArchiveFile> bundleFiles(
    const Facts& facts, const std::vector<Finding>& findings, const BundleSources& sources);

/// What of this machine must not be in a bundle: keys and tokens wherever Drover gets them from, and who its person is.
/// Reads files.
Private privateThings(const Facts& facts, const BundleSources& sources);

using Clean = std::function<std::string(std::string_view)>;

/// The bundle as a .tar.gz; every file of it goes through `clean`. `seconds` since 1970 is now.
std::string bundleArchive(const std::vector<ArchiveFile>& files, const Clean& clean, std::int64_t seconds);

/// Writes a bundle, readable by this user alone, in one piece or not at all. Fails with Io.
Result<> saveBundle(const std::string& path, const std::string& archive);

/// "drover-support-2026-11-21.tar.gz"
QString bundleName(std::int64_t seconds);

} // namespace drover::app
