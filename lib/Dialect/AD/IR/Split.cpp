//===- Split.cpp - Verification of what is split --------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is checked of `ad.split`: that the function exists, that `wrt` names
// arguments with a derivative, and that nothing else has the names of the
// functions that it declares.
//
//===----------------------------------------------------------------------===//

#include "Requests.h"

using namespace atled;
using namespace atled::ad;

LogicalResult SplitOp::verify() {
  if (getForward() == getReverse())
    return emitOpError("gives both halves the name @") << getForward();
  return verifyWrt(*this, getWrt());
}

/// The operation besides `op` that takes the name `name`, or null.
static Operation *findOwner(SplitOp op, StringAttr name,
                            SymbolTableCollection &symbolTable) {
  Operation *module = op->getParentOp();
  if (Operation *symbol = symbolTable.lookupSymbolIn(module, name))
    return symbol;
  for (auto other : op->getBlock()->getOps<SplitOp>()) {
    if (other == op)
      break;
    if (other.getForwardAttr() == name || other.getReverseAttr() == name)
      return other;
  }
  return nullptr;
}

LogicalResult SplitOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  FailureOr<FunctionOpInterface> function =
      lookupFunction(*this, getFunctionAttr(), symbolTable);
  if (failed(function) ||
      failed(verifyWrtArguments(*this, getWrt(), *function)))
    return failure();
  for (StringAttr name : {getForwardAttr(), getReverseAttr()}) {
    Operation *owner = findOwner(*this, name, symbolTable);
    if (!owner)
      continue;
    InFlightDiagnostic diagnostic = emitOpError("makes a function @")
                                    << name.getValue()
                                    << ", and there is another of that name";
    diagnostic.attachNote(owner->getLoc()) << "the other one is here";
    return diagnostic;
  }
  return success();
}
