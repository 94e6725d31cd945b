//===- LoopResiduals.cpp - What a loop keeps for its way back -------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LoopResiduals.h"
#include "Iterations.h"
#include "Regions.h"
#include "ResidualReport.h"
#include "Stacks.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Transforms/LoopInvariantCodeMotionUtils.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// Stacks
//===----------------------------------------------------------------------===//

static LogicalResult emitCannotStack(scf::ForOp original, Value value) {
  InFlightDiagnostic diagnostic =
      original.emitOpError("has to keep a value of type ")
      << value.getType() << " of each iteration for the way back, and cannot";
  if (!hasKnownSize(value.getType()))
    diagnostic.attachNote(original.getLoc())
        << "its size is not known before the loop runs; give it a static shape";
  else
    diagnostic.attachNote(original.getLoc())
        << "values of this type cannot be stacked";
  return diagnostic;
}

/// A stack of known size has to have less than 2^63 bytes.
static LogicalResult checkStackSize(scf::ForOp original, Value value,
                                    OpFoldResult capacity) {
  std::optional<int64_t> count = getConstantIntValue(capacity);
  int64_t bytes;
  if (!count ||
      !llvm::MulOverflow(*count, estimateBytes(value.getType()), bytes))
    return success();
  InFlightDiagnostic diagnostic =
      original.emitOpError("has to keep a value of type ")
      << value.getType() << " of each of " << *count
      << " iterations for the way back, which is 2^63 bytes or more";
  diagnostic.attachNote(value.getLoc()) << "this is what would be kept";
  return diagnostic;
}

SmallVector<Value> atled::fillStacks(scf::ForOp &loop, ArrayRef<Value> values,
                                     ArrayRef<Value> empty) {
  Block *body = loop.getBody();
  OpBuilder builder = OpBuilder::atBlockBegin(body);
  Value number = buildIterationNumber(builder, loop);
  for (auto [value, stack] : llvm::zip_equal(values, empty)) {
    OpBuilder::InsertionGuard guard(builder);
    if (Operation *op = value.getDefiningOp())
      builder.setInsertionPointAfter(op);
    BlockArgument argument = body->addArgument(stack.getType(), value.getLoc());
    Value written =
        buildStackWrite(builder, value.getLoc(), argument, number, value);
    Operation *yield = body->getTerminator();
    yield->insertOperands(yield->getNumOperands(), written);
  }
  Operation *extended =
      extendOperation(loop, empty, TypeRange(ValueRange(empty)));
  loop = cast<scf::ForOp>(extended);
  return SmallVector<Value>(extended->getResults().take_back(empty.size()));
}

FailureOr<SmallVector<Value>> atled::buildStacks(OpBuilder &builder,
                                                 scf::ForOp original,
                                                 ValueRange values,
                                                 OpFoldResult capacity) {
  SmallVector<Value> stacks;
  for (Value value : values) {
    if (failed(checkStackSize(original, value, capacity)))
      return failure();
    stacks.push_back(
        buildStack(builder, value.getLoc(), value.getType(), capacity));
    if (!stacks.back())
      return emitCannotStack(original, value);
  }
  return stacks;
}

//===----------------------------------------------------------------------===//
// What every iteration keeps
//===----------------------------------------------------------------------===//

Value LoopPair::buildIterationNumber(OpBuilder &builder) {
  Location location = reverse.getLoc();
  Value one = arith::ConstantIndexOp::create(builder, location, 1);
  Value last =
      arith::SubIOp::create(builder, location, reverse.getUpperBound(), one);
  return arith::SubIOp::create(builder, location, last,
                               reverse.getInductionVar());
}

FailureOr<SmallVector<Value>> atled::passLoopResiduals(LoopPair &loops) {
  auto &[original, primal, reverse, report] = loops;
  // What is the same in every iteration is kept once, by being outside.
  moveLoopInvariantCode(primal);
  IRMapping replacements;
  replacements.map(primal.getInductionVar(), Value());
  // A stack whose size an inner loop tells is not stacked: that loop runs
  // again.
  auto getCost = [](Value value) -> std::optional<int64_t> {
    if (!hasKnownSize(value.getType()))
      return std::nullopt;
    return estimateBytes(value.getType());
  };
  ResidualPlan plan = planResiduals(*primal.getBody(), *reverse.getBody(),
                                    replacements, getCost);
  unsigned numResults = original.getNumResults();
  if (plan.uses.empty())
    return SmallVector<Value>(primal.getResults());

  auto inner = OpBuilder::atBlockBegin(reverse.getBody());
  Value number = loops.buildIterationNumber(inner);
  replacements.map(primal.getInductionVar(),
                   buildInductionVariable(inner, primal, IRMapping(), number));
  if (!plan.kept.empty()) {
    OpBuilder outer(primal);
    OpFoldResult capacity = buildCapacity(outer, primal);
    FailureOr<SmallVector<Value>> empty =
        buildStacks(outer, original, plan.kept, capacity);
    if (failed(empty))
      return failure();
    SmallVector<Value> stacks = fillStacks(primal, plan.kept, *empty);
    if (report)
      report->recordStacks(plan, stacks, capacity, original);
    for (auto [value, stack] : llvm::zip(plan.kept, stacks))
      replacements.map(value, buildStackRead(inner, value.getLoc(), stack,
                                             number, value.getType()));
  }
  applyResiduals(plan, inner, replacements);
  return SmallVector<Value>(primal.getResults().take_front(numResults));
}
