//===- LruCache.h - What was used last, by a text --------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_FRONTEND_LRUCACHE_H
#define ATLED_LIB_FRONTEND_LRUCACHE_H

#include "atled/Support/LLVM.h"
#include "llvm/ADT/StringMap.h"
#include <list>
#include <memory>
#include <mutex>

namespace atled {

/// Keeps the `capacity` values that were used last. May be used on several
/// threads at a time.
template <typename Value>
class LruCache {
public:
  explicit LruCache(size_t capacity) : capacity(capacity) {}

  /// Null where there is none.
  std::shared_ptr<Value> find(StringRef key) {
    std::lock_guard<std::mutex> guard(lock);
    auto place = places.find(key);
    if (place == places.end())
      return nullptr;
    entries.splice(entries.begin(), entries, place->second);
    return entries.front().value;
  }

  /// Keeps `value`, or returns the one that another thread has been faster
  /// with.
  std::shared_ptr<Value> insert(StringRef key, std::shared_ptr<Value> value) {
    // Freed when the lock is: that may take a session.
    std::shared_ptr<Value> last;
    std::lock_guard<std::mutex> guard(lock);
    auto [place, isNew] = places.try_emplace(key);
    if (!isNew)
      return place->second->value;
    entries.push_front({value, place->first()});
    place->second = entries.begin();
    if (entries.size() > capacity) {
      last = std::move(entries.back().value);
      places.erase(entries.back().key);
      entries.pop_back();
    }
    return value;
  }

private:
  struct Entry {
    std::shared_ptr<Value> value;
    StringRef key;
  };

  size_t capacity;
  std::mutex lock;
  /// The one used last in front.
  std::list<Entry> entries;
  llvm::StringMap<typename std::list<Entry>::iterator> places;
};

} // namespace atled

#endif // ATLED_LIB_FRONTEND_LRUCACHE_H
