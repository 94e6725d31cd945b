//===- ExpandRequests.cpp - Requests become calls of derived functions ----===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every request is replaced by a call; `grad` and `value_and_grad` are `vjp`
// with a seed of one. The requests in a function are expanded after those in
// all functions it calls or asks derivatives of, and in their custom rules, so
// that what is differentiated contains no request: this is how derivatives
// nest.
//
//===----------------------------------------------------------------------===//

#include "ControlFlow/Outline.h"
#include "Linearize.h"
#include "Matrices.h"
#include "Split.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Differentiation/DerivedFunctions.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace atled;
using namespace atled::ad;

namespace {
class RequestExpander {
public:
  RequestExpander(ModuleOp module, ResidualReport *report, bool hasStrongZeros)
      : functions(module, report, hasStrongZeros) {}

  LogicalResult expand(func::FuncOp function);
  LogicalResult expand(SplitOp declaration);

private:
  /// Expands what is in `name`, to which `op` refers.
  LogicalResult expand(Operation *op, FlatSymbolRefAttr name);
  /// Whether the expansion of `function`, or of a custom rule of it, has begun
  /// and waits for another to be over.
  bool isExpanding(func::FuncOp function);
  LogicalResult expandRequest(Operation *request);
  LogicalResult expandVjp(Operation *request, func::FuncOp function,
                          ArrayRef<int64_t> wrt, ValueRange operands,
                          unsigned numDroppedResults);
  LogicalResult expandGradient(Operation *request, func::FuncOp function,
                               ArrayRef<int64_t> wrt, ValueRange arguments,
                               unsigned numDroppedResults);
  LogicalResult expandJvp(JvpOp request, func::FuncOp function);
  /// Replaces `request` by the Jacobian of `function` at its arguments.
  template <typename RequestOp>
  LogicalResult expandJacobian(RequestOp request, func::FuncOp function);
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
      .Case<VjpOp, JvpOp, GradOp, ValueAndGradOp, JacobianOp, HessianOp, HvpOp,
            LinearizeOp>([](auto request) { return request.getCalleeAttr(); })
      .Default(FlatSymbolRefAttr());
}

bool RequestExpander::isExpanding(func::FuncOp function) {
  auto isWaiting = [&](func::FuncOp part) {
    return states.lookup(part) == State::Expanding;
  };
  return isWaiting(function) ||
         llvm::any_of(functions.getCustomRules().getParts(function),
                      [&](auto part) {
                        return isWaiting(functions.lookup(part.second));
                      });
}

LogicalResult RequestExpander::expand(Operation *op, FlatSymbolRefAttr name) {
  func::FuncOp function = functions.lookup(name);
  if (!function)
    return op->emitOpError("can only differentiate a 'func.func', and ")
           << name << " is none";
  if (!getRequested(op) || !isExpanding(function))
    return expand(function);
  InFlightDiagnostic diagnostic = op->emitOpError(
      "asks for a derivative of a function that contains this very request");
  diagnostic.attachNote(function.getLoc())
      << "@" << function.getName() << " is defined here";
  return diagnostic;
}

LogicalResult RequestExpander::expand(func::FuncOp function) {
  State &state = states[function];
  if (state != State::Unseen)
    return success();
  state = State::Expanding;
  for (auto [rule, name] : functions.getCustomRules().getParts(function))
    if (failed(expand(rule, name)))
      return failure();

  SmallVector<Operation *> requests;
  WalkResult result = function.walk([&](Operation *op) -> WalkResult {
    FlatSymbolRefAttr requested = getRequested(op);
    if (requested)
      requests.push_back(op);
    else if (auto call = dyn_cast<func::CallOp>(op))
      requested = call.getCalleeAttr();
    return requested ? WalkResult(expand(op, requested))
                     : WalkResult::advance();
  });
  if (result.wasInterrupted())
    return failure();
  for (Operation *request : requests)
    if (failed(expandRequest(request)))
      return failure();
  states[function] = State::Expanded;
  return success();
}

LogicalResult RequestExpander::expandRequest(Operation *request) {
  func::FuncOp function = functions.lookup(getRequested(request));
  auto wrt = request->getAttrOfType<DenseI64ArrayAttr>("wrt").asArrayRef();
  RequestStack::Entry entry = {request->getLoc(), function,
                               SmallVector<int64_t>(wrt),
                               RequestStack::Request};
  return functions.getRequests().with(entry, [&]() -> LogicalResult {
    return llvm::TypeSwitch<Operation *, LogicalResult>(request)
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
        .Case([&](HvpOp op) { return expandHvp(op, function); })
        .Case([&](LinearizeOp op) {
          return expandLinearize(functions, op, function);
        });
  });
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

template <typename RequestOp>
LogicalResult RequestExpander::expandJacobian(RequestOp request,
                                              func::FuncOp function) {
  OpBuilder builder(request);
  FailureOr<SmallVector<Value>> matrices = buildJacobian(
      functions, builder, request.getLoc(), function, request.getWrt(),
      request.getArguments(), request->getResultTypes());
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
  return expandJacobian(request, *gradient);
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

LogicalResult RequestExpander::expand(SplitOp declaration) {
  if (failed(expand(declaration, declaration.getFunctionAttr())))
    return failure();
  func::FuncOp function = functions.lookup(declaration.getFunctionAttr());
  RequestStack::Entry entry = {declaration.getLoc(), function,
                               SmallVector<int64_t>(declaration.getWrt()),
                               RequestStack::Request};
  return functions.getRequests().with(
      entry, [&] { return expandSplit(functions, declaration, function); });
}

LogicalResult atled::expandRequests(ModuleOp module, ResidualReport *report,
                                    bool hasStrongZeros) {
  outlineCheckpoints(module);
  RequestExpander expander(module, report, hasStrongZeros);
  // Derived functions are added while this goes on; they contain no request.
  SmallVector<func::FuncOp> functions(module.getOps<func::FuncOp>());
  for (func::FuncOp function : functions)
    if (failed(expander.expand(function)))
      return failure();
  for (auto declaration : llvm::to_vector(module.getOps<SplitOp>()))
    if (failed(expander.expand(declaration)))
      return failure();
  for (Operation &op : llvm::make_early_inc_range(*module.getBody()))
    if (isa<SplitOp, CustomVjpOp, CustomJvpOp>(op))
      op.erase();
  return success();
}
