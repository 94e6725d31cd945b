//===- Random.hpp - Random numbers from a key ------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is drawn follows from the key alone: of one key, draw once, and make
// others by fold_in and split_key.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_FRONTEND_RANDOM_HPP
#define ATLED_FRONTEND_RANDOM_HPP

#include "atled/Frontend/Arithmetic.hpp"

namespace atled {

/// The type of a key: two words.
inline Spec key_spec() { return spec<uint32_t>(2); }

/// The key of a seed.
inline Tensor random_key(uint64_t seed, Location location = Location::here()) {
  return constant(
      Array{static_cast<uint32_t>(seed >> 32), static_cast<uint32_t>(seed)},
      location);
}

/// So many keys that are independent of each other: keys[0], keys[1], ...
inline Tensor split_key(const Tensor &key, int64_t count,
                        Location location = Location::here()) {
  return fold_in(key, iota(0, Spec(DType::int64, {count}), {}, location),
                 location);
}

/// Evenly distributed between bounds, which have a derivative. `sizes` are the
/// extents of the type that are dynamic, here as below.
inline Tensor uniform(const Tensor &key, const Spec &type, const Operand &low,
                      const Operand &high, const Operands &sizes = {},
                      Location location = Location::here()) {
  Tensor u = random_uniform(key, type, sizes, location);
  return add(mul(low, sub(1, u, location), location), mul(high, u, location),
             location);
}

/// Normally distributed; mean and standard deviation have a derivative.
inline Tensor normal(const Tensor &key, const Spec &type, const Operand &mean,
                     const Operand &deviation, const Operands &sizes = {},
                     Location location = Location::here()) {
  Tensor z = random_normal(key, type, sizes, location);
  return add(mean, mul(deviation, z, location), location);
}

/// True with this probability, to 2^-23.
inline Tensor bernoulli(const Tensor &key, const Shape &shape,
                        const Operand &probability, const Operands &sizes = {},
                        Location location = Location::here()) {
  Tensor u = random_uniform(key, Spec(DType::float32, shape), sizes, location);
  return compare(Predicate::lt, u, probability, location);
}

} // namespace atled

#endif // ATLED_FRONTEND_RANDOM_HPP
