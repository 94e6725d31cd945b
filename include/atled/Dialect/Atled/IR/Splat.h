//===- Splat.h - Tensors of one number -------------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How other code builds a tensor all of whose elements are one number, of a
// shape that may be known only when the program runs.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_IR_SPLAT_H
#define ATLED_DIALECT_ATLED_IR_SPLAT_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"

namespace atled {

/// `element` in the element type of `type`, which is static, as `atled.convert`
/// would convert it.
DenseElementsAttr getSplatAttr(RankedTensorType type, double element);

/// The extents of the dynamic dimensions of `tensor`, in order: what
/// `sizes(...)` takes where a result has the same shape.
SmallVector<Value> getDynamicSizes(OpBuilder &builder, Location location,
                                   Value tensor);

/// A tensor of the type of `like`, all of whose elements are `element`.
Value createSplatLike(OpBuilder &builder, Location location, double element,
                      Value like);

/// A tensor of the type of `like`, all of whose elements are the number of
/// elements of `x` over `dimensions` less `correction`, or 0 if that is
/// negative.
Value createCountLike(OpBuilder &builder, Location location, Value x,
                      ArrayRef<int64_t> dimensions, int64_t correction,
                      Value like);

} // namespace atled

#endif // ATLED_DIALECT_ATLED_IR_SPLAT_H
