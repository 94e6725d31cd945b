//===- Requests.cpp - Verification of requests for derivatives ------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is checked of a request: that the function exists, that the arguments
// are its arguments, that `wrt` names arguments with a derivative, that there
// is one seed (or tangent) where one is due, and that the results are what the
// request returns.
//
//===----------------------------------------------------------------------===//

#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace atled;
using namespace atled::ad;

//===----------------------------------------------------------------------===//
// wrt
//===----------------------------------------------------------------------===//

static LogicalResult verifyWrt(Operation *op, ArrayRef<int64_t> wrt) {
  if (wrt.empty())
    return op->emitOpError("asks for no derivative: 'wrt' is empty");
  for (auto [previous, next] : llvm::zip(wrt, wrt.drop_front()))
    if (previous >= next)
      return op->emitOpError(
                 "expects 'wrt' to be sorted and without repetition, but ")
             << next << " follows " << previous;
  return success();
}

static LogicalResult verifyWrtArguments(Operation *op, ArrayRef<int64_t> wrt,
                                        FunctionOpInterface function) {
  for (int64_t index : wrt) {
    if (index < 0 || index >= function.getNumArguments()) {
      InFlightDiagnostic diagnostic = op->emitOpError("'wrt' names argument ")
                                      << index << ", but @"
                                      << function.getName() << " has "
                                      << function.getNumArguments();
      diagnostic.attachNote(function.getLoc())
          << "@" << function.getName() << " is defined here";
      return diagnostic;
    }
    Type type = function.getArgumentTypes()[index];
    if (getTangentType(type))
      continue;
    InFlightDiagnostic diagnostic = op->emitOpError("argument ")
                                    << index << " of @" << function.getName()
                                    << " has no derivative: its type is "
                                    << type;
    diagnostic.attachNote(function.getLoc())
        << "@" << function.getName() << " is defined here";
    if (isa<FloatType>(type))
      diagnostic.attachNote(op->getLoc())
          << "a 0-d tensor, tensor<" << type << ">, has one";
    return diagnostic;
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Types of arguments, seeds and results
//===----------------------------------------------------------------------===//

static LogicalResult verifyTypes(Operation *op, StringRef what,
                                 TypeRange actual, TypeRange expected,
                                 FunctionOpInterface function) {
  if (actual == expected)
    return success();
  InFlightDiagnostic diagnostic = op->emitOpError();
  if (actual.size() != expected.size()) {
    diagnostic << "expects " << expected.size() << " " << what
               << (expected.size() == 1 ? "" : "s") << ", got "
               << actual.size();
  } else {
    for (auto [index, pair] : llvm::enumerate(llvm::zip(actual, expected))) {
      auto [got, want] = pair;
      if (got == want)
        continue;
      diagnostic << "expects " << what << " " << index << " to be of type "
                 << want << ", got " << got;
      break;
    }
  }
  diagnostic.attachNote(function.getLoc())
      << "@" << function.getName() << " has type "
      << function.getFunctionType();
  return diagnostic;
}

static SmallVector<Type> getTangentTypes(TypeRange types) {
  SmallVector<Type> tangents;
  for (Type type : types)
    if (Type tangent = getTangentType(type))
      tangents.push_back(tangent);
  return tangents;
}

static SmallVector<Type> getWrtTangentTypes(FunctionOpInterface function,
                                            ArrayRef<int64_t> wrt) {
  SmallVector<Type> tangents;
  for (int64_t index : wrt)
    tangents.push_back(getTangentType(function.getArgumentTypes()[index]));
  return tangents;
}

//===----------------------------------------------------------------------===//
// Symbol uses
//===----------------------------------------------------------------------===//

/// Finds the function and checks what all requests have in common.
static FailureOr<FunctionOpInterface>
verifyCallee(Operation *op, FlatSymbolRefAttr callee, ValueRange arguments,
             ArrayRef<int64_t> wrt, SymbolTableCollection &symbolTable) {
  auto function =
      symbolTable.lookupNearestSymbolFrom<FunctionOpInterface>(op, callee);
  if (!function)
    return op->emitOpError("names a function that does not exist: ") << callee;
  if (failed(verifyTypes(op, "argument", arguments.getTypes(),
                         function.getArgumentTypes(), function)) ||
      failed(verifyWrtArguments(op, wrt, function)))
    return failure();
  return function;
}

LogicalResult VjpOp::verify() { return verifyWrt(*this, getWrt()); }
LogicalResult JvpOp::verify() { return verifyWrt(*this, getWrt()); }
LogicalResult GradOp::verify() { return verifyWrt(*this, getWrt()); }
LogicalResult ValueAndGradOp::verify() { return verifyWrt(*this, getWrt()); }

LogicalResult VjpOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  FailureOr<FunctionOpInterface> function = verifyCallee(
      *this, getCalleeAttr(), getArguments(), getWrt(), symbolTable);
  if (failed(function))
    return failure();
  SmallVector<Type> results(function->getResultTypes());
  llvm::append_range(results, getWrtTangentTypes(*function, getWrt()));
  if (failed(verifyTypes(*this, "seed", getSeeds().getTypes(),
                         getTangentTypes(function->getResultTypes()),
                         *function)))
    return failure();
  return verifyTypes(*this, "result", getResultTypes(), results, *function);
}

LogicalResult JvpOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  FailureOr<FunctionOpInterface> function = verifyCallee(
      *this, getCalleeAttr(), getArguments(), getWrt(), symbolTable);
  if (failed(function))
    return failure();
  SmallVector<Type> results(function->getResultTypes());
  llvm::append_range(results, getTangentTypes(function->getResultTypes()));
  if (failed(verifyTypes(*this, "tangent", getTangents().getTypes(),
                         getWrtTangentTypes(*function, getWrt()), *function)))
    return failure();
  return verifyTypes(*this, "result", getResultTypes(), results, *function);
}

/// `grad` and `value_and_grad`: the function must have one scalar result.
static LogicalResult verifyGradient(Operation *op, FunctionOpInterface function,
                                    ArrayRef<int64_t> wrt, bool withValue) {
  ArrayRef<Type> results = function.getResultTypes();
  auto space = results.size() == 1
                   ? dyn_cast<VectorSpaceTypeInterface>(results.front())
                   : VectorSpaceTypeInterface();
  if (!space || !space.getTangentType() || !space.isScalar()) {
    InFlightDiagnostic diagnostic = op->emitOpError(
        "needs a function with one real number as its only result");
    diagnostic.attachNote(function.getLoc())
        << "@" << function.getName() << " has type "
        << function.getFunctionType();
    diagnostic.attachNote(op->getLoc())
        << "'ad.vjp' differentiates any function, given a seed for each result";
    return diagnostic;
  }
  SmallVector<Type> expected;
  if (withValue)
    expected.push_back(results.front());
  llvm::append_range(expected, getWrtTangentTypes(function, wrt));
  return verifyTypes(op, "result", op->getResultTypes(), expected, function);
}

LogicalResult GradOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  FailureOr<FunctionOpInterface> function = verifyCallee(
      *this, getCalleeAttr(), getArguments(), getWrt(), symbolTable);
  if (failed(function))
    return failure();
  return verifyGradient(*this, *function, getWrt(), /*withValue=*/false);
}

LogicalResult
ValueAndGradOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  FailureOr<FunctionOpInterface> function = verifyCallee(
      *this, getCalleeAttr(), getArguments(), getWrt(), symbolTable);
  if (failed(function))
    return failure();
  return verifyGradient(*this, *function, getWrt(), /*withValue=*/true);
}

#define GET_OP_CLASSES
#include "atled/Dialect/AD/IR/ADOps.cpp.inc"
