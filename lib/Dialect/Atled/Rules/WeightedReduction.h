//===- WeightedReduction.h - Derivatives that are weights ------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIALECT_ATLED_RULES_WEIGHTEDREDUCTION_H
#define ATLED_LIB_DIALECT_ATLED_RULES_WEIGHTEDREDUCTION_H

#include "TensorBuilders.h"

namespace atled {

/// A reduction whose derivative in each element is a weight: tangents are
/// summed with the weights, and a cotangent is handed out by them. The model
/// builds them from `x`, the operand in f32 at least: a number of ties, or a
/// product of some of the factors, may be greater than what f16 holds.
template <typename Model, typename OpTy>
struct WeightedReduction
    : DifferentiableOpInterface::ExternalModel<Model, OpTy> {
  DerivativeKind getDerivativeKind(Operation *, unsigned) const {
    return DerivativeKind::Exists;
  }

  LogicalResult buildTangents(Operation *operation, OpBuilder &base,
                              ArrayRef<Value> operandTangents,
                              MutableArrayRef<Value> resultTangents) const {
    auto op = cast<OpTy>(operation);
    RuleBuilder builder(base, op);
    if (!operandTangents[0])
      return success();
    Value weights = Model::buildWeights(builder, op, widen(builder, op.getX()));
    Value parts =
        MulOp::create(builder, widen(builder, operandTangents[0]), weights);
    Value sum = ReduceSumOp::create(builder, parts, op.getDimensions());
    resultTangents[0] = roundLike(builder, sum, op.getResult());
    return builder.getStatus();
  }

  LogicalResult
  buildCotangents(Operation *operation, OpBuilder &base,
                  ArrayRef<Value> resultCotangents,
                  const llvm::SmallBitVector &wanted,
                  MutableArrayRef<Value> operandCotangents) const {
    auto op = cast<OpTy>(operation);
    RuleBuilder builder(base, op);
    if (!resultCotangents[0] || !wanted[0])
      return success();
    Value cotangent =
        buildBroadcastBack(builder, widen(builder, resultCotangents[0]),
                           op.getX(), op.getDimensions());
    Value weights = Model::buildWeights(builder, op, widen(builder, op.getX()));
    operandCotangents[0] = roundLike(
        builder, MulOp::create(builder, cotangent, weights), op.getX());
    return builder.getStatus();
  }
};

} // namespace atled

#endif // ATLED_LIB_DIALECT_ATLED_RULES_WEIGHTEDREDUCTION_H
