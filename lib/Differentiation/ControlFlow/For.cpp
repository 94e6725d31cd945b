//===- For.cpp - Differentiation of scf.for -------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Forward, a loop carries tangents beside what it carries. Back, a second loop
// runs through the iterations from the last to the first. It carries the
// cotangents of what the first one carries, and adds up those of what the body
// uses from outside. What its body needs of the first one's is kept in stacks:
//
//   %r, %s = for %i (%h = %init, %stack = empty) {
//     %t = tanh %h
//     yield %t, write(%stack, %i, %t) }
//   for %k (%dh = %dr) {
//     %i = n - 1 - %k
//     %t = read(%s, %i)
//     yield (1 + %t) (1 - %t) %dh }
//
//===----------------------------------------------------------------------===//

#include "Accumulate.h"
#include "ControlFlow.h"
#include "Iterations.h"
#include "LoopResiduals.h"
#include "Regions.h"
#include "SameSize.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Interfaces/DifferentiableControlFlowInterface.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// The model
//===----------------------------------------------------------------------===//

/// Builds a loop without body on the given values.
static scf::ForOp buildLoop(OpBuilder &builder, Location location, Value lower,
                            Value upper, Value step, ValueRange inits,
                            bool isUnsigned) {
  auto loop = scf::ForOp::create(builder, location, lower, upper, step, inits,
                                 /*bodyBuilder=*/nullptr, isUnsigned);
  loop.getBody()->clear();
  return loop;
}

/// Builds the primal again, on what `mode` says stands for its operands, with
/// more values carried. Leaves the builder in the empty body.
template <typename Mode>
static scf::ForOp rebuildLoop(Mode &mode, OpBuilder &builder, scf::ForOp loop,
                              ValueRange inits) {
  scf::ForOp built =
      buildLoop(builder, loop.getLoc(), mode.getPrimal(loop.getLowerBound()),
                mode.getPrimal(loop.getUpperBound()),
                mode.getPrimal(loop.getStep()), inits, loop.getUnsignedCmp());
  built->setDiscardableAttrs(loop->getDiscardableAttrDictionary());
  mode.setPrimal(loop.getInductionVar(), built.getInductionVar());
  builder.setInsertionPointToEnd(built.getBody());
  return built;
}

namespace {
/// What a loop uses from outside, and what it begins with to add up cotangents.
struct Captured {
  SmallVector<Value> values, zeros;
};

struct DifferentiableFor
    : DifferentiableControlFlowInterface::ExternalModel<DifferentiableFor,
                                                        scf::ForOp> {
  void propagateVaried(Operation *op, Activity &activity) const {
    auto loop = cast<scf::ForOp>(op);
    bool changed = true;
    while (changed) {
      activity.propagateVaried(*loop.getBody());
      changed = false;
      for (auto [init, argument, yielded, result] :
           llvm::zip(loop.getInitArgs(), loop.getRegionIterArgs(),
                     loop.getYieldedValues(), loop.getResults())) {
        changed |= joinVaried(activity, init, argument);
        changed |= joinVaried(activity, yielded, argument);
        joinVaried(activity, argument, result);
      }
    }
  }

  void propagateUseful(Operation *op, Activity &activity) const {
    auto loop = cast<scf::ForOp>(op);
    bool changed = true;
    while (changed) {
      changed = false;
      // Whether an iteration's result is wanted by the next one or by what
      // follows the loop is all the same.
      for (auto [init, argument, yielded, result] :
           llvm::zip(loop.getInitArgs(), loop.getRegionIterArgs(),
                     loop.getYieldedValues(), loop.getResults())) {
        joinUseful(activity, argument, result);
        joinUseful(activity, result, argument);
        changed |= joinUseful(activity, result, yielded);
        joinUseful(activity, result, init);
      }
      activity.propagateUseful(*loop.getBody());
      for (auto [argument, result] :
           llvm::zip(loop.getRegionIterArgs(), loop.getResults()))
        changed |= joinUseful(activity, argument, result);
    }
  }

  LogicalResult buildForward(Operation *op, ForwardMode &mode) const {
    auto loop = cast<scf::ForOp>(op);
    SmallVector<unsigned> active =
        getActive(loop.getRegionIterArgs(), mode.getActivity());
    OpBuilder &builder = mode.getBuilder();
    SmallVector<Value> inits =
        getPrimalsAndTangents(mode, loop.getInitArgs(), active);
    OpBuilder::InsertionGuard guard(builder);
    scf::ForOp derived = rebuildLoop(mode, builder, loop, inits);
    setPrimalsAndTangents(mode, loop.getRegionIterArgs(), active,
                          derived.getRegionIterArgs());
    if (failed(mode.run(*loop.getBody())))
      return failure();
    scf::YieldOp::create(
        builder, loop.getLoc(),
        getPrimalsAndTangents(mode, loop.getYieldedValues(), active));
    setPrimalsAndTangents(mode, loop.getResults(), active,
                          derived.getResults());
    return success();
  }

  LogicalResult buildPrimal(Operation *op, ReverseMode &mode) const {
    auto loop = cast<scf::ForOp>(op);
    OpBuilder &builder = mode.getPrimalBuilder();
    OpBuilder::InsertionGuard guard(builder);
    scf::ForOp primal =
        rebuildLoop(mode, builder, loop, getPrimals(mode, loop.getInitArgs()));
    setPrimals(mode, loop.getRegionIterArgs(), primal.getRegionIterArgs());
    if (failed(mode.runPrimal(*loop.getBody())))
      return failure();
    scf::YieldOp::create(builder, loop.getLoc(),
                         getPrimals(mode, loop.getYieldedValues()));
    setPrimals(mode, loop.getResults(), primal.getResults());
    return success();
  }

  LogicalResult buildReverse(Operation *op, ReverseMode &mode) const {
    auto loop = cast<scf::ForOp>(op);
    SmallVector<unsigned> active =
        getActive(loop.getResults(), mode.getActivity());
    SmallVector<Value> cotangents;
    for (unsigned index : active)
      cotangents.push_back(mode.takeCotangent(loop.getResult(index)));
    if (llvm::none_of(cotangents,
                      [](Value cotangent) { return bool(cotangent); }))
      return success();
    for (auto [index, cotangent] : llvm::zip(active, cotangents))
      if (!cotangent)
        cotangent = takeCotangentOrZero(mode, loop.getResult(index));

    auto primal = mode.getPrimal(loop.getResult(0)).getDefiningOp<scf::ForOp>();
    Captured captured;
    FailureOr<scf::ForOp> reverse =
        buildWayBack(loop, primal, active, cotangents, captured, mode);
    if (failed(reverse))
      return failure();
    hoistSizes(primal, *reverse);
    LoopPair loops = {loop, primal, *reverse, mode.getFunctions().getReport()};
    FailureOr<SmallVector<Value>> results =
        passResiduals(loops, mode.getFunctions());
    if (failed(results))
      return failure();
    setPrimals(mode, loop.getResults(), *results);

    ValueRange sums = loops.reverse.getResults();
    for (auto [index, cotangent] : llvm::zip_first(active, sums))
      mode.addCotangent(loop.getInitArgs()[index], cotangent);
    for (auto [value, zero, sum] : llvm::zip_first(
             captured.values, captured.zeros, sums.drop_front(active.size()))) {
      Value narrow = convertCotangent(mode.getReverseBuilder(), loop.getLoc(),
                                      sum, getTangentType(value.getType()));
      mode.addCotangent(value, Contribution{narrow, sum, zero, zero});
    }
    return success();
  }

private:
  static FailureOr<SmallVector<Value>>
  passResiduals(LoopPair &loops, DerivedFunctions &functions) {
    Attribute checkpoint =
        loops.original->getAttr(ad::ADDialect::checkpointAttrName);
    if (auto periodic = dyn_cast_if_present<ad::PeriodicAttr>(checkpoint))
      return passSegments(loops, periodic.getPeriod());
    if (auto binomial = dyn_cast_if_present<ad::BinomialAttr>(checkpoint))
      return passSnapshots(loops, binomial.getSnapshots(), functions);
    return passLoopResiduals(loops);
  }

  /// Builds the loop that goes back. Its body uses values of the primal's body
  /// as if it stood there. It returns the cotangents of what is carried and
  /// active, then those of values from outside, `captured`.
  static FailureOr<scf::ForOp>
  buildWayBack(scf::ForOp loop, scf::ForOp primal, ArrayRef<unsigned> active,
               ValueRange cotangents, Captured &captured, ReverseMode &mode) {
    OpBuilder &builder = mode.getReverseBuilder();
    Location location = loop.getLoc();
    Value zero = arith::ConstantIndexOp::create(builder, location, 0);
    Value one = arith::ConstantIndexOp::create(builder, location, 1);
    Value count = getValueOrCreateConstantIndexOp(
        builder, location, buildTripCount(builder, primal));
    scf::ForOp reverse =
        buildLoop(builder, location, zero, count, one, cotangents, false);
    copyMaxIterations(loop, reverse);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToEnd(reverse.getBody());
    SmallVector<Value> yielded;
    auto buildBody = [&]() -> LogicalResult {
      for (auto [index, cotangent] :
           llvm::zip_equal(active, reverse.getRegionIterArgs()))
        mode.addCotangent(loop.getYieldedValues()[index], cotangent);
      if (failed(mode.runReverse(*loop.getBody())))
        return failure();
      for (unsigned index : active)
        yielded.push_back(
            takeCotangentOrZero(mode, loop.getRegionIterArgs()[index]));
      return success();
    };
    auto left = mode.runScoped(buildBody, loop);
    if (failed(left))
      return failure();
    // Carry the sums of what the iterations contribute to values from outside.
    scf::YieldOp::create(builder, location, yielded);
    OpBuilder outer(reverse);
    Block *body = reverse.getBody();
    for (auto &[value, contributions] : *left) {
      captured.values.push_back(value);
      captured.zeros.push_back(
          buildAccumulator(outer, value, mode.getPrimal(value)));
      Value sum = accumulateInPlace(
          *body,
          body->addArgument(captured.zeros.back().getType(), value.getLoc()),
          contributions);
      Operation *yield = body->getTerminator();
      yield->insertOperands(yield->getNumOperands(), sum);
    }
    return cast<scf::ForOp>(extendOperation(
        reverse, captured.zeros, TypeRange(ValueRange(captured.zeros))));
  }
};
} // namespace

void atled::registerForDifferentiation(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, scf::SCFDialect *) {
    scf::ForOp::attachInterface<DifferentiableFor>(*context);
  });
}
