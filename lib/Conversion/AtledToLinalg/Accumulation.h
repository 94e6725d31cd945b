//===- Accumulation.h - Many elements into one -------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_CONVERSION_ATLEDTOLINALG_ACCUMULATION_H
#define ATLED_LIB_CONVERSION_ATLEDTOLINALG_ACCUMULATION_H

#include "ScalarBuilder.h"
#include "mlir/IR/AffineMap.h"
#include "mlir/IR/BuiltinTypes.h"

namespace atled {

/// What reductions and contractions have in common.
struct Accumulation {
  /// The element type of the program, which says how elements are read.
  Type element;
  /// The loops of each input, then those of the result; a loop that is not one
  /// of the result reduces.
  SmallVector<AffineMap> maps;
  /// What the accumulator begins with: the result for no elements.
  function_ref<Value(ScalarBuilder &)> start;
  /// The accumulator after one element of each input.
  function_ref<Value(ScalarBuilder &, ValueRange elements, Value accumulator)>
      combine;
};

/// Accumulates `inputs` into a tensor of type `type`, whose extents are
/// `extents`. Elements of type f16 and bf16 accumulate in f32 and are rounded
/// at the end.
Value accumulate(OpBuilder &builder, Location loc,
                 const Accumulation &accumulation, ValueRange inputs,
                 RankedTensorType type, ArrayRef<OpFoldResult> extents);

/// The sums of products of the elements of two inputs; `maps` is as in
/// Accumulation.
Value accumulateProducts(OpBuilder &builder, Location loc, Type element,
                         ArrayRef<AffineMap> maps, ValueRange factors,
                         RankedTensorType type, ArrayRef<OpFoldResult> extents);

/// The product of two elements.
Value multiply(ScalarBuilder &builder, ValueRange factors);

/// The elements of `x`, which stand for elements of type `element`, in the type
/// `type`: widened to what is computed in, or rounded.
Value convertElements(OpBuilder &builder, Location loc, Type element, Value x,
                      RankedTensorType type, ArrayRef<OpFoldResult> extents);

} // namespace atled

#endif // ATLED_LIB_CONVERSION_ATLEDTOLINALG_ACCUMULATION_H
