//===- StatisticsOps.cpp - Means, norms and softmax -----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Diagnostics.h"
#include "atled/Dialect/Atled/IR/Atled.h"

using namespace atled;

LogicalResult VarianceOp::verify() {
  if (getCorrection() >= 0)
    return success();
  return emitOpError("has the correction ")
         << getCorrection() << ", and it has to be at least 0";
}

template <typename OpTy>
static LogicalResult verifyDimensions(OpTy op) {
  NamedOperand x{"x", op.getX()};
  return checkIncreasingDimensions(op.getLoc(), OpTy::getOperationName(),
                                   op.getDimensions(), x.name,
                                   x.getType().getRank(), x);
}

LogicalResult SoftmaxOp::verify() { return verifyDimensions(*this); }
LogicalResult LogSoftmaxOp::verify() { return verifyDimensions(*this); }
