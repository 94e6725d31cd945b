//===- ReverseMode.cpp - Cotangents back through the primal ---------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The driver of reverse mode. First every operation is built again, in order;
// then, in reverse order, each operation's rule turns the cotangents of its
// results into contributions to those of its operands. When an operation is
// reached, all uses of its results have contributed.
//
//===----------------------------------------------------------------------===//

#include "atled/Differentiation/ReverseMode.h"
#include "Diagnostics.h"
#include "SingularBranches.h"
#include "atled/Differentiation/DerivativeLocation.h"
#include "atled/Interfaces/DifferentiableControlFlowInterface.h"
#include "atled/Interfaces/DifferentiableOpInterface.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace atled;

void ReverseMode::addCotangent(Value value, const Contribution &contribution) {
  if (activity.isActive(value))
    cotangents.add(value, contribution);
}

ArrayRef<Value> ReverseMode::getResiduals(Operation *op) const {
  auto it = residuals.find(op);
  return it == residuals.end() ? ArrayRef<Value>()
                               : ArrayRef<Value>(it->second);
}

FailureOr<SmallVector<std::pair<Value, Contributions>>>
ReverseMode::runScoped(function_ref<LogicalResult()> build, Operation *loop) {
  Cotangents outer = std::exchange(cotangents, Cotangents());
  llvm::SaveAndRestore around(innermostLoop, loop ? loop : innermostLoop);
  LogicalResult result = build();
  Cotangents inner = std::exchange(cotangents, std::move(outer));
  if (failed(result))
    return failure();
  return inner.takeAll();
}

static bool hasActiveResult(Operation *op, const Activity &activity) {
  return llvm::any_of(op->getResults(),
                      [&](Value result) { return activity.isActive(result); });
}

LogicalResult ReverseMode::runPrimal(Block &block) {
  for (Operation &op : block.without_terminator())
    if (failed(visitPrimal(&op)))
      return failure();
  return success();
}

LogicalResult ReverseMode::runReverse(Block &block) {
  for (Operation &op : llvm::reverse(block.without_terminator()))
    if (hasActiveResult(&op, activity) && failed(visitReverse(&op)))
      return failure();
  return success();
}

LogicalResult ReverseMode::visitPrimal(Operation *op) {
  if (hasActiveResult(op, activity)) {
    if (auto controlFlow = dyn_cast<DifferentiableControlFlowInterface>(op))
      return controlFlow.buildPrimal(*this);
    if (failed(checkRule(op, activity, functions.getRequests())))
      return failure();
  }
  primalBuilder.clone(*op, primals);
  return success();
}

void ReverseMode::keepZeros(Location location, Value resultCotangent,
                            MutableArrayRef<Value> operandCotangents) {
  for (Value &cotangent : operandCotangents) {
    // What is passed on as it is has the zeros already; nothing is infinite of
    // a conversion to another type.
    if (!cotangent || cotangent == resultCotangent ||
        cotangent.getType() != resultCotangent.getType())
      continue;
    auto space = cast<VectorSpaceTypeInterface>(cotangent.getType());
    cotangent = space.buildGuarded(reverseBuilder, location, resultCotangent,
                                   cotangent);
  }
}

LogicalResult ReverseMode::visitReverse(Operation *op) {
  if (auto controlFlow = dyn_cast<DifferentiableControlFlowInterface>(op))
    return controlFlow.buildReverse(*this);

  DerivativeScope scope(reverseBuilder, op);
  SmallVector<Value> resultCotangents;
  for (Value result : op->getResults())
    resultCotangents.push_back(takeCotangent(result));
  if (llvm::none_of(resultCotangents,
                    [](Value cotangent) { return bool(cotangent); }))
    return success();

  llvm::SmallBitVector wanted(op->getNumOperands());
  auto rule = cast<DifferentiableOpInterface>(
      getPrimal(op->getResult(0)).getDefiningOp());
  for (OpOperand &operand : op->getOpOperands())
    wanted[operand.getOperandNumber()] =
        activity.isActive(operand.get()) &&
        rule.getDerivativeKind(operand.getOperandNumber()) ==
            DerivativeKind::Exists;

  SmallVector<Value> operandCotangents(op->getNumOperands());
  if (failed(rule.buildCotangents(reverseBuilder, resultCotangents, wanted,
                                  operandCotangents)))
    return failure();
  if (auto select = dyn_cast<SelectLikeOpInterface>(op))
    remarkSingularBranches(select, activity);
  if (functions.keepsStrongZeros() && op->hasTrait<OpTrait::Elementwise>())
    keepZeros(op->getLoc(), resultCotangents.front(), operandCotangents);
  for (auto [operand, cotangent] :
       llvm::zip(op->getOperands(), operandCotangents))
    addCotangent(operand, cotangent);
  return success();
}
