//===- VerifyGradient.h - Whether a derivative is right ---------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Two questions put to compiled functions, neither of which needs to know what
// they compute. The pairing identity <w, J v> = <Jᵀ w, v>, for random v and w,
// tests that forward and reverse mode are each other's transpose, without a
// step size. Central differences test that they are the derivative of the
// function.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_EXECUTION_VERIFYGRADIENT_H
#define ATLED_EXECUTION_VERIFYGRADIENT_H

#include "atled/Execution/HostTensor.h"
#include <vector>

namespace atled {

/// Something that maps tensors to tensors.
using TensorFunction =
    llvm::function_ref<llvm::Expected<std::vector<HostTensor>>(
        ArrayRef<const HostTensor *>)>;

/// A function and its derivatives, each of which takes the function's arguments
/// first: jvp then one tangent for each argument in `wrt`, to one for each
/// floating-point result; vjp one seed for each such result, to one cotangent
/// for each argument in `wrt`.
struct DifferentiatedFunction {
  TensorFunction value, jvp, vjp;
  ArrayRef<int64_t> wrt;
};

/// What is demanded, and how far from the point the function is evaluated.
struct GradientBounds {
  double pairing;
  double differences;
  double step;

  /// The bounds that numbers of this kind can meet.
  static GradientBounds getDefault(ElementKind kind);
};

/// What the derivative with respect to one argument was found to be. Errors are
/// relative to the largest number in question, and NaN where one is none.
struct ArgumentVerdict {
  int64_t argument;
  double pairingError;
  /// Beyond what rounding alone makes of a difference.
  double differencesError;
  /// What rounding alone may make of it, relative to the largest element.
  double noise;
  /// The element of a result where the two differ most, and what they are.
  unsigned result;
  int64_t index;
  double derivative;
  double difference;

  bool isPaired(const GradientBounds &bounds) const {
    return pairingError <= bounds.pairing;
  }
  bool matchesDifferences(const GradientBounds &bounds) const {
    return differencesError <= bounds.differences;
  }
  /// Whether rounding hides any error: the values are so large beside their
  /// derivatives that differences say nothing.
  bool isHidden() const { return noise >= 1; }
};

/// The least precise of the floating-point kinds among `kinds`.
ElementKind getCoarsestKind(ArrayRef<ElementKind> kinds);

/// Examines the derivatives of `function` at `point`, one verdict for each
/// argument in `wrt`. `bounds` gives the step and decides nothing.
llvm::Expected<SmallVector<ArgumentVerdict>>
verifyGradient(const DifferentiatedFunction &function,
               ArrayRef<const HostTensor *> point,
               const GradientBounds &bounds);

} // namespace atled

#endif // ATLED_EXECUTION_VERIFYGRADIENT_H
