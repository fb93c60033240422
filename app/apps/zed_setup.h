// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/layer.h"
#include "core/api/error.h"

#include <string>

namespace drover::app {

// Sets Zed up to use Drover, and undoes it byte for byte. What Zed's settings.json may have (comments, commas after the
// last) stays as it is; one piece of text is put into it.

/// Where Zed looks for its settings (zed.dev/docs/configuring-zed): $XDG_CONFIG_HOME/zed or ~/.config/zed, on Windows
/// %APPDATA%/Zed. Empty when no folder of the user is known.
std::string zedSettingsFile(const Environment& environment);

/// The text of a settings.json with Ollama's address in it. Fails with BadConfig when it has "language_models" already,
/// which is then to be changed by hand, or is no JSON object. Pure.
drover::Result<std::string> withOllamaAddress(const std::string& text, const std::string& url);

/// Whether `text` is `before` with one piece put in by withOllamaAddress. Pure.
bool isOurChange(const std::string& before, const std::string& text);

/// Changes the file, which is made when it is missing. What was there is kept beside it, in "<file>.before-drover".
drover::Result<> setUpZed(const std::string& file, const std::string& url);

/// Puts back what was there. Fails with BadConfig when the file was changed since: it must not lose that.
drover::Result<> undoZed(const std::string& file);

/// True when `undoZed` would have something to do.
bool isZedSetUp(const std::string& file);

} // namespace drover::app
