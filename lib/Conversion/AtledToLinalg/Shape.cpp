//===- Shape.cpp - Making and rearranging tensors, to linalg
//----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Constants, iota, reshape, broadcast, transpose, reverse. What is a
// computation on indices is a linalg.generic, so that it fuses into what uses
// it; a reshape moves nothing and is one on tensors.
//
//===----------------------------------------------------------------------===//

#include "Extents.h"
#include "Patterns.h"
#include "ScalarBuilder.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/ReshapeOpsUtils.h"
#include "mlir/IR/DialectResourceBlobManager.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// Constants and iota
//===----------------------------------------------------------------------===//

/// The same bits as a tensor of type `type`, which differs in signedness only.
static ElementsAttr retype(ElementsAttr value, RankedTensorType type) {
  if (value.getType() == type)
    return value;
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(value))
    return DenseResourceElementsAttr::get(type, resource.getRawHandle());
  return cast<DenseElementsAttr>(value).bitcast(type.getElementType());
}

namespace {
struct ConstantToArith : public OpConversionPattern<ConstantOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(ConstantOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = getTypeConverter()->convertType<RankedTensorType>(op.getType());
    rewriter.replaceOpWithNewOp<arith::ConstantOp>(op, type,
                                                   retype(op.getValue(), type));
    return success();
  }
};

struct IotaToLinalg : public OpConversionPattern<IotaOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(IotaOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = getTypeConverter()->convertType<RankedTensorType>(op.getType());
    Extents(rewriter, op.getLoc()).requireNotNegative(adaptor.getSizes());
    Value empty =
        createEmpty(rewriter, op.getLoc(),
                    getExtents(rewriter, type, adaptor.getSizes()), type);
    AffineMap identity = rewriter.getMultiDimIdentityMap(type.getRank());
    auto body = [&](OpBuilder &builder, Location loc, ValueRange) {
      ScalarBuilder scalars(builder, loc, builder.getI64Type());
      Value index = linalg::IndexOp::create(scalars, op.getDimension());
      index = arith::IndexCastOp::create(scalars, scalars.getType(), index);
      Value element = scalars.convert(index, type.getElementType());
      linalg::YieldOp::create(scalars,
                              scalars.narrow(element, type.getElementType()));
    };
    rewriter.replaceOpWithNewOp<linalg::GenericOp>(
        op, type, ValueRange(), empty, identity,
        getParallelLoops(type.getRank()), body);
    return success();
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// Reshape
//===----------------------------------------------------------------------===//

/// Whether the two shapes are one, known in different dimensions. That the
/// numbers of elements agree says so for one dimension, if no other is empty.
static bool isSameShape(RankedTensorType a, RankedTensorType b) {
  if (a.getRank() != b.getRank())
    return false;
  if (a == b && a.hasStaticShape())
    return true;
  unsigned numOpen = 0;
  for (auto [left, right] : llvm::zip_equal(a.getShape(), b.getShape())) {
    bool isOpen = ShapedType::isDynamic(left) || ShapedType::isDynamic(right);
    if (isOpen ? ++numOpen > 1 : (left != right || left == 0))
      return false;
  }
  return true;
}

/// The groups of dimensions of `expanded` that make those of `collapsed`. With
/// more than one dynamic dimension, what is grouped with what is not known.
static std::optional<SmallVector<ReassociationIndices>>
getGroups(RankedTensorType expanded, RankedTensorType collapsed) {
  if (expanded.getNumDynamicDims() > 1 ||
      expanded.getNumDynamicDims() != collapsed.getNumDynamicDims() ||
      expanded.getRank() <= collapsed.getRank())
    return std::nullopt;
  return getReassociationIndicesForCollapse(expanded.getShape(),
                                            collapsed.getShape());
}

static OpFoldResult countElements(Extents &extents,
                                  ArrayRef<OpFoldResult> shape) {
  OpFoldResult count = extents.constant(1);
  for (OpFoldResult extent : shape)
    count = extents.mul(count, extent);
  return count;
}

/// The extents of the result of a reshape that leaves at most one to be found.
static SmallVector<OpFoldResult> getReshapedExtents(OpBuilder &builder,
                                                    Location loc, Value x,
                                                    RankedTensorType type,
                                                    ValueRange sizes) {
  if (!sizes.empty() || type.hasStaticShape())
    return getExtents(builder, type, sizes);
  Extents extents(builder, loc);
  OpFoldResult numElements = countElements(extents, extents.of(x));
  int64_t numKnown = 1;
  for (int64_t extent : type.getShape())
    if (ShapedType::isStatic(extent))
      numKnown *= extent;
  // A dimension of 0 says nothing about the others; then any extent will do.
  OpFoldResult missing =
      numKnown == 0 ? extents.constant(0)
                    : extents.div(numElements, extents.constant(numKnown));
  return getExtents(builder, type, extents.value(missing));
}

static SmallVector<ReassociationIndices> getOneGroup(int64_t rank) {
  return {llvm::to_vector<2>(llvm::seq<int64_t>(0, rank))};
}

/// Reshapes by way of one dimension, which any shape can be made from.
static Value reshapeThroughOneDimension(OpBuilder &builder, Location loc,
                                        Value x, RankedTensorType type,
                                        ArrayRef<OpFoldResult> extents) {
  auto from = cast<RankedTensorType>(x.getType());
  auto getFlat = [&](RankedTensorType shape) {
    int64_t extent =
        shape.hasStaticShape() ? shape.getNumElements() : ShapedType::kDynamic;
    return RankedTensorType::get(extent, shape.getElementType());
  };
  if (from.getRank() == 0)
    x = tensor::ExpandShapeOp::create(builder, loc, getFlat(from), x,
                                      ArrayRef<ReassociationIndices>());
  else if (from.getRank() > 1)
    x = tensor::CollapseShapeOp::create(builder, loc, getFlat(from), x,
                                        getOneGroup(from.getRank()));
  if (getFlat(from) != getFlat(type))
    x = tensor::CastOp::create(builder, loc, getFlat(type), x);
  if (type.getRank() == 0)
    return tensor::CollapseShapeOp::create(builder, loc, type, x,
                                           ArrayRef<ReassociationIndices>());
  if (type.getRank() == 1)
    return x;
  return tensor::ExpandShapeOp::create(builder, loc, type, x,
                                       getOneGroup(type.getRank()), extents);
}

/// The sizes that the result is to have are those of `x`.
static void requireSizes(OpBuilder &builder, Location loc, Value x,
                         RankedTensorType type, ValueRange sizes) {
  if (sizes.empty())
    return;
  Extents extents(builder, loc);
  for (auto [dimension, size] :
       llvm::enumerate(getExtents(builder, type, sizes)))
    extents.requireEqual(extents.of(x, dimension), size);
}

static Value reshape(OpBuilder &builder, Location loc, Value x,
                     RankedTensorType type, ValueRange sizes) {
  auto from = cast<RankedTensorType>(x.getType());
  if (isSameShape(from, type)) {
    requireSizes(builder, loc, x, type, sizes);
    return from == type ? x : tensor::CastOp::create(builder, loc, type, x);
  }
  if (!sizes.empty()) {
    Extents extents(builder, loc);
    extents.requireEqual(
        countElements(extents, extents.of(x)),
        countElements(extents, getExtents(builder, type, sizes)));
  }
  auto isEmpty = [](RankedTensorType shape) {
    return llvm::is_contained(shape.getShape(), 0);
  };
  // Upstream does not agree with itself on what 0 times a dynamic extent is.
  if (isEmpty(from) || isEmpty(type))
    return createEmpty(builder, loc,
                       getReshapedExtents(builder, loc, x, type, sizes), type);
  if (auto groups = getGroups(/*expanded=*/from, /*collapsed=*/type))
    return tensor::CollapseShapeOp::create(builder, loc, type, x, *groups);
  SmallVector<OpFoldResult> extents =
      getReshapedExtents(builder, loc, x, type, sizes);
  if (auto groups = getGroups(/*expanded=*/type, /*collapsed=*/from))
    return tensor::ExpandShapeOp::create(builder, loc, type, x, *groups,
                                         extents);
  return reshapeThroughOneDimension(builder, loc, x, type, extents);
}

namespace {
struct ReshapeToTensor : public OpConversionPattern<ReshapeOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(ReshapeOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = getTypeConverter()->convertType<RankedTensorType>(op.getType());
    Extents(rewriter, op.getLoc()).requireNotNegative(adaptor.getSizes());
    rewriter.replaceOp(op, reshape(rewriter, op.getLoc(), adaptor.getX(), type,
                                   adaptor.getSizes()));
    return success();
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// Broadcast, transpose and reverse
//===----------------------------------------------------------------------===//

/// Copies elements of `x` to a result of type `type`, whose loops `map` takes
/// to indices of `x`.
static Value copyElements(OpBuilder &builder, Location loc, Value x,
                          AffineMap map, RankedTensorType type,
                          ArrayRef<OpFoldResult> extents) {
  Value empty = createEmpty(builder, loc, extents, type);
  AffineMap identity = builder.getMultiDimIdentityMap(type.getRank());
  auto body = [](OpBuilder &nested, Location loc, ValueRange arguments) {
    linalg::YieldOp::create(nested, loc, arguments.front());
  };
  return linalg::GenericOp::create(builder, loc, type, x, empty,
                                   {map, identity},
                                   getParallelLoops(type.getRank()), body)
      .getResult(0);
}

namespace {
struct BroadcastToLinalg : public OpConversionPattern<BroadcastOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(BroadcastOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = getTypeConverter()->convertType<RankedTensorType>(op.getType());
    Extents(rewriter, op.getLoc()).requireNotNegative(adaptor.getSizes());
    ArrayRef<int64_t> shape = op.getX().getType().getShape();
    SmallVector<AffineExpr> indices;
    for (auto [dimension, target] : llvm::enumerate(op.getDimensions())) {
      bool isRepeated = shape[dimension] == 1 && type.getDimSize(target) != 1;
      indices.push_back(isRepeated ? rewriter.getAffineConstantExpr(0)
                                   : rewriter.getAffineDimExpr(target));
    }
    AffineMap map =
        AffineMap::get(type.getRank(), 0, indices, rewriter.getContext());
    rewriter.replaceOp(
        op, copyElements(rewriter, op.getLoc(), adaptor.getX(), map, type,
                         getResultExtents(op, adaptor, rewriter)));
    return success();
  }

private:
  /// A dimension has the extent of the operand unless it is repeated.
  static SmallVector<OpFoldResult>
  getResultExtents(BroadcastOp op, OpAdaptor adaptor, OpBuilder &builder) {
    RankedTensorType type = op.getType();
    Extents extents(builder, op.getLoc());
    SmallVector<OpFoldResult> result(type.getRank());
    for (auto [dimension, target] : llvm::enumerate(op.getDimensions()))
      result[target] = extents.of(adaptor.getX(), dimension);
    ValueRange sizes = adaptor.getSizes();
    for (int64_t target : op.getRepeatedDimensions()) {
      bool isStatic = !type.isDynamicDim(target);
      result[target] = isStatic ? extents.constant(type.getDimSize(target))
                                : OpFoldResult(sizes.front());
      sizes = sizes.drop_front(isStatic ? 0 : 1);
    }
    return result;
  }
};

struct TransposeToLinalg : public OpConversionPattern<TransposeOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(TransposeOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = getTypeConverter()->convertType<RankedTensorType>(op.getType());
    Extents extents(rewriter, op.getLoc());
    SmallVector<OpFoldResult> resultExtents;
    SmallVector<AffineExpr> indices(type.getRank());
    for (auto [target, dimension] : llvm::enumerate(op.getPermutation())) {
      resultExtents.push_back(extents.of(adaptor.getX(), dimension));
      indices[dimension] = rewriter.getAffineDimExpr(target);
    }
    AffineMap map =
        AffineMap::get(type.getRank(), 0, indices, rewriter.getContext());
    rewriter.replaceOp(op, copyElements(rewriter, op.getLoc(), adaptor.getX(),
                                        map, type, resultExtents));
    return success();
  }
};
} // namespace

namespace {
struct ReverseToLinalg : public OpConversionPattern<ReverseOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(ReverseOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = getTypeConverter()->convertType<RankedTensorType>(op.getType());
    Location loc = op.getLoc();
    Extents extents(rewriter, loc);
    SmallVector<OpFoldResult> shape = extents.of(adaptor.getX());
    AffineMap identity = rewriter.getMultiDimIdentityMap(type.getRank());
    // A map has no place for an extent that is known only when running, so the
    // elements are read at indices that are computed.
    auto body = [&](OpBuilder &builder, Location loc, ValueRange) {
      SmallVector<Value> indices;
      for (int64_t dimension : llvm::seq(type.getRank())) {
        Value index = linalg::IndexOp::create(builder, loc, dimension);
        if (llvm::is_contained(op.getDimensions(), dimension)) {
          Extents inner(builder, loc);
          OpFoldResult last = inner.sub(shape[dimension], inner.constant(1));
          index = inner.value(inner.sub(last, index));
        }
        indices.push_back(index);
      }
      linalg::YieldOp::create(
          builder, loc,
          tensor::ExtractOp::create(builder, loc, adaptor.getX(), indices)
              .getResult());
    };
    rewriter.replaceOpWithNewOp<linalg::GenericOp>(
        op, type, ValueRange(), createEmpty(rewriter, loc, shape, type),
        identity, getParallelLoops(type.getRank()), body);
    return success();
  }
};
} // namespace

void atled::populateShapeToLinalg(const TypeConverter &converter,
                                  RewritePatternSet &patterns) {
  patterns.add<BroadcastToLinalg, ConstantToArith, IotaToLinalg,
               ReshapeToTensor, ReverseToLinalg, TransposeToLinalg>(
      converter, patterns.getContext());
}
