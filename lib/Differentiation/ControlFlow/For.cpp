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

#include "ControlFlow.h"
#include "Iterations.h"
#include "Regions.h"
#include "Residuals.h"
#include "Stacks.h"
#include "atled/Interfaces/DifferentiableControlFlowInterface.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/Transforms/LoopInvariantCodeMotionUtils.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// Residuals
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

/// Lets the primal loop fill a stack with each of `values`, which its body
/// computes: as soon as a value is there, before anything may take its place.
/// Returns the full stacks.
static SmallVector<Value> fillStacks(scf::ForOp &primal, ArrayRef<Value> values,
                                     ArrayRef<Value> empty) {
  Block *body = primal.getBody();
  OpBuilder builder = OpBuilder::atBlockBegin(body);
  Value number = buildIterationNumber(builder, primal);
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
      extendOperation(primal, empty, TypeRange(ValueRange(empty)));
  primal = cast<scf::ForOp>(extended);
  return SmallVector<Value>(extended->getResults().take_back(empty.size()));
}

/// Keeps what the body of `reverse` needs of the primal's body; `primal`
/// becomes the loop that does.
static LogicalResult passResiduals(scf::ForOp original, scf::ForOp &primal,
                                   scf::ForOp reverse) {
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
  if (plan.uses.empty())
    return success();

  ImplicitLocOpBuilder inner(reverse.getLoc(),
                             OpBuilder::atBlockBegin(reverse.getBody()));
  Value one = arith::ConstantIndexOp::create(inner, 1);
  Value last = arith::SubIOp::create(inner, reverse.getUpperBound(), one);
  Value number = arith::SubIOp::create(inner, last, reverse.getInductionVar());
  replacements.map(primal.getInductionVar(),
                   buildInductionVariable(inner, primal, number));
  if (!plan.kept.empty()) {
    OpBuilder outer(primal);
    OpFoldResult capacity = buildCapacity(outer, primal);
    SmallVector<Value> empty;
    for (Value value : plan.kept) {
      if (failed(checkStackSize(original, value, capacity)))
        return failure();
      empty.push_back(
          buildStack(outer, value.getLoc(), value.getType(), capacity));
      if (!empty.back())
        return emitCannotStack(original, value);
    }
    for (auto [value, stack] :
         llvm::zip(plan.kept, fillStacks(primal, plan.kept, empty)))
      replacements.map(value, buildStackRead(inner, value.getLoc(), stack,
                                             number, value.getType()));
  }
  applyResiduals(plan, inner, replacements);
  return success();
}

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
    FailureOr<scf::ForOp> reverse =
        buildWayBack(loop, primal, active, cotangents, mode);
    if (failed(reverse) || failed(passResiduals(loop, primal, *reverse)))
      return failure();
    setPrimals(mode, loop.getResults(),
               primal.getResults().take_front(loop.getNumResults()));
    return success();
  }

private:
  /// Builds the loop that goes back, and adds what comes out of it to the
  /// cotangents. Its body uses values of the primal's body as if it stood
  /// there.
  static FailureOr<scf::ForOp> buildWayBack(scf::ForOp loop, scf::ForOp primal,
                                            ArrayRef<unsigned> active,
                                            ValueRange cotangents,
                                            ReverseMode &mode) {
    OpBuilder &builder = mode.getReverseBuilder();
    Location location = loop.getLoc();
    Value zero = arith::ConstantIndexOp::create(builder, location, 0);
    Value one = arith::ConstantIndexOp::create(builder, location, 1);
    Value count = getValueOrCreateConstantIndexOp(
        builder, location, buildTripCount(builder, primal));
    scf::ForOp reverse =
        buildLoop(builder, location, zero, count, one, cotangents, false);
    copyMaxIterations(loop, reverse);
    Operation *wayBack = reverse;
    SmallVector<std::pair<Value, Value>> captured;
    {
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
      FailureOr<SmallVector<std::pair<Value, Value>>> left =
          mode.runScoped(buildBody);
      if (failed(left))
        return failure();
      captured = *left;
      wayBack = addAccumulators(reverse, captured, yielded, mode);
    }
    for (auto [position, index] : llvm::enumerate(active))
      mode.addCotangent(loop.getInitArgs()[index],
                        wayBack->getResult(position));
    for (auto [contribution, sum] :
         llvm::zip(captured, wayBack->getResults().drop_front(active.size())))
      mode.addCotangent(
          contribution.first,
          convert(builder, location, sum, contribution.second.getType()));
    return cast<scf::ForOp>(wayBack);
  }

  /// Converts a cotangent to or from the type in which a loop adds up.
  static Value convert(OpBuilder &builder, Location location, Value value,
                       Type to) {
    if (value.getType() == to)
      return value;
    auto space = cast<VectorSpaceTypeInterface>(value.getType());
    return space.buildConversion(builder, location, value, to);
  }

  /// Ends the loop's body, and lets it carry the sums of what the iterations
  /// contribute to values from outside.
  static Operation *addAccumulators(scf::ForOp reverse,
                                    ArrayRef<std::pair<Value, Value>> captured,
                                    SmallVector<Value> yielded,
                                    ReverseMode &mode) {
    OpBuilder &builder = mode.getReverseBuilder();
    OpBuilder outer(reverse);
    SmallVector<Value> zeros;
    for (auto [value, contribution] : captured) {
      Location location = value.getLoc();
      auto space = cast<VectorSpaceTypeInterface>(contribution.getType());
      auto wide = cast<VectorSpaceTypeInterface>(space.getAccumulatorType());
      zeros.push_back(
          wide.buildSplat(outer, location, 0.0, mode.getPrimal(value)));
      Value sum = reverse.getBody()->addArgument(wide, location);
      yielded.push_back(
          wide.buildSum(builder, location,
                        {sum, convert(builder, location, contribution, wide)}));
    }
    scf::YieldOp::create(builder, reverse.getLoc(), yielded);
    return extendOperation(reverse, zeros, TypeRange(ValueRange(zeros)));
  }
};
} // namespace

void atled::registerForDifferentiation(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, scf::SCFDialect *) {
    scf::ForOp::attachInterface<DifferentiableFor>(*context);
  });
}
