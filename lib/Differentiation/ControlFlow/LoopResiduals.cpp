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
#include "SameSize.h"
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
  if (!followsFromSizes(value))
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

static Value buildNext(OpBuilder &builder, Location location, Value number) {
  Value one = arith::ConstantIndexOp::create(builder, location, 1);
  return arith::AddIOp::create(builder, location, number, one);
}

/// One more than `number`; of the greatest of all, no stack is possible anyway.
static OpFoldResult buildNext(OpBuilder &builder, Location location,
                              OpFoldResult number) {
  if (std::optional<int64_t> constant = getConstantIntValue(number))
    return builder.getIndexAttr(
        *constant + (*constant != std::numeric_limits<int64_t>::max()));
  return buildNext(builder, location, cast<Value>(number));
}

SmallVector<Value> atled::fillStacks(scf::ForOp &loop, ArrayRef<Value> values,
                                     ArrayRef<Value> empty,
                                     const DenseSet<Value> &behindFirst) {
  Block *body = loop.getBody();
  OpBuilder builder = OpBuilder::atBlockBegin(body);
  Value number = buildIterationNumber(builder, loop);
  for (auto [value, stack] : llvm::zip_equal(values, empty)) {
    OpBuilder::InsertionGuard guard(builder);
    if (Operation *op = value.getDefiningOp())
      builder.setInsertionPointAfter(op);
    BlockArgument argument = body->addArgument(stack.getType(), value.getLoc());
    Value place = behindFirst.contains(value)
                      ? buildNext(builder, loop.getLoc(), number)
                      : number;
    Value written =
        buildStackWrite(builder, value.getLoc(), argument, place, value);
    Operation *yield = body->getTerminator();
    yield->insertOperands(yield->getNumOperands(), written);
  }
  Operation *extended =
      extendOperation(loop, empty, TypeRange(ValueRange(empty)));
  loop = cast<scf::ForOp>(extended);
  return SmallVector<Value>(extended->getResults().take_back(empty.size()));
}

FailureOr<SmallVector<Value>>
atled::buildStacks(OpBuilder &builder, scf::ForOp original, scf::ForOp loop,
                   ValueRange values, OpFoldResult capacity,
                   const DenseSet<Value> &behindFirst) {
  SmallVector<Value> stacks;
  for (Value value : values) {
    OpFoldResult size = capacity;
    if (behindFirst.contains(value))
      size = buildNext(builder, original.getLoc(), capacity);
    if (failed(checkStackSize(original, value, size)))
      return failure();
    if (!followsFromSizes(value))
      return emitCannotStack(original, value);
    stacks.push_back(buildStack(builder, value.getLoc(), value.getType(), size,
                                buildSameSize(builder, value, loop)));
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

/// What an iteration begins with, the one before has ended with. Where both are
/// kept, one stack has them: of the kept values, those that end an iteration,
/// with the arguments that they become.
static llvm::MapVector<Value, BlockArgument> findShared(scf::ForOp primal,
                                                        ArrayRef<Value> kept) {
  llvm::MapVector<Value, BlockArgument> shared;
  for (auto [argument, yielded] :
       llvm::zip(primal.getRegionIterArgs(), primal.getYieldedValues())) {
    Operation *op = yielded.getDefiningOp();
    if (op && op->getBlock() == primal.getBody() &&
        llvm::is_contained(kept, yielded) && llvm::is_contained(kept, argument))
      shared.insert({yielded, argument});
  }
  return shared;
}

/// Lets the primal keep `plan.kept`, and the way back read it.
static LogicalResult passStacks(LoopPair &loops, ResidualPlan &plan,
                                OpBuilder &inner, Value number,
                                IRMapping &replacements) {
  auto &[original, primal, reverse, report] = loops;
  OpBuilder outer(primal);
  Location location = original.getLoc();
  OpFoldResult capacity = buildCapacity(outer, primal);
  llvm::MapVector<Value, BlockArgument> shared = findShared(primal, plan.kept);
  DenseSet<Value> behindFirst;
  for (auto [yielded, argument] : shared) {
    behindFirst.insert(yielded);
    llvm::erase(plan.kept, argument);
  }
  FailureOr<SmallVector<Value>> empty =
      buildStacks(outer, original, primal, plan.kept, capacity, behindFirst);
  if (failed(empty))
    return failure();
  for (auto [value, stack] : llvm::zip_equal(plan.kept, *empty)) {
    if (!shared.contains(value))
      continue;
    Value zero = arith::ConstantIndexOp::create(outer, location, 0);
    Value init = primal.getTiedLoopInit(shared[value])->get();
    stack = buildStackWrite(outer, location, stack, zero, init);
  }
  // While there is a place for it: the loop makes way for another.
  OpFoldResult sharedCapacity = capacity;
  if (report && !shared.empty())
    sharedCapacity = buildNext(outer, location, capacity);
  SmallVector<Value> stacks =
      fillStacks(primal, plan.kept, *empty, behindFirst);

  auto read = [&](Value stack, Value place, Value value) {
    return buildStackRead(inner, value.getLoc(), stack, place, value.getType());
  };
  for (auto [value, stack] : llvm::zip_equal(plan.kept, stacks)) {
    Value place = number;
    if (report)
      report->recordStack(plan, value, stack,
                          shared.contains(value) ? sharedCapacity : capacity,
                          original);
    if (shared.contains(value)) {
      replacements.map(shared[value], read(stack, number, value));
      place = buildNext(inner, location, number);
    }
    replacements.map(value, read(stack, place, value));
  }
  return success();
}

FailureOr<SmallVector<Value>> atled::passLoopResiduals(LoopPair &loops) {
  auto &[original, primal, reverse, report] = loops;
  // What is the same in every iteration is kept once, by being outside.
  moveLoopInvariantCode(primal);
  IRMapping replacements;
  replacements.map(primal.getInductionVar(), Value());
  // What has a size that only the iteration tells (the stack of an inner loop,
  // say, for as many iterations as it has) is not stacked: it is computed
  // again.
  auto getCost = [](Value value) -> std::optional<int64_t> {
    if (!followsFromSizes(value))
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
  if (!plan.kept.empty() &&
      failed(passStacks(loops, plan, inner, number, replacements)))
    return failure();
  applyResiduals(plan, inner, replacements);
  return SmallVector<Value>(primal.getResults().take_front(numResults));
}
