//===- DerivativeRules.cpp - What generated rules are made of -------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Interfaces/DerivativeRules.h"

using namespace atled;

static VectorSpaceTypeInterface getSpace(Value value) {
  return cast<VectorSpaceTypeInterface>(value.getType());
}

Value RuleBuilder::splat(double value) {
  return getSpace(op->getResult(0))
      .buildSplat(*this, getLoc(), value, op->getResult(0));
}

Value RuleBuilder::sum(ValueRange terms) {
  return terms.size() == 1
             ? terms.front()
             : getSpace(terms.front()).buildSum(*this, getLoc(), terms);
}

Value RuleBuilder::product(Value lhs, Value rhs) {
  // There is none of what a rule failed to build.
  if (!lhs || !rhs)
    return Value();
  return getSpace(lhs).buildProduct(*this, getLoc(), lhs, rhs);
}

Value RuleBuilder::zeroTangent(Value primal) {
  auto space =
      cast<VectorSpaceTypeInterface>(getSpace(primal).getTangentType());
  return space.buildSplat(*this, getLoc(), 0.0, primal);
}

Value RuleBuilder::fail(const Twine &message) {
  InFlightDiagnostic diagnostic = op->emitOpError(message);
  diagnostic.attachNote(op->getLoc())
      << "'ad.detach' on its results makes it count as a constant";
  status = diagnostic;
  return Value();
}

SmallVector<Value> atled::detail::rebuild(RuleBuilder &builder, Operation *op,
                                          ValueRange operands) {
  Operation *copy = builder.insert(op->cloneWithoutRegions());
  copy->setOperands(operands);
  return SmallVector<Value>(copy->getResults());
}
