//===- GuardLoops.cpp - Loops that end, and when --------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A step that is not positive, or more iterations than a loop's attribute
// allows, would make a loop run for ever, or its way back write beyond its
// stacks. A loop that is guarded does not run then, or stops, and an assertion
// tells.
//
// What can be told beforehand needs no guard, nor memory of unknown size for
// the way back: numbers that follow from constants are folded first.
//
//===----------------------------------------------------------------------===//

#include "ControlFlow/Iterations.h"
#include "ControlFlow/LoopSlice.h"
#include "Limits.h"
#include "atled/Differentiation/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/ValueBoundsOpInterface.h"
#include "mlir/Transforms/FoldUtils.h"

namespace atled {
#define GEN_PASS_DEF_GUARDLOOPSPASS
#include "atled/Differentiation/Passes.h.inc"
} // namespace atled

using namespace atled;

/// Folds what computes integers, as the bounds of loops are.
static void foldIntegers(Operation *root) {
  OperationFolder folder(root->getContext());
  root->walk([&](Operation *op) {
    if (op->getNumResults() != 0 && !op->hasTrait<OpTrait::ConstantLike>() &&
        llvm::all_of(op->getResultTypes(),
                     [](Type type) { return type.isIntOrIndex(); }))
      (void)folder.tryToFold(op);
  });
}

/// Lets `loop` run no iteration unless `holds`.
static void runOnlyIf(ImplicitLocOpBuilder &b, scf::ForOp loop, Value holds) {
  Value end = arith::SelectOp::create(b, holds, loop.getUpperBound(),
                                      loop.getLowerBound());
  loop.getUpperBoundMutable().assign(end);
}

/// A step that only a run tells has to be positive, or the loop does not run.
static LogicalResult guardStep(scf::ForOp loop) {
  bool isUnsigned = loop.getUnsignedCmp();
  if (std::optional<int64_t> step = getConstantIntValue(loop.getStep())) {
    if (*step > 0 || (isUnsigned && *step != 0))
      return success();
    return loop.emitOpError("has the step ")
           << *step << ", and a step has to be positive";
  }
  ImplicitLocOpBuilder b(loop.getLoc(), OpBuilder(loop));
  Type type = loop.getStep().getType();
  Value zero = arith::ConstantOp::create(b, b.getIntegerAttr(type, 0));
  Value one = arith::ConstantOp::create(b, b.getIntegerAttr(type, 1));
  Value holds = arith::CmpIOp::create(
      b, isUnsigned ? arith::CmpIPredicate::ne : arith::CmpIPredicate::sgt,
      loop.getStep(), zero);
  assertLimit(b, b.getLoc(), holds, Limit::Step,
              "the step of a loop is positive");
  // What computes with the step divides by it.
  loop.getStepMutable().assign(
      arith::SelectOp::create(b, holds, loop.getStep(), one));
  runOnlyIf(b, loop, holds);
  return success();
}

/// A constant range has to be one that its type can measure: simplifications
/// subtract its ends.
static LogicalResult checkRange(scf::ForOp loop) {
  llvm::APInt lower, upper;
  if (loop.getUnsignedCmp() ||
      !matchPattern(loop.getLowerBound(), m_ConstantInt(&lower)) ||
      !matchPattern(loop.getUpperBound(), m_ConstantInt(&upper)) ||
      lower.getBitWidth() > 64)
    return success();
  bool overflows = false;
  (void)upper.ssub_ov(lower, overflows);
  if (!overflows || upper.slt(lower))
    return success();
  InFlightDiagnostic diagnostic =
      loop.emitOpError("runs from ")
      << lower.getSExtValue() << " to " << upper.getSExtValue()
      << ", further than " << loop.getInductionVar().getType() << " can count";
  diagnostic.attachNote(loop.getLoc())
      << "count from 0, and compute the index from that";
  return diagnostic;
}

/// Whether the step that ends the loop may go beyond what its type can hold:
/// then there would be no end.
static bool mayOverflow(scf::ForOp loop) {
  llvm::APInt upper, step;
  if (!matchPattern(loop.getStep(), m_ConstantInt(&step)))
    return true;
  if (step.isOne())
    return false;
  bool isUnsigned = loop.getUnsignedCmp();
  if (!matchPattern(loop.getUpperBound(), m_ConstantInt(&upper))) {
    using Bounds = ValueBoundsConstraintSet;
    if (isUnsigned || !loop.getUpperBound().getType().isIndex())
      return true;
    FailureOr<int64_t> bound = Bounds::computeConstantBound(
        presburger::BoundType::UB, {loop.getUpperBound()}, nullptr,
        /*closedUB=*/true);
    if (failed(bound))
      return true;
    upper = llvm::APInt(step.getBitWidth(), *bound, /*isSigned=*/true);
  }
  bool overflows = false;
  (void)(isUnsigned ? upper.uadd_ov(step, overflows)
                    : upper.sadd_ov(step, overflows));
  return overflows;
}

/// Replaces `loop` by one that counts its iterations, and computes the
/// induction variable from that.
static void countIterations(scf::ForOp loop) {
  ImplicitLocOpBuilder b(loop.getLoc(), OpBuilder(loop));
  Value zero = arith::ConstantIndexOp::create(b, 0);
  Value count =
      getValueOrCreateConstantIndexOp(b, b.getLoc(), buildTripCount(b, loop));
  IRMapping mapping;
  scf::ForOp counted =
      LoopSlice(loop).build(b, mapping, zero, count, loop.getInitArgs());
  counted->setDiscardableAttrs(loop->getDiscardableAttrDictionary());
  loop.replaceAllUsesWith(counted.getResults());
  loop.erase();
}

static LogicalResult guardIterations(scf::ForOp loop) {
  std::optional<int64_t> most = getMaxIterations(loop);
  if (!most)
    return success();
  ImplicitLocOpBuilder b(loop.getLoc(), OpBuilder(loop));
  OpFoldResult count = buildTripCount(b, loop);
  if (std::optional<int64_t> known = getConstantIntValue(count)) {
    if (*known <= *most)
      return success();
    return loop.emitOpError("runs ")
           << *known << " times, and may run " << *most << " times at most";
  }
  Value bound = arith::ConstantIndexOp::create(b, *most);
  Value holds = arith::CmpIOp::create(b, arith::CmpIPredicate::sle,
                                      cast<Value>(count), bound);
  assertLimit(b, b.getLoc(), holds, Limit::Iterations,
              "a loop runs no more often than it may");
  runOnlyIf(b, loop, holds);
  return success();
}

/// Lets the loop count its iterations, and stop where it has run as often as it
/// may.
static void guardIterations(scf::WhileOp loop) {
  std::optional<int64_t> most = getMaxIterations(loop);
  if (!most)
    return;
  ImplicitLocOpBuilder b(loop.getLoc(), OpBuilder(loop));
  Value zero = arith::ConstantIndexOp::create(b, 0);
  SmallVector<Value> inits(loop.getInits());
  inits.push_back(zero);
  SmallVector<Type> types(loop.getResultTypes());
  types.push_back(zero.getType());

  Value ran = loop.getBeforeBody()->addArgument(zero.getType(), b.getLoc());
  scf::ConditionOp condition = loop.getConditionOp();
  b.setInsertionPoint(condition);
  Value bound = arith::ConstantIndexOp::create(b, *most);
  Value mayRun =
      arith::CmpIOp::create(b, arith::CmpIPredicate::slt, ran, bound);
  Value isTrue = arith::ConstantIntOp::create(b, 1, /*width=*/1);
  Value ends = arith::XOrIOp::create(b, condition.getCondition(), isTrue);
  assertLimit(b, b.getLoc(), arith::OrIOp::create(b, ends, mayRun),
              Limit::Iterations, "a loop runs no more often than it may");
  condition.getConditionMutable().assign(
      arith::AndIOp::create(b, condition.getCondition(), mayRun));
  condition.getArgsMutable().append(ran);

  Value runs = loop.getAfterBody()->addArgument(zero.getType(), b.getLoc());
  b.setInsertionPoint(loop.getYieldOp());
  Value one = arith::ConstantIndexOp::create(b, 1);
  Value next = arith::AddIOp::create(b, runs, one);
  loop.getYieldOp().getResultsMutable().append(next);

  b.setInsertionPoint(loop);
  auto guarded = scf::WhileOp::create(b, types, inits);
  guarded->setDiscardableAttrs(loop->getDiscardableAttrDictionary());
  guarded.getBefore().takeBody(loop.getBefore());
  guarded.getAfter().takeBody(loop.getAfter());
  loop.replaceAllUsesWith(guarded.getResults().drop_back());
  loop.erase();
}

namespace {
struct GuardLoopsPass : atled::impl::GuardLoopsPassBase<GuardLoopsPass> {
  void runOnOperation() override {
    foldIntegers(getOperation());
    WalkResult result = getOperation()->walk([](Operation *op) {
      if (auto loop = dyn_cast<scf::ForOp>(op)) {
        if (failed(checkRange(loop)) || failed(guardStep(loop)) ||
            failed(guardIterations(loop)))
          return WalkResult::interrupt();
        if (mayOverflow(loop))
          countIterations(loop);
        return WalkResult::advance();
      }
      if (auto loop = dyn_cast<scf::WhileOp>(op))
        guardIterations(loop);
      return WalkResult::advance();
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }
};
} // namespace
