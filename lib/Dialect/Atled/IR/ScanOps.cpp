//===- ScanOps.cpp - Every beginning of a dimension -----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Diagnostics.h"
#include "atled/Dialect/Atled/IR/Atled.h"

using namespace atled;

template <typename OpTy>
static LogicalResult verifyScan(OpTy op, NamedOperand operand) {
  return checkDimension(op.getLoc(), OpTy::getOperationName(),
                        op.getDimension(), operand.name,
                        operand.getType().getRank(), operand);
}

LogicalResult CumSumOp::verify() { return verifyScan(*this, {"x", getX()}); }
LogicalResult CumProdOp::verify() { return verifyScan(*this, {"x", getX()}); }
LogicalResult CumMaxOp::verify() { return verifyScan(*this, {"x", getX()}); }
LogicalResult CumMinOp::verify() { return verifyScan(*this, {"x", getX()}); }
LogicalResult CumLogSumExpOp::verify() {
  return verifyScan(*this, {"x", getX()});
}
LogicalResult LinearRecurrenceOp::verify() {
  return verifyScan(*this, {"a", getA()});
}
