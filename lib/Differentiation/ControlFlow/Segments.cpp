//===- Segments.cpp - Loops that keep what some iterations begin with -----===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The primal becomes a loop over segments, which keeps what each begins with.
// The way back runs through them from the last to the first: it runs a segment
// again, which keeps what its iterations' way back needs, and then goes back
// through that. What it adds up, it adds up in the same order as without.
//
//   %r, %s = for %first = 0 to n step p (%h = %init, %stack = empty) {
//     %next = for %i = %first to min(%first + p, n) ... from %h
//     yield %next, write(%stack, %first / p, %h) }
//   for %k (%dh = %dr) {
//     %h = read(%s, %segment)
//     _, %t = for %i in the segment ... from %h   // keeps residuals
//     yield for %i back through the segment ... from %dh }
//
//===----------------------------------------------------------------------===//

#include "Iterations.h"
#include "LoopResiduals.h"
#include "LoopSlice.h"
#include "ResidualReport.h"
#include "Stacks.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/Transforms/LoopInvariantCodeMotionUtils.h"

using namespace atled;

namespace {
/// The iterations of a loop in segments.
struct Segments {
  /// Of all iterations, if anything is known; of one segment.
  std::optional<int64_t> bound;
  int64_t period;
  /// The number of iterations.
  Value count;

  /// Says what is known of a loop over all segments; and that a derivative of
  /// it, too, is to keep no more than what each of them begins with.
  void annotateOuter(scf::ForOp loop) const {
    if (bound)
      setMaxIterations(loop,
                       std::max<int64_t>(llvm::divideCeil(*bound, period), 1));
    loop->setAttr(ad::ADDialect::checkpointAttrName,
                  ad::PeriodicAttr::get(loop.getContext(), 1));
  }
  /// The number of the iteration behind the segment that begins with `first`.
  Value buildEnd(ImplicitLocOpBuilder &b, Value first) const {
    Value step = arith::ConstantIndexOp::create(b, period);
    return arith::MinSIOp::create(b, arith::AddIOp::create(b, first, step),
                                  count);
  }
};
} // namespace

static Segments buildSegments(ImplicitLocOpBuilder &b, scf::ForOp loop,
                              int64_t period) {
  OpFoldResult trips = buildTripCount(b, loop);
  std::optional<int64_t> bound = getConstantIntValue(trips);
  if (!bound)
    bound = getMaxIterations(loop);
  if (bound)
    period = std::clamp<int64_t>(*bound, 1, period);
  return {bound, period, getValueOrCreateConstantIndexOp(b, b.getLoc(), trips)};
}

/// Builds the loop over segments that stands for `primal`.
static scf::ForOp buildPrimal(ImplicitLocOpBuilder &b, scf::ForOp primal,
                              const Segments &segments) {
  Value zero = arith::ConstantIndexOp::create(b, 0);
  Value step = arith::ConstantIndexOp::create(b, segments.period);
  auto outer = scf::ForOp::create(
      b, zero, segments.count, step, primal.getInitArgs(),
      [&](OpBuilder &builder, Location location, Value first,
          ValueRange carried) {
        ImplicitLocOpBuilder c(location, builder);
        IRMapping mapping;
        scf::ForOp inner = LoopSlice(primal).build(
            c, mapping, first, segments.buildEnd(c, first), carried);
        setMaxIterations(inner, segments.period);
        scf::YieldOp::create(c, inner.getResults());
      });
  segments.annotateOuter(outer);
  return outer;
}

/// Builds the loop back over all segments. `loops` go into it, as loops over
/// one. `stacks` have what `slice`, which runs again, begins with in each.
static FailureOr<scf::ForOp>
buildReverse(LoopPair &loops, scf::ForOp outerPrimal, const LoopSlice &slice,
             ArrayRef<Value> stacks, const Segments &segments) {
  auto &[original, primal, reverse, report] = loops;
  ImplicitLocOpBuilder b(original.getLoc(), OpBuilder(reverse));
  Value zero = arith::ConstantIndexOp::create(b, 0);
  Value one = arith::ConstantIndexOp::create(b, 1);
  Value step = arith::ConstantIndexOp::create(b, segments.period);
  Value count = getValueOrCreateConstantIndexOp(b, b.getLoc(),
                                                buildTripCount(b, outerPrimal));
  Value last = arith::SubIOp::create(b, count, one);
  auto outer = scf::ForOp::create(b, zero, count, one, reverse.getInitArgs());
  segments.annotateOuter(outer);

  b.setInsertionPointToStart(outer.getBody());
  Value number = arith::SubIOp::create(b, last, outer.getInductionVar());
  Value first = arith::MulIOp::create(b, number, step);
  Value end = segments.buildEnd(b, first);
  SmallVector<Value> carried;
  for (auto [stack, value] :
       llvm::zip_equal(stacks, slice.select(primal.getRegionIterArgs())))
    carried.push_back(
        buildStackRead(b, b.getLoc(), stack, number, value.getType()));
  IRMapping mapping;
  scf::ForOp inner = slice.build(b, mapping, first, end, carried);
  if (report)
    report->remap(mapping);
  setMaxIterations(inner, segments.period);

  reverse->moveAfter(inner);
  b.setInsertionPoint(reverse);
  reverse.getUpperBoundMutable().assign(arith::SubIOp::create(b, end, first));
  reverse.getInitArgsMutable().assign(outer.getRegionIterArgs());
  setMaxIterations(reverse, segments.period);
  reverse.getBody()->walk([&](Operation *op) {
    for (OpOperand &operand : op->getOpOperands())
      operand.set(mapping.lookupOrDefault(operand.get()));
  });
  b.setInsertionPointToEnd(outer.getBody());
  scf::YieldOp::create(b, reverse.getResults());
  primal.erase();
  primal = inner;
  if (failed(passLoopResiduals(loops)))
    return failure();
  return outer;
}

FailureOr<SmallVector<Value>> atled::passSegments(LoopPair &loops,
                                                  int64_t period) {
  scf::ForOp primal = loops.primal;
  moveLoopInvariantCode(primal);
  ImplicitLocOpBuilder b(primal.getLoc(), OpBuilder(primal));
  Segments segments = buildSegments(b, primal, period);
  scf::ForOp outer = buildPrimal(b, primal, segments);
  b.setInsertionPoint(outer);
  LoopSlice slice(
      primal, findCrossingValues(*primal.getBody(), *loops.reverse.getBody()));
  SmallVector<Value> begins = slice.select(outer.getRegionIterArgs());
  OpFoldResult capacity = buildCapacity(b, outer);
  FailureOr<SmallVector<Value>> empty =
      buildStacks(b, loops.original, outer, begins, capacity);
  if (failed(empty))
    return failure();
  SmallVector<Value> stacks = fillStacks(outer, begins, *empty);
  if (loops.report)
    loops.report->recordSnapshots(slice.select(primal.getRegionIterArgs()),
                                  stacks, capacity, loops.original);
  ValueRange results = outer.getResults().take_front(primal.getNumResults());
  primal.replaceAllUsesWith(results);
  FailureOr<scf::ForOp> reverse =
      buildReverse(loops, outer, slice, stacks, segments);
  if (failed(reverse))
    return failure();
  loops.primal = outer;
  loops.reverse = *reverse;
  return SmallVector<Value>(results);
}
