//===- Regions.h - What operations with regions share ----------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_REGIONS_H
#define ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_REGIONS_H

#include "atled/Differentiation/Activity.h"
#include "atled/Differentiation/ForwardMode.h"
#include "atled/Differentiation/ReverseMode.h"

namespace atled {

/// The numbers of the values that are active.
SmallVector<unsigned> getActive(ValueRange values, const Activity &activity);

/// Marks as varied or useful what is so in one of two places that stand for the
/// same value, and tells whether something was new.
bool joinVaried(Activity &activity, Value from, Value to);
bool joinUseful(Activity &activity, Value from, Value to);

template <typename Mode>
SmallVector<Value> getPrimals(const Mode &mode, ValueRange values) {
  return llvm::map_to_vector(
      values, [&](Value value) { return mode.getPrimal(value); });
}

template <typename Mode>
void setPrimals(Mode &mode, ValueRange values, ValueRange primals) {
  for (auto [value, primal] : llvm::zip(values, primals))
    mode.setPrimal(value, primal);
}

/// The tangent of `value`, as a value even where it is zero.
Value getTangentOrZero(ForwardMode &mode, Value value);

/// The primals of `values`, and the tangents of those with the given numbers.
SmallVector<Value> getPrimalsAndTangents(ForwardMode &mode, ValueRange values,
                                         ArrayRef<unsigned> active);

/// Lets `values` have the given primals, followed by the tangents of those with
/// the given numbers.
void setPrimalsAndTangents(ForwardMode &mode, ValueRange values,
                           ArrayRef<unsigned> active,
                           ValueRange primalsAndTangents);

/// The whole cotangent of `value`, as a value even where it is zero.
Value takeCotangentOrZero(ReverseMode &mode, Value value);

/// Gives `op` more operands and results, in place of itself: its regions are
/// moved as they are, and its results replaced. Regions still have to yield
/// what is new.
Operation *extendOperation(Operation *op, ValueRange operands,
                           TypeRange results);

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_REGIONS_H
