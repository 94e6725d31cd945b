//===- Extents.h - Dimensions, static and dynamic ----------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Arithmetic on extents and indices that stays static where it can, and the
// tensors that are made from extents.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_CONVERSION_ATLEDTOLINALG_EXTENTS_H
#define ATLED_LIB_CONVERSION_ATLEDTOLINALG_EXTENTS_H

#include "atled/Support/LLVM.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Utils/StructuredOpsUtils.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/OpDefinition.h"

namespace atled {

/// Computes with extents: on constants at once, else by operations of arith.
class Extents {
public:
  Extents(OpBuilder &builder, Location loc) : builder(builder), loc(loc) {}

  OpFoldResult constant(int64_t value) { return builder.getIndexAttr(value); }
  OpFoldResult of(Value tensor, int64_t dimension);
  SmallVector<OpFoldResult> of(Value tensor);

  OpFoldResult add(OpFoldResult a, OpFoldResult b) {
    return fold<arith::AddIOp>(a, b);
  }
  OpFoldResult sub(OpFoldResult a, OpFoldResult b) {
    return fold<arith::SubIOp>(a, b);
  }
  OpFoldResult mul(OpFoldResult a, OpFoldResult b) {
    return fold<arith::MulIOp>(a, b);
  }
  OpFoldResult max(OpFoldResult a, OpFoldResult b) {
    return fold<arith::MaxSIOp>(a, b);
  }
  OpFoldResult min(OpFoldResult a, OpFoldResult b) {
    return fold<arith::MinSIOp>(a, b);
  }
  OpFoldResult minUnsigned(OpFoldResult a, OpFoldResult b) {
    return fold<arith::MinUIOp>(a, b);
  }
  /// Rounded down; both are at least 0, the divisor at least 1.
  OpFoldResult div(OpFoldResult a, OpFoldResult b) {
    return fold<arith::DivUIOp>(a, b);
  }

  Value value(OpFoldResult extent);

  /// Asserts of what is not known that `a` is `b`, or not more: the operation
  /// would read or write beside a tensor, or has no result.
  void requireEqual(OpFoldResult a, OpFoldResult b) {
    require(arith::CmpIPredicate::eq, a, b, kMisfit);
  }
  void requireAtMost(OpFoldResult a, OpFoldResult b) {
    require(arith::CmpIPredicate::sle, a, b, kMisfit);
  }

  /// Asserts of sizes that are computed that they are at least 0.
  void requireNotNegative(ValueRange sizes);

  /// Asserts of what is not known that elements of type `type` can hold every
  /// index below `extent`: another number would stand for those beyond.
  void requireIndicesFit(Type type, OpFoldResult extent);

private:
  static constexpr StringLiteral kMisfit = "extents do not fit together";

  void require(arith::CmpIPredicate predicate, OpFoldResult a, OpFoldResult b,
               StringRef message);

  template <typename OpTy>
  OpFoldResult fold(OpFoldResult a, OpFoldResult b) {
    return getAsOpFoldResult(
        builder.createOrFold<OpTy>(loc, value(a), value(b)));
  }

  OpBuilder &builder;
  Location loc;
};

/// The extents of a tensor of type `type` whose dynamic ones are `dynamic`.
SmallVector<OpFoldResult> getExtents(OpBuilder &builder, RankedTensorType type,
                                     ValueRange dynamic);

/// Strides of 1 in every dimension.
SmallVector<OpFoldResult> getUnitStrides(OpBuilder &builder, int64_t rank);

/// The loops of what computes each element of a tensor of rank `rank` alone.
inline SmallVector<utils::IteratorType> getParallelLoops(int64_t rank) {
  return SmallVector<utils::IteratorType>(rank, utils::IteratorType::parallel);
}

/// Whether a part of extents `sizes` has no elements. Upstream refuses to take
/// such a part out, or to put it in, where its place is known and not inside.
bool isEmptyPart(ArrayRef<OpFoldResult> sizes);

/// A tensor to be written, of type `type` but with elements of type `element`.
Value createEmpty(OpBuilder &builder, Location loc,
                  ArrayRef<OpFoldResult> extents, RankedTensorType type,
                  Type element = {});

} // namespace atled

#endif // ATLED_LIB_CONVERSION_ATLEDTOLINALG_EXTENTS_H
