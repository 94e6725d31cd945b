//===- LinearMaps.cpp - Verification of linear maps -----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A linear map is made by `ad.linearize` and used by what applies it, both in
// one function, and by nothing else: then it is replaced by the residuals that
// it stands for, wherever it is used.
//
//===----------------------------------------------------------------------===//

#include "Requests.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"

using namespace atled;
using namespace atled::ad;

LogicalResult LinearizeOp::verify() {
  for (Operation *user : getMap().getUsers()) {
    if (isa<ApplyOp, ApplyTransposeOp>(user))
      continue;
    InFlightDiagnostic diagnostic = emitOpError(
        "gives a linear map, which only 'ad.apply' and 'ad.apply_transpose' "
        "may use");
    diagnostic.attachNote(user->getLoc())
        << "it is used by '" << user->getName() << "'";
    return diagnostic;
  }
  return verifyWrt(*this, getWrt());
}

LogicalResult
LinearizeOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  FailureOr<FunctionOpInterface> function = verifyCallee(
      *this, getCalleeAttr(), getArguments(), getWrt(), symbolTable);
  if (failed(function))
    return failure();
  SmallVector<Type> results(function->getResultTypes());
  results.push_back(LinearMapType::get(
      getContext(),
      FunctionType::get(getContext(), getWrtTangentTypes(*function, getWrt()),
                        getTangentTypes(function->getResultTypes()))));
  return verifyTypes(*this, "result", getResultTypes(), results, *function);
}

static LogicalResult verifyMap(Operation *op, Value map) {
  if (!map.getDefiningOp<LinearizeOp>()) {
    InFlightDiagnostic diagnostic = op->emitOpError(
        "needs a linear map that 'ad.linearize' makes in the same function");
    diagnostic.attachNote(map.getLoc()) << "this one comes from elsewhere";
    return diagnostic;
  }
  // It will be a function of its own.
  auto checkpoint = op->getParentOfType<CheckpointOp>();
  if (!checkpoint || checkpoint->isProperAncestor(map.getDefiningOp()))
    return success();
  InFlightDiagnostic diagnostic = op->emitOpError(
      "is in a checkpoint, and uses a linear map from outside of it");
  diagnostic.attachNote(map.getLoc()) << "the map is made here";
  return diagnostic;
}

LogicalResult ApplyOp::verify() { return verifyMap(*this, getMap()); }
LogicalResult ApplyTransposeOp::verify() { return verifyMap(*this, getMap()); }
