//===- Snapshots.cpp - Loops that keep few snapshots ----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The primal keeps snapshots of what it carries while it runs. The way back
// through an iteration begins at the last snapshot before it, runs from there
// to the iteration, keeping snapshots where there is room again, and then what
// the iteration computes:
//
//   %r, %s = run 0 to n, from %init          // keeps snapshots
//   for %k (%dh = %dr, %s) {
//     %i = n - 1 - %k
//     drop the snapshot of iteration %i + 1
//     %h, %s = run from the last snapshot to %i   // keeps snapshots
//     %t = tanh %h
//     yield (1 + %t) (1 - %t) %dh, %s }
//
//===----------------------------------------------------------------------===//

#include "Iterations.h"
#include "LoopResiduals.h"
#include "LoopSlice.h"
#include "Outline.h"
#include "Regions.h"
#include "ResidualReport.h"
#include "Schedule.h"
#include "Stacks.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/Transforms/LoopInvariantCodeMotionUtils.h"

using namespace atled;

namespace {
/// Where a run of the primal stands, at an iteration of which there is a
/// snapshot, the last one. These are values as loops carry them.
struct State {
  /// Of what was carried, those values that snapshots do not have.
  SmallVector<Value> others;
  /// For those that they have, a stack each; and which iteration began with
  /// them.
  SmallVector<Value> stacks;
  Value iterations;
  Value count;

  SmallVector<Value> flatten() const {
    SmallVector<Value> values(others);
    llvm::append_range(values, stacks);
    values.append({iterations, count});
    return values;
  }
  /// From values in the order of `flatten`.
  State withValues(ValueRange values) const {
    ValueRange all = values.drop_back(2);
    return {SmallVector<Value>(all.take_front(others.size())),
            SmallVector<Value>(all.drop_front(others.size())),
            values[all.size()], values.back()};
  }
};

class SnapshotBuilder {
public:
  /// Snapshots have those of `carried`, the values that `iterations` takes,
  /// whose positions are `kept`.
  SnapshotBuilder(const LoopFunction &iterations, TypeRange carried,
                  ArrayRef<unsigned> kept, func::FuncOp distance,
                  int64_t capacity)
      : iterations(iterations), carried(carried), kept(kept),
        distance(distance), capacity(capacity) {}

  /// Reaches `iteration` with `values` carried, and makes a snapshot of it.
  void push(ImplicitLocOpBuilder &b, State &state, Value iteration,
            ValueRange values);
  /// Goes back to the last snapshot that is of no iteration behind `number`.
  void restore(ImplicitLocOpBuilder &b, State &state, Value number);
  /// Runs on to `last`, with snapshots for going back through the iterations
  /// before `end`. Returns what is carried then.
  SmallVector<Value> run(ImplicitLocOpBuilder &b, State &state, Value last,
                         Value end);

private:
  Value getIteration(ImplicitLocOpBuilder &b, const State &state);
  /// Runs from the last snapshot to the iteration `last`.
  ValueRange runIterations(ImplicitLocOpBuilder &b, const State &state,
                           Value last);

  LoopFunction iterations;
  SmallVector<Type> carried;
  SmallVector<unsigned> kept;
  func::FuncOp distance;
  int64_t capacity;
};
} // namespace

static Value buildLast(ImplicitLocOpBuilder &b, const State &state) {
  Value one = arith::ConstantIndexOp::create(b, 1);
  return arith::SubIOp::create(b, state.count, one);
}

Value SnapshotBuilder::getIteration(ImplicitLocOpBuilder &b,
                                    const State &state) {
  return buildStackRead(b, b.getLoc(), state.iterations, buildLast(b, state),
                        b.getIndexType());
}

void SnapshotBuilder::push(ImplicitLocOpBuilder &b, State &state,
                           Value iteration, ValueRange values) {
  state.others.clear();
  for (auto [position, value] : llvm::enumerate(values)) {
    const unsigned *it = llvm::find(kept, position);
    if (it == kept.end()) {
      state.others.push_back(value);
      continue;
    }
    Value &stack = state.stacks[it - kept.begin()];
    stack = buildStackWrite(b, b.getLoc(), stack, state.count, value);
  }
  state.iterations =
      buildStackWrite(b, b.getLoc(), state.iterations, state.count, iteration);
  Value one = arith::ConstantIndexOp::create(b, 1);
  state.count = arith::AddIOp::create(b, state.count, one);
}

void SnapshotBuilder::restore(ImplicitLocOpBuilder &b, State &state,
                              Value number) {
  // Iterations are gone back through one by one: one snapshot at most is of the
  // iteration behind.
  Value isBehind = arith::CmpIOp::create(b, arith::CmpIPredicate::sgt,
                                         getIteration(b, state), number);
  state.count =
      arith::SelectOp::create(b, isBehind, buildLast(b, state), state.count);
}

ValueRange SnapshotBuilder::runIterations(ImplicitLocOpBuilder &b,
                                          const State &state, Value last) {
  SmallVector<Value> values;
  ArrayRef<Value> others = state.others;
  for (auto [position, type] : llvm::enumerate(carried)) {
    const unsigned *it = llvm::find(kept, position);
    if (it == kept.end()) {
      values.push_back(others.consume_front());
      continue;
    }
    values.push_back(buildStackRead(b, b.getLoc(),
                                    state.stacks[it - kept.begin()],
                                    buildLast(b, state), type));
  }
  return iterations.call(b, getIteration(b, state), last, values).getResults();
}

SmallVector<Value> SnapshotBuilder::run(ImplicitLocOpBuilder &b, State &state,
                                        Value last, Value end) {
  Value one = arith::ConstantIndexOp::create(b, 1);
  Value most = arith::ConstantIndexOp::create(b, capacity);
  auto isThereRoom = [&](OpBuilder &builder, Location location,
                         ValueRange values) {
    ImplicitLocOpBuilder c(location, builder);
    State inner = state.withValues(values);
    Value length = arith::SubIOp::create(c, end, getIteration(c, inner));
    Value isLong =
        arith::CmpIOp::create(c, arith::CmpIPredicate::sgt, length, one);
    Value isFree =
        arith::CmpIOp::create(c, arith::CmpIPredicate::slt, inner.count, most);
    scf::ConditionOp::create(c, arith::AndIOp::create(c, isLong, isFree),
                             values);
  };
  auto goOn = [&](OpBuilder &builder, Location location, ValueRange values) {
    ImplicitLocOpBuilder c(location, builder);
    State inner = state.withValues(values);
    Value iteration = getIteration(c, inner);
    Value length = arith::SubIOp::create(c, end, iteration);
    Value room = arith::SubIOp::create(c, most, inner.count);
    auto step = func::CallOp::create(c, distance, ValueRange{length, room});
    Value next = arith::AddIOp::create(c, iteration, step.getResult(0));
    push(c, inner, next, runIterations(c, inner, next));
    scf::YieldOp::create(c, inner.flatten());
  };
  SmallVector<Value> inits = state.flatten();
  auto loop = scf::WhileOp::create(b, ValueRange(inits).getTypes(), inits,
                                   isThereRoom, goOn);
  // Each iteration makes a snapshot, and there is one before.
  setMaxIterations(loop, std::max<int64_t>(capacity - 1, 1));
  state = state.withValues(loop.getResults());
  return SmallVector<Value>(runIterations(b, state, last));
}

/// Lets `loop` carry `inits` too, and returns what stands for them in its body.
static SmallVector<Value> carry(scf::ForOp &loop, ValueRange inits) {
  for (Value init : inits)
    loop.getBody()->addArgument(init.getType(), init.getLoc());
  loop = cast<scf::ForOp>(extendOperation(loop, inits, inits.getTypes()));
  return SmallVector<Value>(loop.getRegionIterArgs().take_back(inits.size()));
}

FailureOr<SmallVector<Value>>
atled::passSnapshots(LoopPair &loops, int64_t capacity,
                     DerivedFunctions &functions) {
  auto &[original, primal, reverse, report] = loops;
  moveLoopInvariantCode(primal);
  // What an iteration begins with is all that there is.
  IRMapping replacements;
  replacements.map(primal.getInductionVar(), Value());
  ResidualPlan plan = planResiduals(
      *primal.getBody(), *reverse.getBody(), replacements, [](Value value) {
        return isa<BlockArgument>(value) ? std::optional<int64_t>(0)
                                         : std::nullopt;
      });
  if (plan.kept.empty())
    return passLoopResiduals(loops);
  ImplicitLocOpBuilder outer(original.getLoc(), OpBuilder(primal));
  OpFoldResult trips = buildTripCount(outer, primal);
  if (std::optional<int64_t> bound = getConstantIntValue(trips))
    capacity = std::clamp<int64_t>(*bound, 1, capacity);

  // All that the primal carries comes out of it; on the way back only that runs
  // again which it uses.
  LoopSlice whole(primal), slice(primal, plan.kept);
  SmallVector<Value> arguments = slice.select(primal.getRegionIterArgs());
  FailureOr<SmallVector<Value>> stacks = buildStacks(
      outer, original, primal, arguments, outer.getIndexAttr(capacity));
  if (failed(stacks))
    return failure();
  LoopFunction iterations(functions.getSymbols(), whole);
  func::FuncOp distance = getSnapshotDistance(functions);
  SnapshotBuilder forward(iterations, primal.getResultTypes(), slice.carried,
                          distance, capacity);
  Value zero = arith::ConstantIndexOp::create(outer, 0);
  Value empty = buildStack(outer, outer.getLoc(), zero.getType(),
                           outer.getIndexAttr(capacity), Value());
  State state = {{}, *stacks, empty, zero};
  forward.push(outer, state, zero, primal.getInitArgs());
  Value count = getValueOrCreateConstantIndexOp(outer, outer.getLoc(), trips);
  SmallVector<Value> results = forward.run(outer, state, count, count);
  if (report)
    report->recordSnapshots(arguments, state.stacks,
                            outer.getIndexAttr(capacity), original);

  state.others.clear();
  state = state.withValues(carry(reverse, state.flatten()));
  SnapshotBuilder back(
      slice.isWhole() ? iterations
                      : LoopFunction(functions.getSymbols(), slice),
      ValueRange(arguments).getTypes(),
      llvm::to_vector(llvm::seq<unsigned>(0, arguments.size())), distance,
      capacity);
  ImplicitLocOpBuilder inner(original.getLoc(),
                             OpBuilder::atBlockBegin(reverse.getBody()));
  Value number = loops.buildIterationNumber(inner);
  back.restore(inner, state, number);
  Value one = arith::ConstantIndexOp::create(inner, 1);
  Value end = arith::AddIOp::create(inner, number, one);
  replacements.map(arguments, back.run(inner, state, number, end));
  replacements.map(primal.getInductionVar(),
                   buildInductionVariable(inner, primal, IRMapping(), number));
  applyResiduals(plan, inner, replacements);
  Operation *yield = reverse.getBody()->getTerminator();
  yield->insertOperands(yield->getNumOperands(), state.flatten());

  primal.replaceAllUsesWith(results);
  primal.erase();
  return results;
}
