// SPDX-License-Identifier: MIT
#pragma once

#include "core/store/key_database.h"
#include "core/store/key_file.h"

#include <SQLiteCpp/Transaction.h>

namespace drover {

/// Runs `work(now)` alone of all programs, and has what it did on the disk before it returns. What `work` did before it
/// failed counts too, so it decides first and writes then; what throws leaves nothing behind.
template <class Value, class Work> Result<Value> StoredKeys::change(Work work)
try {
    SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
    const std::int64_t when = now();
    Result<Value> result = work(when);
    keepHouse(when);
    transaction.commit();
    return result;
} catch (const std::exception&) {
    return keyfile::errorOfException(m_path);
}

} // namespace drover
