//===- CompareTensors.h - When two tensors agree ----------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_EXECUTION_COMPARETENSORS_H
#define ATLED_EXECUTION_COMPARETENSORS_H

#include "atled/Execution/HostTensor.h"

namespace atled {

/// How far an element may be from what is expected: it agrees where one of the
/// two criteria holds,
///   |actual - expected| <= absolute + relative * |expected|,
///   at most `ulps` floating-point numbers of its kind lie between them.
struct Tolerance {
  double relative = 0;
  double absolute = 0;
  int64_t ulps = 0;
};

/// Where two tensors of the same signature disagree.
struct Mismatch {
  /// How many elements disagree, and the one that is furthest off.
  int64_t count = 0;
  int64_t worst = 0;
  /// |actual - expected| there; NaN where that is no number.
  double difference = 0;
};

/// Compares floating-point numbers. A NaN agrees with a NaN, an infinity with
/// itself; neither agrees with anything else.
std::optional<Mismatch> compareClose(const HostTensor &actual,
                                     const HostTensor &expected,
                                     const Tolerance &tolerance);

/// Compares values exactly: +0 is not -0, and a NaN equals every NaN.
std::optional<Mismatch> compareEqual(const HostTensor &actual,
                                     const HostTensor &expected);

} // namespace atled

#endif // ATLED_EXECUTION_COMPARETENSORS_H
