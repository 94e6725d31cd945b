//===- VectorBody.cpp - A linalg body on several points at once -----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "VectorBody.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/Support/MathExtras.h"

using namespace atled;

Value atled::broadcast(OpBuilder &builder, Location loc, Value value,
                       int64_t width) {
  if (width == 1 || isa<VectorType>(value.getType()))
    return value;
  return vector::BroadcastOp::create(
      builder, loc, VectorType::get(width, value.getType()), value);
}

/// Whether vectors have lanes of `type`, and its size and what is neutral in it
/// are known.
static bool isLane(Type type) {
  if (auto real = dyn_cast<FloatType>(type))
    if (!APFloat::isIEEELikeFP(real.getFloatSemantics()))
      return false;
  return type.isIndex() || (type.isIntOrFloat() &&
                            llvm::isPowerOf2_32(type.getIntOrFloatBitWidth()));
}

SmallVector<OpFoldResult> atled::moved(OpBuilder &builder, Location loc,
                                       ArrayRef<OpFoldResult> point,
                                       unsigned dim, int64_t distance) {
  SmallVector<OpFoldResult> result(point);
  if (distance != 0)
    result[dim] = affine::makeComposedFoldedAffineApply(
        builder, loc, builder.getAffineDimExpr(0) + distance, {point[dim]});
  return result;
}

bool VectorBody::isVectorizable(linalg::LinalgOp op) {
  return llvm::all_of(op.getBlock()->without_terminator(),
                      [](Operation &nested) {
                        return isa<linalg::IndexOp>(nested) ||
                               nested.hasTrait<OpTrait::ConstantLike>() ||
                               (nested.getNumRegions() == 0 &&
                                OpTrait::hasElementwiseMappableTraits(&nested));
                      });
}

bool VectorBody::hasNumbers(linalg::LinalgOp op) {
  return llvm::all_of(op.getBlock()->getArgumentTypes(), isLane) &&
         llvm::all_of(*op.getBlock(), [](Operation &nested) {
           return llvm::all_of(nested.getOperandTypes(), isLane) &&
                  llvm::all_of(nested.getResultTypes(), isLane);
         });
}

bool VectorBody::dependsOn(OpOperand &operand, unsigned dim) {
  return !op.isScalar(&operand) &&
         op.getMatchingIndexingMap(&operand).isFunctionOfDim(dim);
}

Access VectorBody::getAccess(OpOperand &operand) {
  AffineMap map = op.getMatchingIndexingMap(&operand);
  if (!map.isFunctionOfDim(dim))
    return Access::Uniform;
  SmallVector<int64_t> strides;
  int64_t offset;
  if (failed(cast<MemRefType>(operand.get().getType())
                 .getStridesAndOffset(strides, offset)) ||
      strides.back() != 1 ||
      map.getResults().back() != getAffineDimExpr(dim, op.getContext()) ||
      llvm::any_of(map.getResults().drop_back(),
                   [&](AffineExpr expr) { return expr.isFunctionOfDim(dim); }))
    return Access::Strided;
  return Access::Contiguous;
}

SmallVector<Value> VectorBody::getIndices(OpBuilder &builder,
                                          OpOperand &operand, Point point,
                                          int64_t lane) {
  Location loc = op.getLoc();
  SmallVector<OpFoldResult> lanePoint = moved(builder, loc, point, dim, lane);
  AffineMap map = op.getMatchingIndexingMap(&operand);
  SmallVector<Value> indices;
  for (unsigned result = 0; result < map.getNumResults(); ++result)
    indices.push_back(getValueOrCreateConstantIndexOp(
        builder, loc,
        affine::makeComposedFoldedAffineApply(
            builder, loc, map.getSubMap({result}), lanePoint)));
  return indices;
}

Value VectorBody::load(OpBuilder &builder, OpOperand &operand, Point point,
                       int64_t width) {
  if (op.isScalar(&operand))
    return operand.get();
  Location loc = op.getLoc();
  Type element = cast<MemRefType>(operand.get().getType()).getElementType();
  auto loadLane = [&](int64_t lane) -> Value {
    return memref::LoadOp::create(builder, loc, operand.get(),
                                  getIndices(builder, operand, point, lane));
  };
  Access access = getAccess(operand);
  if (width == 1 || access == Access::Uniform)
    return loadLane(0);
  auto type = VectorType::get(width, element);
  if (access == Access::Contiguous)
    return vector::LoadOp::create(builder, loc, type, operand.get(),
                                  getIndices(builder, operand, point, 0));
  SmallVector<Value> lanes =
      llvm::map_to_vector(llvm::seq<int64_t>(width), loadLane);
  return vector::FromElementsOp::create(builder, loc, type, lanes);
}

void VectorBody::store(OpBuilder &builder, Value value, OpOperand &operand,
                       Point point, int64_t width) {
  Location loc = op.getLoc();
  value = broadcast(builder, loc, value, width);
  if (width == 1) {
    memref::StoreOp::create(builder, loc, value, operand.get(),
                            getIndices(builder, operand, point, 0));
    return;
  }
  if (getAccess(operand) == Access::Contiguous) {
    vector::StoreOp::create(builder, loc, value, operand.get(),
                            getIndices(builder, operand, point, 0));
    return;
  }
  for (int64_t lane = 0; lane < width; ++lane)
    memref::StoreOp::create(
        builder, loc, vector::ExtractOp::create(builder, loc, value, lane),
        operand.get(), getIndices(builder, operand, point, lane));
}

Value VectorBody::computeIndex(OpBuilder &builder, linalg::IndexOp index,
                               Point point, int64_t width) {
  Location loc = op.getLoc();
  Value start =
      getValueOrCreateConstantIndexOp(builder, loc, point[index.getDim()]);
  if (index.getDim() != dim || width == 1)
    return start;
  Value steps = vector::StepOp::create(
      builder, loc, VectorType::get(width, builder.getIndexType()));
  return arith::AddIOp::create(builder, loc,
                               broadcast(builder, loc, start, width), steps);
}

SmallVector<Value> VectorBody::compute(OpBuilder &builder, ValueRange arguments,
                                       Point point, int64_t width) {
  IRMapping values;
  values.map(op.getBlock()->getArguments(), arguments);
  for (Operation &nested : op.getBlock()->without_terminator()) {
    if (auto index = dyn_cast<linalg::IndexOp>(nested)) {
      values.map(index.getResult(), computeIndex(builder, index, point, width));
      continue;
    }
    bool isUniform = llvm::none_of(nested.getOperands(), [&](Value operand) {
      return isa<VectorType>(values.lookupOrDefault(operand).getType());
    });
    if (!isUniform)
      for (Value operand : nested.getOperands())
        values.map(operand, broadcast(builder, op.getLoc(),
                                      values.lookupOrDefault(operand), width));
    Operation *clone = builder.clone(nested, values);
    if (!isUniform)
      for (Value result : clone->getResults())
        result.setType(VectorType::get(width, result.getType()));
  }
  return llvm::map_to_vector(
      op.getBlock()->getTerminator()->getOperands(),
      [&](Value value) { return values.lookupOrDefault(value); });
}
