//===- RandomOps.cpp - Random numbers from a key --------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Types and verifiers.
//
//===----------------------------------------------------------------------===//

#include "Diagnostics.h"
#include "atled/Dialect/Atled/IR/Atled.h"

using namespace atled;

LogicalResult
FoldInOp::inferReturnTypes(MLIRContext *context,
                           std::optional<Location> location, Adaptor adaptor,
                           SmallVectorImpl<Type> &inferredReturnTypes) {
  auto key = cast<RankedTensorType>(adaptor.getKey().getType());
  auto data = cast<RankedTensorType>(adaptor.getData().getType());
  SmallVector<int64_t> shape(data.getShape());
  shape.push_back(key.getDimSize(0));
  inferredReturnTypes.push_back(key.clone(shape));
  return success();
}

/// Each dynamic dimension of the result has its size.
template <typename OpTy>
static LogicalResult verifySizes(OpTy op) {
  return checkSizes(op.getLoc(), OpTy::getOperationName(), op.getSizes().size(),
                    op.getType().getNumDynamicDims(), "dynamic dimensions");
}

LogicalResult RandomBitsOp::verify() { return verifySizes(*this); }
LogicalResult RandomUniformOp::verify() { return verifySizes(*this); }
LogicalResult RandomNormalOp::verify() { return verifySizes(*this); }
