//===- IntegerRange.hpp - Which numbers an integer can be ------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For programs and for the library.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_FRONTEND_INTEGERRANGE_HPP
#define ATLED_FRONTEND_INTEGERRANGE_HPP

#include <cstdint>
#include <type_traits>

namespace atled {
namespace detail {

/// Whether an integer of so many bits, up to 64, can be `number`.
template <class T>
constexpr bool is_in_range(T number, unsigned bits, bool is_signed) {
  const uint64_t greatest = UINT64_MAX >> (64 - bits + (is_signed ? 1 : 0));
  if constexpr (std::is_signed_v<T>)
    if (number < 0)
      return is_signed && static_cast<uint64_t>(-(number + 1)) <= greatest;
  return static_cast<uint64_t>(number) <= greatest;
}

} // namespace detail
} // namespace atled

#endif // ATLED_FRONTEND_INTEGERRANGE_HPP
