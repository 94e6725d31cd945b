//===- CompareTensors.cpp - When two tensors agree ------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Execution/CompareTensors.h"
#include <cmath>
#include <cstring>

using namespace atled;

/// The bits of an element.
static uint64_t getBits(const HostTensor &tensor, int64_t index) {
  unsigned width = getByteWidth(tensor.getKind());
  uint64_t bits = 0;
  std::memcpy(&bits, tensor.getBytes().data() + index * width, width);
  return bits;
}

/// The bits of a floating-point element as an integer that grows with it: two
/// neighbouring numbers differ by 1.
static int64_t getOrdinal(const HostTensor &tensor, int64_t index) {
  unsigned bits = getByteWidth(tensor.getKind()) * 8;
  uint64_t magnitude = getBits(tensor, index);
  uint64_t sign = uint64_t(1) << (bits - 1);
  return magnitude & sign ? -static_cast<int64_t>(magnitude & ~sign)
                          : static_cast<int64_t>(magnitude);
}

static bool isWithinUlps(const HostTensor &actual, const HostTensor &expected,
                         int64_t index, int64_t ulps) {
  // Of opposite sign, the two ordinals may be further apart than an integer
  // holds; as unsigned numbers their distance is exact.
  int64_t a = getOrdinal(actual, index), e = getOrdinal(expected, index);
  uint64_t distance =
      a > e ? static_cast<uint64_t>(a) - e : static_cast<uint64_t>(e) - a;
  return distance <= static_cast<uint64_t>(ulps);
}

static bool isClose(const HostTensor &actual, const HostTensor &expected,
                    int64_t index, const Tolerance &tolerance) {
  double a = actual.getFloat(index), e = expected.getFloat(index);
  if (std::isnan(a) || std::isnan(e))
    return std::isnan(a) && std::isnan(e);
  if (std::isinf(a) || std::isinf(e))
    return a == e;
  return std::abs(a - e) <=
             tolerance.absolute + tolerance.relative * std::abs(e) ||
         isWithinUlps(actual, expected, index, tolerance.ulps);
}

static bool isEqual(const HostTensor &actual, const HostTensor &expected,
                    int64_t index) {
  if (isFloat(actual.getKind()) && std::isnan(actual.getFloat(index)))
    return std::isnan(expected.getFloat(index));
  return getBits(actual, index) == getBits(expected, index);
}

/// Collects the elements for which `agrees` is false.
static std::optional<Mismatch>
compare(const HostTensor &actual, const HostTensor &expected,
        llvm::function_ref<bool(int64_t)> agrees) {
  assert(actual.getSignature() == expected.getSignature());
  Mismatch mismatch;
  for (int64_t index = 0; index < actual.getNumElements(); ++index) {
    if (agrees(index))
      continue;
    double difference =
        std::abs(actual.getFloat(index) - expected.getFloat(index));
    // A NaN is further off than any number.
    bool isWorse = difference > mismatch.difference ||
                   (std::isnan(difference) && !std::isnan(mismatch.difference));
    if (mismatch.count == 0 || isWorse) {
      mismatch.worst = index;
      mismatch.difference = difference;
    }
    ++mismatch.count;
  }
  if (mismatch.count == 0)
    return std::nullopt;
  return mismatch;
}

std::optional<Mismatch> atled::compareClose(const HostTensor &actual,
                                            const HostTensor &expected,
                                            const Tolerance &tolerance) {
  return compare(actual, expected, [&](int64_t index) {
    return isClose(actual, expected, index, tolerance);
  });
}

std::optional<Mismatch> atled::compareEqual(const HostTensor &actual,
                                            const HostTensor &expected) {
  return compare(actual, expected, [&](int64_t index) {
    return isEqual(actual, expected, index);
  });
}
