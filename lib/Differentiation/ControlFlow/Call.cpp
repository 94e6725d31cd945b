//===- Call.cpp - Differentiation through func.call -----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A call becomes a call of a derived function. In reverse mode the callee is
// split: `f.fwd` runs the primal and returns what the way back needs, `f.bwd`
// goes back. So the work is linear in the depth of calls. A checkpoint calls
// the function itself, and for the way back one that begins from its arguments.
//
//===----------------------------------------------------------------------===//

#include "ControlFlow.h"
#include "Regions.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Differentiation/DerivedFunctions.h"
#include "atled/Differentiation/ForwardMode.h"
#include "atled/Differentiation/ReverseMode.h"
#include "atled/Interfaces/DifferentiableControlFlowInterface.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"

using namespace atled;
using llvm::SmallBitVector;

static func::FuncOp lookupCallee(func::CallOp call) {
  return SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
      call, call.getCalleeAttr());
}

/// The bits of `values` for which `test` holds.
static SmallBitVector getBits(ValueRange values,
                              function_ref<bool(Value)> test) {
  SmallBitVector bits(values.size());
  for (auto [index, value] : llvm::enumerate(values))
    bits[index] = test(value);
  return bits;
}

/// Derives a function while the call is known to diagnostics.
template <typename Derive>
static auto differentiate(DerivedFunctions &functions, func::CallOp call,
                          ArrayRef<int64_t> wrt, Derive derive) {
  return functions.getRequests().with({call.getLoc(), lookupCallee(call),
                                       SmallVector<int64_t>(wrt),
                                       RequestStack::Call},
                                      derive);
}

namespace {
/// The arguments and results of a call that a derivative passes through.
struct ActiveSignature {
  ActiveSignature(func::CallOp call, Activity &activity) {
    // A value that is active and has no tangent type is an error where it is
    // computed; that may be further on, if it is carried by a loop.
    auto isActive = [&](Value value) {
      return activity.isActive(value) && getTangentType(value.getType());
    };
    func::FuncOp callee = lookupCallee(call);
    ActivitySummaries &summaries = activity.getSummaries();
    SmallBitVector arguments = getBits(call.getOperands(), isActive);
    results = getBits(call.getResults(), isActive);
    results &= summaries.getVariedResults(callee, arguments);
    arguments &= summaries.getUsefulArguments(callee, results);
    for (unsigned index : arguments.set_bits())
      wrt.push_back(index);
  }

  SmallVector<int64_t> wrt;
  SmallBitVector results;
};

static FailureOr<SplitFunction> getSplit(func::CallOp call, ReverseMode &mode,
                                         const ActiveSignature &active) {
  return differentiate(mode.getFunctions(), call, active.wrt, [&] {
    return mode.getFunctions().getSplit(lookupCallee(call), active.wrt,
                                        active.results);
  });
}

static bool isCheckpoint(func::CallOp call) {
  return call->hasAttr(ad::ADDialect::checkpointAttrName);
}

/// Builds a call of `function` in the way back of the checkpoint `call`. It is
/// one itself: to the derivatives of the way back.
static func::CallOp callPullback(func::CallOp call, func::FuncOp function,
                                 ArrayRef<Value> cotangents,
                                 ReverseMode &mode) {
  SmallVector<Value> operands = getPrimals(mode, call.getOperands());
  llvm::append_range(operands, cotangents);
  auto derived = func::CallOp::create(mode.getReverseBuilder(), call.getLoc(),
                                      function, operands);
  derived->setDiscardableAttrs(call->getDiscardableAttrDictionary());
  return derived;
}

struct DifferentiableCall
    : DifferentiableControlFlowInterface::ExternalModel<DifferentiableCall,
                                                        func::CallOp> {
  void propagateVaried(Operation *op, Activity &activity) const {
    auto call = cast<func::CallOp>(op);
    SmallBitVector varied = getBits(call.getOperands(), [&](Value operand) {
      return activity.isVaried(operand);
    });
    if (varied.none())
      return;
    SmallBitVector results =
        activity.getSummaries().getVariedResults(lookupCallee(call), varied);
    for (unsigned index : results.set_bits())
      activity.setVaried(call.getResult(index));
  }

  void propagateUseful(Operation *op, Activity &activity) const {
    auto call = cast<func::CallOp>(op);
    SmallBitVector useful = getBits(call.getResults(), [&](Value result) {
      return activity.isUseful(result);
    });
    if (useful.none())
      return;
    SmallBitVector arguments =
        activity.getSummaries().getUsefulArguments(lookupCallee(call), useful);
    for (unsigned index : arguments.set_bits())
      activity.setUseful(call.getOperand(index));
  }

  LogicalResult buildForward(Operation *op, ForwardMode &mode) const {
    auto call = cast<func::CallOp>(op);
    ActiveSignature active(call, mode.getActivity());
    FailureOr<func::FuncOp> jvp =
        differentiate(mode.getFunctions(), call, active.wrt, [&] {
          return mode.getFunctions().getJvp(lookupCallee(call), active.wrt,
                                            active.results);
        });
    if (failed(jvp))
      return failure();

    OpBuilder &builder = mode.getBuilder();
    SmallVector<Value> operands = getPrimals(mode, call.getOperands());
    for (int64_t index : active.wrt) {
      Value tangent = mode.getTangent(call.getOperand(index));
      operands.push_back(tangent ? tangent
                                 : buildZeroTangent(builder, operands[index]));
    }
    auto derived = func::CallOp::create(builder, call.getLoc(), *jvp, operands);
    derived->setDiscardableAttrs(call->getDiscardableAttrDictionary());
    for (auto [index, result] : llvm::enumerate(call.getResults()))
      mode.setPrimal(result, derived.getResult(index));
    for (auto [tangent, index] : llvm::enumerate(active.results.set_bits()))
      mode.setTangent(call.getResult(index),
                      derived.getResult(call.getNumResults() + tangent));
    return success();
  }

  LogicalResult buildPrimal(Operation *op, ReverseMode &mode) const {
    auto call = cast<func::CallOp>(op);
    SmallVector<Value> operands = getPrimals(mode, call.getOperands());
    if (isCheckpoint(call)) {
      auto derived = func::CallOp::create(
          mode.getPrimalBuilder(), call.getLoc(), lookupCallee(call), operands);
      derived->setDiscardableAttrs(call->getDiscardableAttrDictionary());
      setPrimals(mode, call.getResults(), derived.getResults());
      return success();
    }
    FailureOr<SplitFunction> split =
        getSplit(call, mode, ActiveSignature(call, mode.getActivity()));
    if (failed(split))
      return failure();
    SmallVector<Value> residuals;
    func::CallOp derived = split->callPrimal(
        mode.getPrimalBuilder(), call.getLoc(), operands, residuals);
    for (auto [index, result] : llvm::enumerate(call.getResults()))
      mode.setPrimal(result, derived.getResult(index));
    mode.keepResiduals(op, residuals);
    return success();
  }

  LogicalResult buildReverse(Operation *op, ReverseMode &mode) const {
    auto call = cast<func::CallOp>(op);
    ActiveSignature active(call, mode.getActivity());
    SmallVector<Value> taken;
    for (Value result : call.getResults())
      taken.push_back(mode.takeCotangent(result));
    if (llvm::none_of(taken, [](Value cotangent) { return bool(cotangent); }))
      return success();
    OpBuilder &builder = mode.getReverseBuilder();
    SmallVector<Value> cotangents;
    for (unsigned index : active.results.set_bits()) {
      Value primal = mode.getPrimal(call.getResult(index));
      cotangents.push_back(taken[index] ? taken[index]
                                        : buildZeroTangent(builder, primal));
    }

    func::CallOp derived;
    if (isCheckpoint(call)) {
      FailureOr<func::FuncOp> pullback =
          differentiate(mode.getFunctions(), call, active.wrt, [&] {
            return mode.getFunctions().getPullback(lookupCallee(call),
                                                   active.wrt, active.results);
          });
      if (failed(pullback))
        return failure();
      derived = callPullback(call, *pullback, cotangents, mode);
    } else {
      FailureOr<SplitFunction> split = getSplit(call, mode, active);
      if (failed(split))
        return failure();
      SmallVector<Value> operands(mode.getResiduals(op));
      llvm::append_range(operands, cotangents);
      derived = func::CallOp::create(builder, call.getLoc(), split->reverse,
                                     operands);
    }
    for (auto [index, cotangent] : llvm::zip(active.wrt, derived.getResults()))
      mode.addCotangent(call.getOperand(index), cotangent);
    return success();
  }
};
} // namespace

void atled::registerCallDifferentiation(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, func::FuncDialect *) {
    func::CallOp::attachInterface<DifferentiableCall>(*context);
  });
}
