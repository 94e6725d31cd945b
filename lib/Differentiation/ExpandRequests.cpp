//===- ExpandRequests.cpp - Requests become calls of derived functions ----===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every request is replaced by a call; `grad` and `value_and_grad` are `vjp`
// with a seed of one. The requests in a function are expanded after those in
// all functions it calls or asks derivatives of, so that what is differentiated
// contains no request: this is how derivatives nest.
//
//===----------------------------------------------------------------------===//

#include "Matrices.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Differentiation/DerivedFunctions.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace atled;
using namespace atled::ad;

namespace {
class RequestExpander {
public:
  explicit RequestExpander(ModuleOp module) : functions(module) {}

  LogicalResult expand(func::FuncOp function);

private:
  LogicalResult expand(Operation *request);
  LogicalResult expandVjp(Operation *request, func::FuncOp function,
                          ArrayRef<int64_t> wrt, ValueRange operands,
                          unsigned numDroppedResults);
  LogicalResult expandGradient(Operation *request, func::FuncOp function,
                               ArrayRef<int64_t> wrt, ValueRange arguments,
                               unsigned numDroppedResults);
  LogicalResult expandJvp(JvpOp request, func::FuncOp function);
  LogicalResult expandJacobian(JacobianOp request, func::FuncOp function);
  LogicalResult expandHessian(HessianOp request, func::FuncOp function);
  LogicalResult expandHvp(HvpOp request, func::FuncOp function);

  DerivedFunctions functions;
  enum class State { Unseen, Expanding, Expanded };
  DenseMap<Operation *, State> states;
};
} // namespace

/// The function that a request differentiates, or null if `op` is no request.
static FlatSymbolRefAttr getRequested(Operation *op) {
  return llvm::TypeSwitch<Operation *, FlatSymbolRefAttr>(op)
      .Case<VjpOp, JvpOp, GradOp, ValueAndGradOp, JacobianOp, HessianOp, HvpOp>(
          [](auto request) { return request.getCalleeAttr(); })
      .Default(FlatSymbolRefAttr());
}

LogicalResult RequestExpander::expand(func::FuncOp function) {
  State &state = states[function];
  if (state != State::Unseen)
    return success();
  state = State::Expanding;

  SmallVector<Operation *> requests;
  WalkResult result = function.walk([&](Operation *op) -> WalkResult {
    FlatSymbolRefAttr requested = getRequested(op);
    if (requested)
      requests.push_back(op);
    else if (auto call = dyn_cast<func::CallOp>(op))
      requested = call.getCalleeAttr();
    if (!requested)
      return WalkResult::advance();
    func::FuncOp callee = functions.lookup(requested);
    if (!callee)
      return op->emitOpError("can only differentiate a 'func.func', and ")
             << requested << " is none";
    if (getRequested(op) && states.lookup(callee) == State::Expanding) {
      InFlightDiagnostic diagnostic =
          op->emitOpError("asks for a derivative of a function that contains "
                          "this very request");
      diagnostic.attachNote(callee.getLoc())
          << "@" << callee.getName() << " is defined here";
      return diagnostic;
    }
    return expand(callee);
  });
  if (result.wasInterrupted())
    return failure();
  for (Operation *request : requests)
    if (failed(expand(request)))
      return failure();
  states[function] = State::Expanded;
  return success();
}

LogicalResult RequestExpander::expand(Operation *request) {
  func::FuncOp function = functions.lookup(getRequested(request));
  auto wrt = request->getAttrOfType<DenseI64ArrayAttr>("wrt").asArrayRef();
  functions.getRequests().push({request->getLoc(), function,
                                SmallVector<int64_t>(wrt), /*isCall=*/false});
  LogicalResult result =
      llvm::TypeSwitch<Operation *, LogicalResult>(request)
          .Case([&](VjpOp op) {
            return expandVjp(op, function, wrt, op.getOperands(), 0);
          })
          .Case([&](GradOp op) {
            return expandGradient(op, function, wrt, op.getArguments(), 1);
          })
          .Case([&](ValueAndGradOp op) {
            return expandGradient(op, function, wrt, op.getArguments(), 0);
          })
          .Case([&](JvpOp op) { return expandJvp(op, function); })
          .Case([&](JacobianOp op) { return expandJacobian(op, function); })
          .Case([&](HessianOp op) { return expandHessian(op, function); })
          .Case([&](HvpOp op) { return expandHvp(op, function); });
  functions.getRequests().pop();
  return result;
}

LogicalResult RequestExpander::expandVjp(Operation *request,
                                         func::FuncOp function,
                                         ArrayRef<int64_t> wrt,
                                         ValueRange operands,
                                         unsigned numDroppedResults) {
  FailureOr<func::FuncOp> vjp = functions.getVjp(function, wrt);
  if (failed(vjp))
    return failure();
  OpBuilder builder(request);
  auto call = func::CallOp::create(builder, request->getLoc(), *vjp, operands);
  request->replaceAllUsesWith(call.getResults().drop_front(numDroppedResults));
  request->erase();
  return success();
}

LogicalResult RequestExpander::expandGradient(Operation *request,
                                              func::FuncOp function,
                                              ArrayRef<int64_t> wrt,
                                              ValueRange arguments,
                                              unsigned numDroppedResults) {
  OpBuilder builder(request);
  SmallVector<Value> operands(arguments);
  operands.push_back(buildUnitSeed(builder, function));
  return expandVjp(request, function, wrt, operands, numDroppedResults);
}

LogicalResult RequestExpander::expandJvp(JvpOp request, func::FuncOp function) {
  FailureOr<func::FuncOp> jvp = functions.getJvp(
      function, request.getWrt(), getDifferentiableResults(function));
  if (failed(jvp))
    return failure();
  OpBuilder builder(request);
  auto call = func::CallOp::create(builder, request.getLoc(), *jvp,
                                   request.getOperands());
  request->replaceAllUsesWith(call.getResults());
  request->erase();
  return success();
}

LogicalResult RequestExpander::expandJacobian(JacobianOp request,
                                              func::FuncOp function) {
  OpBuilder builder(request);
  FailureOr<SmallVector<Value>> matrices = buildJacobian(
      functions, builder, request.getLoc(), function, request.getWrt(),
      request.getArguments(), request.getResultTypes());
  if (failed(matrices))
    return failure();
  request->replaceAllUsesWith(*matrices);
  request->erase();
  return success();
}

LogicalResult RequestExpander::expandHessian(HessianOp request,
                                             func::FuncOp function) {
  FailureOr<func::FuncOp> gradient =
      functions.getGradient(function, request.getWrt());
  if (failed(gradient))
    return failure();
  OpBuilder builder(request);
  FailureOr<SmallVector<Value>> matrices = buildJacobian(
      functions, builder, request.getLoc(), *gradient, request.getWrt(),
      request.getArguments(), request.getResultTypes());
  if (failed(matrices))
    return failure();
  request->replaceAllUsesWith(*matrices);
  request->erase();
  return success();
}

LogicalResult RequestExpander::expandHvp(HvpOp request, func::FuncOp function) {
  FailureOr<func::FuncOp> gradient =
      functions.getGradient(function, request.getWrt());
  if (failed(gradient))
    return failure();
  FailureOr<func::FuncOp> jvp = functions.getJvp(
      *gradient, request.getWrt(), getDifferentiableResults(*gradient));
  if (failed(jvp))
    return failure();
  OpBuilder builder(request);
  auto call = func::CallOp::create(builder, request.getLoc(), *jvp,
                                   request.getOperands());
  request->replaceAllUsesWith(
      call.getResults().take_back(request->getNumResults()));
  request->erase();
  return success();
}

LogicalResult atled::expandRequests(ModuleOp module) {
  RequestExpander expander(module);
  // Derived functions are added while this goes on; they contain no request.
  SmallVector<func::FuncOp> functions(module.getOps<func::FuncOp>());
  for (func::FuncOp function : functions)
    if (failed(expander.expand(function)))
      return failure();
  return success();
}
