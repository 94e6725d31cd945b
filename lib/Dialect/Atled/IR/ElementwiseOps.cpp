//===- ElementwiseOps.cpp - Operations element by element -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the operations take is said by their constraints and by the trait
// SameTypes; here is the rest.
//
//===----------------------------------------------------------------------===//

#include "atled/Dialect/Atled/IR/Atled.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/TypeUtilities.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// ConvertOp
//===----------------------------------------------------------------------===//

void ConvertOp::build(OpBuilder &builder, OperationState &state, Value x,
                      Type elementsLike) {
  build(builder, state,
        cast<RankedTensorType>(x.getType())
            .clone(getElementTypeOrSelf(elementsLike)),
        x);
}

//===----------------------------------------------------------------------===//
// PolygammaOp
//===----------------------------------------------------------------------===//

LogicalResult PolygammaOp::verify() {
  int64_t order = getOrder();
  if (order >= 0 && order <= greatestOrder)
    return success();
  return emitOpError("has the order ")
         << order << ", and it has to be from 0 to " << greatestOrder;
}
