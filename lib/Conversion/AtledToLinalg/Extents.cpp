//===- Extents.cpp - Dimensions, static and dynamic -----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Extents.h"
#include "atled/Support/Attributes.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Matchers.h"

using namespace atled;

OpFoldResult Extents::of(Value tensor, int64_t dimension) {
  return tensor::getMixedSize(builder, loc, tensor, dimension);
}

SmallVector<OpFoldResult> Extents::of(Value tensor) {
  return tensor::getMixedSizes(builder, loc, tensor);
}

Value Extents::value(OpFoldResult extent) {
  return getValueOrCreateConstantIndexOp(builder, loc, extent);
}

void Extents::require(arith::CmpIPredicate predicate, OpFoldResult a,
                      OpFoldResult b, StringRef message) {
  // The verifier has looked at constants.
  if (getConstantIntValue(a) && getConstantIntValue(b))
    return;
  Value holds =
      builder.createOrFold<arith::CmpIOp>(loc, predicate, value(a), value(b));
  if (matchPattern(holds, m_One()))
    return;
  auto assertion = cf::AssertOp::create(builder, loc, holds, message);
  assertion->setAttr(extentsFitAttrName, builder.getUnitAttr());
}

void Extents::requireNotNegative(ValueRange sizes) {
  for (Value size : sizes)
    if (!size.getDefiningOp<tensor::DimOp>())
      require(arith::CmpIPredicate::sle, constant(0), size,
              "a size is negative");
}

void Extents::requireIndicesFit(Type type, OpFoldResult extent) {
  auto index = cast<IntegerType>(type);
  unsigned bits = index.getWidth() - (index.isUnsigned() ? 0 : 1);
  // No extent is beyond the signed integers of 64 bits.
  if (bits < 63)
    requireAtMost(extent, constant(int64_t(1) << bits));
}

SmallVector<OpFoldResult> atled::getExtents(OpBuilder &builder,
                                            RankedTensorType type,
                                            ValueRange dynamic) {
  return getMixedValues(type.getShape(), dynamic, builder);
}

Value atled::createEmpty(OpBuilder &builder, Location loc,
                         ArrayRef<OpFoldResult> extents, RankedTensorType type,
                         Type element) {
  if (!element)
    element = type.getElementType();
  SmallVector<Value> dynamic;
  for (auto [extent, size] : llvm::zip_equal(extents, type.getShape()))
    if (ShapedType::isDynamic(size))
      dynamic.push_back(getValueOrCreateConstantIndexOp(builder, loc, extent));
  return tensor::EmptyOp::create(builder, loc, type.getShape(), element,
                                 dynamic);
}

SmallVector<OpFoldResult> atled::getUnitStrides(OpBuilder &builder,
                                                int64_t rank) {
  return SmallVector<OpFoldResult>(rank, builder.getIndexAttr(1));
}

bool atled::isEmptyPart(ArrayRef<OpFoldResult> sizes) {
  return llvm::any_of(sizes, isZeroInteger);
}
