//===- TensorBuilders.h - Small pieces that rules are made of --*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIALECT_ATLED_RULES_TENSORBUILDERS_H
#define ATLED_LIB_DIALECT_ATLED_RULES_TENSORBUILDERS_H

#include "atled/Dialect/Atled/IR/Atled.h"
#include "atled/Interfaces/DerivativeRules.h"

namespace atled {

inline RankedTensorType getTensorType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

/// The extents of the dimensions of `like` among `dimensions` that its type
/// leaves open.
SmallVector<Value> buildDynamicSizes(OpBuilder &builder, Location location,
                                     Value like, ArrayRef<int64_t> dimensions);
SmallVector<Value> buildDynamicSizes(OpBuilder &builder, Location location,
                                     Value like);

/// A tensor of `type` whose elements are all `value`. The sizes that the type
/// leaves open are those of `like`.
Value buildSplat(OpBuilder &builder, Location location, RankedTensorType type,
                 double value, Value like);
inline Value splatLike(RuleBuilder &builder, double value, Value like,
                       Type element = {}) {
  RankedTensorType type = getTensorType(like);
  return buildSplat(builder, builder.getLoc(),
                    element ? type.clone(element) : type, value, like);
}

/// `value` in f32 if its elements are f16 or bf16: a rule computes in it what
/// would overflow or lose digits on the way, and rounds once.
Value widen(RuleBuilder &builder, Value value);
/// `value` with the element type of `like`.
Value roundLike(RuleBuilder &builder, Value value, Value like);

/// 1 for those of `values` that are `extremum`, which has their shape, and 0
/// for the others; where it is NaN, because some of them are, for those.
Value buildContenders(RuleBuilder &builder, Value values, Value extremum);

/// What share each of `contenders`, which are 1, has of those along
/// `dimensions`. They have the shape of `like`.
Value buildEvenShares(RuleBuilder &builder, Value contenders, Value like,
                      ArrayRef<int64_t> dimensions);

/// The elements of a tensor of that shape, as numbers of 64 bits from 0 on.
/// `sizes` are those that the shape leaves open.
Value buildNumbers(RuleBuilder &builder, ArrayRef<int64_t> shape,
                   ValueRange sizes = {});

/// x / length; 0 at the origin, where a length is convex and has a kink.
Value buildDirection(RuleBuilder &builder, Value x, Value length);

/// Puts back `dimensions` that a reduction of `like` dropped, by repetition.
Value buildBroadcastBack(RuleBuilder &builder, Value reduced, Value like,
                         ArrayRef<int64_t> dimensions);

} // namespace atled

#endif // ATLED_LIB_DIALECT_ATLED_RULES_TENSORBUILDERS_H
