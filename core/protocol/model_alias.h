// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace drover {

/// What a model's name says without its quantization: "llama3:8b" of "llama3:8b-q4_0" and of "llama3:8b" itself. Equal
/// results that are not empty mean the same model, perhaps in another quantization. Empty where a name has no such form
/// ("llama3", "llama3:8b-").
///
/// The form is that of llamapool's alias keys (family, colon, tag, dash, more), but only what is known to name a
/// quantization is left out: "llama3:8b-instruct-q4_0" is of "llama3:8b-instruct", which is another model than
/// "llama3:8b". `normalisedModel` is in lower case (protocol/model_name.h).
std::string quantFamily(std::string_view normalisedModel);

/// True for "q4_0", "q4_k_m", "iq3_xxs", "fp16", "mxfp4" and the like, in lower case.
bool isQuantization(std::string_view text);

} // namespace drover
