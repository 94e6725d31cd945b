//===- Accumulate.cpp - Sums over the iterations of a loop ----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Accumulate.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"
#include "mlir/IR/BuiltinOps.h"

using namespace atled;

Value atled::buildAccumulator(OpBuilder &builder, Value value, Value primal) {
  auto space = cast<VectorSpaceTypeInterface>(getTangentType(value.getType()));
  auto wide = cast<VectorSpaceTypeInterface>(space.getAccumulatorType());
  return wide.buildSplat(builder, value.getLoc(), 0.0, primal);
}

Value atled::buildStandIn(OpBuilder &builder, Value zero) {
  return UnrealizedConversionCastOp::create(builder, zero.getLoc(),
                                            zero.getType(), ValueRange())
      .getResult(0);
}

/// Whether `value` is there where `op` stands, at the latest.
static bool isBefore(Value value, Operation *op) {
  Operation *definition = value.getDefiningOp();
  if (!definition)
    return true;
  Operation *ancestor = definition->getBlock()->findAncestorOpInBlock(*op);
  return ancestor && definition->isBeforeInBlock(ancestor);
}

/// Adds one contribution, which `block` computes.
static Value add(Block &block, Value sum, const Contribution &term) {
  Type wide = sum.getType();
  if (Value begin = term.begin) {
    if (isBefore(sum, begin.getDefiningOp())) {
      begin.replaceAllUsesWith(sum);
      return term.sum;
    }
    if (begin != term.zero)
      begin.replaceAllUsesWith(term.zero);
  }
  Operation *op = term.value.getDefiningOp();
  auto builder = OpBuilder::atBlockTerminator(&block);
  if (op && op->getBlock() == &block && isBefore(sum, op))
    builder.setInsertionPointAfter(op);
  Location location = term.value.getLoc();
  Value converted = term.sum && term.sum.getType() == wide
                        ? term.sum
                        : convertCotangent(builder, location, term.value, wide);
  return cast<VectorSpaceTypeInterface>(wide).buildSum(builder, location,
                                                       {sum, converted});
}

Value atled::accumulateInPlace(Block &block, Value sum,
                               Contributions contributions) {
  // Who begins with the sum does so before its other results are there.
  auto getOperation = [](const Contribution &term) {
    return (term.begin ? term.begin : term.value).getDefiningOp();
  };
  auto isComputedBefore = [&](const Contribution &lhs,
                              const Contribution &rhs) {
    Operation *first = getOperation(lhs), *second = getOperation(rhs);
    bool isFirstHere = first && first->getBlock() == &block;
    bool isSecondHere = second && second->getBlock() == &block;
    if (!isFirstHere || !isSecondHere)
      return !isFirstHere && isSecondHere;
    return first->isBeforeInBlock(second);
  };
  llvm::sort(contributions, isComputedBefore);
  for (const Contribution &term : contributions)
    sum = add(block, sum, term);
  return sum;
}
