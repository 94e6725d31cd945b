//===- Memory.hpp - The bytes of an array ----------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_FRONTEND_MEMORY_HPP
#define ATLED_FRONTEND_MEMORY_HPP

#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <utility>

namespace atled {

/// Bytes with one owner: memory of its own, or what somebody else has handed
/// over together with the way to free it. A copy is memory of its own.
class Memory {
public:
  /// Zeros.
  explicit Memory(size_t size)
      : owner(::operator new(size, alignment),
              [](void *memory) { ::operator delete(memory, alignment); }),
        start(owner.get()), bytes(size) {
    std::memset(start, 0, size);
  }

  /// `size` bytes at `data`, which live as long as `keeper`.
  Memory(void *data, size_t size, std::shared_ptr<void> keeper)
      : owner(std::move(keeper)), start(data), bytes(size) {}

  Memory(const Memory &other) : Memory(other.bytes) {
    if (bytes)
      std::memcpy(start, other.start, bytes);
  }
  Memory(Memory &&other) noexcept
      : owner(std::move(other.owner)),
        start(std::exchange(other.start, nullptr)),
        bytes(std::exchange(other.bytes, 0)) {}
  Memory &operator=(Memory other) noexcept {
    std::swap(owner, other.owner);
    std::swap(start, other.start);
    std::swap(bytes, other.bytes);
    return *this;
  }
  ~Memory() = default;

  void *data() { return start; }
  const void *data() const { return start; }
  size_t size() const { return bytes; }

private:
  static constexpr std::align_val_t alignment{64};

  std::shared_ptr<void> owner;
  void *start;
  size_t bytes;
};

} // namespace atled

#endif // ATLED_FRONTEND_MEMORY_HPP
