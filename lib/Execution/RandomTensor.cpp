//===- RandomTensor.cpp - Reproducible random tensors ---------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Execution/RandomTensor.h"
#include <cmath>

using namespace atled;

/// SplitMix64: one step of the Weyl sequence, mixed.
static uint64_t nextBits(uint64_t &state) {
  uint64_t bits = state += 0x9e3779b97f4a7c15;
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
  return bits ^ (bits >> 31);
}

/// Uniform in (0, 1].
static double nextUniform(uint64_t &state) {
  return ((nextBits(state) >> 11) + 1) * 0x1p-53;
}

void atled::fillWithNormal(HostTensor &tensor, uint64_t seed) {
  constexpr double twoPi = 6.283185307179586;
  uint64_t state = seed;
  for (int64_t index = 0; index < tensor.getNumElements(); ++index) {
    // Box and Muller: a radius and an angle; only the cosine is used.
    double radius = std::sqrt(-2 * std::log(nextUniform(state)));
    tensor.setFloat(index, radius * std::cos(twoPi * nextUniform(state)));
  }
}
