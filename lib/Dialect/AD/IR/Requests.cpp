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

#include "Requests.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"

using namespace atled;
using namespace atled::ad;

//===----------------------------------------------------------------------===//
// wrt
//===----------------------------------------------------------------------===//

LogicalResult ad::verifyWrt(Operation *op, ArrayRef<int64_t> wrt) {
  if (wrt.empty())
    return op->emitOpError("asks for no derivative: 'wrt' is empty");
  for (auto [previous, next] : llvm::zip(wrt, wrt.drop_front()))
    if (previous >= next)
      return op->emitOpError(
                 "expects 'wrt' to be sorted and without repetition, but ")
             << next << " follows " << previous;
  return success();
}

LogicalResult ad::verifyWrtArguments(Operation *op, ArrayRef<int64_t> wrt,
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

LogicalResult ad::verifyTypes(Operation *op, StringRef what, TypeRange actual,
                              TypeRange expected,
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

SmallVector<Type> ad::getWrtTangentTypes(FunctionOpInterface function,
                                         ArrayRef<int64_t> wrt) {
  SmallVector<Type> tangents;
  for (int64_t index : wrt)
    tangents.push_back(getTangentType(function.getArgumentTypes()[index]));
  return tangents;
}

//===----------------------------------------------------------------------===//
// Symbol uses
//===----------------------------------------------------------------------===//

FailureOr<FunctionOpInterface>
ad::lookupFunction(Operation *op, FlatSymbolRefAttr name,
                   SymbolTableCollection &symbolTable) {
  auto function =
      symbolTable.lookupNearestSymbolFrom<FunctionOpInterface>(op, name);
  if (!function)
    return op->emitOpError("names a function that does not exist: ") << name;
  return function;
}

FailureOr<FunctionOpInterface>
ad::verifyCallee(Operation *op, FlatSymbolRefAttr callee, ValueRange arguments,
                 ArrayRef<int64_t> wrt, SymbolTableCollection &symbolTable) {
  FailureOr<FunctionOpInterface> found =
      lookupFunction(op, callee, symbolTable);
  if (failed(found))
    return failure();
  FunctionOpInterface function = *found;
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

/// Whether the function has one scalar result, and so a gradient.
static LogicalResult verifyHasGradient(Operation *op,
                                       FunctionOpInterface function) {
  ArrayRef<Type> results = function.getResultTypes();
  auto space = results.size() == 1
                   ? dyn_cast<VectorSpaceTypeInterface>(results.front())
                   : VectorSpaceTypeInterface();
  if (space && space.getTangentType() && space.isScalar())
    return success();
  InFlightDiagnostic diagnostic = op->emitOpError(
      "needs a function with one real number as its only result");
  diagnostic.attachNote(function.getLoc())
      << "@" << function.getName() << " has type "
      << function.getFunctionType();
  if (results.size() == 1 && isa<FloatType>(results.front()))
    diagnostic.attachNote(function.getLoc())
        << "a number that has a derivative is "
        << RankedTensorType::get({}, results.front());
  else
    diagnostic.attachNote(op->getLoc())
        << "'ad.vjp' differentiates any function, given a seed for each result";
  return diagnostic;
}

static LogicalResult verifyGradient(Operation *op, FunctionOpInterface function,
                                    ArrayRef<int64_t> wrt, bool withValue) {
  if (failed(verifyHasGradient(op, function)))
    return failure();
  SmallVector<Type> expected;
  if (withValue)
    expected.push_back(function.getResultTypes().front());
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

//===----------------------------------------------------------------------===//
// Matrices
//===----------------------------------------------------------------------===//

static LogicalResult emitNoMatrix(Operation *op, FunctionOpInterface function,
                                  StringRef what, unsigned index, Type type) {
  InFlightDiagnostic diagnostic =
      op->emitOpError("needs values whose coordinates can be counted, and ")
      << what << " " << index << " of @" << function.getName() << " is of type "
      << type;
  diagnostic.attachNote(function.getLoc())
      << "@" << function.getName() << " is defined here";
  diagnostic.attachNote(op->getLoc())
      << "tensors of static shape have coordinates";
  return diagnostic;
}

/// Appends the types of the derivatives of a value of type `column`.
static LogicalResult appendMatrixTypes(Operation *op,
                                       FunctionOpInterface function,
                                       ArrayRef<int64_t> wrt, Type column,
                                       SmallVector<Type> &matrices) {
  for (int64_t index : wrt) {
    auto row = cast<VectorSpaceTypeInterface>(
        getTangentType(function.getArgumentTypes()[index]));
    if (!row.getNumCoordinates())
      return emitNoMatrix(op, function, "argument", index, row);
    Type matrix = cast<VectorSpaceTypeInterface>(column).getMatrixType(row);
    if (!matrix) {
      InFlightDiagnostic diagnostic =
          op->emitOpError("has no matrix type for the derivatives of a ")
          << column << " by argument " << index << ", a " << Type(row);
      diagnostic.attachNote(function.getLoc())
          << "@" << function.getName() << " has type "
          << function.getFunctionType();
      return diagnostic;
    }
    matrices.push_back(matrix);
  }
  return success();
}

LogicalResult JacobianOp::verify() { return verifyWrt(*this, getWrt()); }
LogicalResult HessianOp::verify() { return verifyWrt(*this, getWrt()); }
LogicalResult HvpOp::verify() { return verifyWrt(*this, getWrt()); }

LogicalResult JacobianOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  FailureOr<FunctionOpInterface> function = verifyCallee(
      *this, getCalleeAttr(), getArguments(), getWrt(), symbolTable);
  if (failed(function))
    return failure();
  SmallVector<Type> matrices;
  for (auto [index, type] : llvm::enumerate(function->getResultTypes())) {
    Type column = getTangentType(type);
    if (!column)
      continue;
    if (!cast<VectorSpaceTypeInterface>(column).getNumCoordinates())
      return emitNoMatrix(*this, *function, "result", index, column);
    if (failed(appendMatrixTypes(*this, *function, getWrt(), column, matrices)))
      return failure();
  }
  return verifyTypes(*this, "result", getResultTypes(), matrices, *function);
}

LogicalResult HessianOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  FailureOr<FunctionOpInterface> function = verifyCallee(
      *this, getCalleeAttr(), getArguments(), getWrt(), symbolTable);
  if (failed(function) || failed(verifyHasGradient(*this, *function)))
    return failure();
  SmallVector<Type> matrices;
  for (Type column : getWrtTangentTypes(*function, getWrt()))
    if (failed(appendMatrixTypes(*this, *function, getWrt(), column, matrices)))
      return failure();
  return verifyTypes(*this, "result", getResultTypes(), matrices, *function);
}

LogicalResult HvpOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  FailureOr<FunctionOpInterface> function = verifyCallee(
      *this, getCalleeAttr(), getArguments(), getWrt(), symbolTable);
  if (failed(function) || failed(verifyHasGradient(*this, *function)))
    return failure();
  SmallVector<Type> tangents = getWrtTangentTypes(*function, getWrt());
  if (failed(verifyTypes(*this, "tangent", getTangents().getTypes(), tangents,
                         *function)))
    return failure();
  return verifyTypes(*this, "result", getResultTypes(), tangents, *function);
}

#define GET_OP_CLASSES
#include "atled/Dialect/AD/IR/ADOps.cpp.inc"
