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
/// summed with the weights, and a cotangent is handed out by them.
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
    Value weights = Model::buildWeights(builder, op);
    if (operandTangents[0] && weights)
      resultTangents[0] = ReduceSumOp::create(
          builder, MulOp::create(builder, operandTangents[0], weights),
          op.getDimensions());
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
    Value cotangent = buildBroadcastBack(builder, resultCotangents[0],
                                         op.getX(), op.getDimensions());
    if (Value weights = Model::buildWeights(builder, op))
      operandCotangents[0] = MulOp::create(builder, cotangent, weights);
    return builder.getStatus();
  }
};

} // namespace atled

#endif // ATLED_LIB_DIALECT_ATLED_RULES_WEIGHTEDREDUCTION_H
