//===- CheckOps.cpp - Verification of checks ------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Dialect/Check/IR/Check.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"

using namespace atled;
using namespace atled::check;

#include "atled/Dialect/Check/IR/CheckDialect.cpp.inc"

void CheckDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "atled/Dialect/Check/IR/CheckOps.cpp.inc"
      >();
}

//===----------------------------------------------------------------------===//
// Tolerances
//===----------------------------------------------------------------------===//

static LogicalResult verifyTolerance(Operation *op, StringRef name,
                                     const std::optional<APFloat> &value) {
  if (value && (!value->isFinite() || value->isNegative()))
    return op->emitOpError() << name << " is " << value->convertToDouble()
                             << ", and must be a number from 0 on";
  return success();
}

LogicalResult ExpectCloseOp::verify() {
  if (!getRtol() && !getAtol() && !getUlps())
    return emitOpError("needs a tolerance: rtol, atol or ulps; to expect equal "
                       "values, write 'check.expect_eq'");
  if (failed(verifyTolerance(*this, "rtol", getRtol())) ||
      failed(verifyTolerance(*this, "atol", getAtol())))
    return failure();
  if (getUlps() && static_cast<int64_t>(*getUlps()) < 0)
    return emitOpError("ulps is ")
           << static_cast<int64_t>(*getUlps()) << ", and must be 0 or more";
  return success();
}

//===----------------------------------------------------------------------===//
// GradientsOp
//===----------------------------------------------------------------------===//

static bool isFloatTensor(Type type) {
  return isa<FloatType>(getElementTypeOrSelf(type));
}

SmallVector<int64_t> GradientsOp::getWrtOrDefault() {
  if (std::optional<ArrayRef<int64_t>> wrt = getWrt())
    return llvm::to_vector(*wrt);
  SmallVector<int64_t> wrt;
  for (auto [index, type] : llvm::enumerate(getArguments().getTypes()))
    if (isFloatTensor(type))
      wrt.push_back(index);
  return wrt;
}

LogicalResult GradientsOp::verify() {
  if (failed(verifyTolerance(*this, "rtol", getRtol())))
    return failure();
  if (std::optional<APFloat> step = getStep();
      step && (!step->isFinite() || step->isNegative() || step->isZero()))
    return emitOpError("step is ")
           << step->convertToDouble() << ", and must be positive";
  if (getOrder() < 1 || getOrder() > 4)
    return emitOpError("order is ")
           << static_cast<int64_t>(getOrder()) << ", and must be 1, 2, 3 or 4";

  SmallVector<int64_t> wrt = getWrtOrDefault();
  if (wrt.empty())
    return emitOpError("checks nothing: no argument has floating-point "
                       "elements");
  int64_t numArguments = getArguments().size();
  for (auto [position, index] : llvm::enumerate(wrt)) {
    if (index < 0 || index >= numArguments)
      return emitOpError("wrt names argument ")
             << index << ", and there are " << numArguments;
    if (position && index <= wrt[position - 1])
      return emitOpError("wrt must be sorted and without repetition, and ")
             << index << " follows " << wrt[position - 1];
    Type type = getArguments()[index].getType();
    if (!isFloatTensor(type))
      return emitOpError("wrt names argument ")
             << index << ", which has no derivative: its type is " << type;
  }
  return success();
}

LogicalResult
GradientsOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  auto callee =
      symbolTable.lookupNearestSymbolFrom<func::FuncOp>(*this, getCalleeAttr());
  if (!callee)
    return emitOpError() << getCalleeAttr() << " names no function";
  auto fail = [&](const Twine &message) -> InFlightDiagnostic {
    InFlightDiagnostic diagnostic = emitOpError(message);
    diagnostic.attachNote(callee.getLoc()) << "the function is here";
    return diagnostic;
  };
  if (callee.isDeclaration())
    return fail("needs the function's body, and @" + getCallee() +
                " is only declared");

  ArrayRef<Type> expected = callee.getArgumentTypes();
  if (expected.size() != getArguments().size())
    return fail("gives " + Twine(getArguments().size()) + " arguments, and @" +
                getCallee() + " takes " + Twine(expected.size()));
  for (auto [index, actual, type] :
       llvm::enumerate(getArguments().getTypes(), expected))
    if (actual != type)
      return fail("argument " + Twine(index) + " has type ")
             << actual << ", and @" << getCallee() << " takes " << type;
  if (llvm::none_of(callee.getResultTypes(), isFloatTensor))
    return fail("@" + getCallee() +
                " has no result with floating-point "
                "elements to differentiate");
  return success();
}

#define GET_OP_CLASSES
#include "atled/Dialect/Check/IR/CheckOps.cpp.inc"
