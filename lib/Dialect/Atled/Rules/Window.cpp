//===- Window.cpp - Rules of windows --------------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RuleFunctions.h"
#include "TensorBuilders.h"

using namespace atled;

/// The extents of `tensor` in `dimensions`, which are static.
static SmallVector<int64_t> getStaticExtents(Value tensor,
                                             ArrayRef<int64_t> dimensions) {
  return llvm::map_to_vector(dimensions, [&](int64_t dimension) {
    return getTensorType(tensor).getDimSize(dimension);
  });
}

Value atled::overlapBack(RuleBuilder &builder, Value cotangent, UnfoldOp op) {
  return OverlapAddOp::create(builder, cotangent, op.getDimensions(),
                              getStaticExtents(op.getX(), op.getDimensions()),
                              op.getStrides(), op.getDilations());
}

Value atled::unfoldBack(RuleBuilder &builder, Value cotangent,
                        OverlapAddOp op) {
  ArrayRef<int64_t> shape = op.getX().getType().getShape();
  return UnfoldOp::create(builder, cotangent, op.getDimensions(),
                          shape.take_back(op.getDimensions().size()),
                          op.getStrides(), op.getDilations());
}
