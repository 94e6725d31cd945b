//===- ForwardMode.cpp - Tangents beside the primal -----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The driver of forward mode: each operation is built again, and right after it
// the tangents of its active results, by its rule.
//
//===----------------------------------------------------------------------===//

#include "atled/Differentiation/ForwardMode.h"
#include "Diagnostics.h"
#include "atled/Differentiation/DerivativeLocation.h"
#include "atled/Interfaces/DifferentiableControlFlowInterface.h"
#include "atled/Interfaces/DifferentiableOpInterface.h"

using namespace atled;

LogicalResult ForwardMode::run(Block &block) {
  for (Operation &op : block.without_terminator())
    if (failed(visit(&op)))
      return failure();
  return success();
}

LogicalResult ForwardMode::visit(Operation *op) {
  bool isActive = llvm::any_of(op->getResults(), [&](Value result) {
    return activity.isActive(result);
  });
  if (isActive)
    if (auto controlFlow = dyn_cast<DifferentiableControlFlowInterface>(op))
      return controlFlow.buildForward(*this);

  Operation *primal = builder.clone(*op, primals);
  if (!isActive)
    return success();
  if (failed(checkRule(op, activity, functions.getRequests())))
    return failure();

  // A value may be active and yet have no part in this operation's derivative:
  // its other uses make it so.
  auto rule = cast<DifferentiableOpInterface>(primal);
  SmallVector<Value> operandTangents;
  for (OpOperand &operand : op->getOpOperands()) {
    bool exists = rule.getDerivativeKind(operand.getOperandNumber()) ==
                  DerivativeKind::Exists;
    operandTangents.push_back(exists ? getTangent(operand.get()) : Value());
  }
  if (llvm::none_of(operandTangents,
                    [](Value tangent) { return bool(tangent); }))
    return success();
  DerivativeScope scope(builder, op);
  SmallVector<Value> resultTangents(op->getNumResults());
  if (failed(rule.buildTangents(builder, operandTangents, resultTangents)))
    return failure();
  for (auto [result, tangent] : llvm::zip(op->getResults(), resultTangents))
    if (tangent && activity.isActive(result))
      setTangent(result, tangent);
  return success();
}
