//===- Slicing.cpp - Parts of tensors and wholes, to operations on tensors
//--===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// slice, dynamic_slice, dynamic_update_slice, concatenate: these become
// tensor.extract_slice and tensor.insert_slice, which bufferization turns into
// views where it can.
//
//===----------------------------------------------------------------------===//

#include "Extents.h"
#include "Patterns.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace atled;

using ExtentList = SmallVector<OpFoldResult>;

//===----------------------------------------------------------------------===//
// Slices
//===----------------------------------------------------------------------===//

/// The part of `x` as a tensor of type `type`, which may leave open an extent
/// that is known among `sizes`.
static Value createSlice(OpBuilder &builder, Location loc, Value x,
                         const ExtentList &starts, const ExtentList &sizes,
                         const ExtentList &strides, RankedTensorType type) {
  if (isEmptyPart(sizes))
    return createEmpty(builder, loc, sizes, type);
  Value part =
      tensor::ExtractSliceOp::create(builder, loc, x, starts, sizes, strides);
  if (part.getType() == type)
    return part;
  return tensor::CastOp::create(builder, loc, type, part);
}

/// `x` with the part of extents `sizes` replaced by `part`.
static Value createUpdate(OpBuilder &builder, Location loc, Value part, Value x,
                          const ExtentList &starts, const ExtentList &sizes,
                          const ExtentList &strides) {
  if (isEmptyPart(sizes))
    return x;
  return tensor::InsertSliceOp::create(builder, loc, part, x, starts, sizes,
                                       strides);
}

namespace {
struct SliceToTensor : public OpConversionPattern<SliceOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(SliceOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = getTypeConverter()->convertType<RankedTensorType>(op.getType());
    Extents extents(rewriter, op.getLoc());
    ExtentList sizes;
    for (int64_t dimension = 0; dimension < type.getRank(); ++dimension)
      sizes.push_back(type.isDynamicDim(dimension)
                          ? getSizeToEnd(op, adaptor.getX(), dimension, extents)
                          : extents.constant(type.getDimSize(dimension)));
    rewriter.replaceOp(
        op, createSlice(
                rewriter, op.getLoc(), adaptor.getX(),
                getAsIndexOpFoldResult(getContext(), op.getStarts()), sizes,
                getAsIndexOpFoldResult(getContext(), op.getStrides()), type));
    return success();
  }

private:
  /// ceil((extent - start) / stride)
  static OpFoldResult getSizeToEnd(SliceOp op, Value x, int64_t dimension,
                                   Extents &extents) {
    OpFoldResult length = extents.sub(
        extents.of(x, dimension), extents.constant(op.getStarts()[dimension]));
    int64_t stride = op.getStrides()[dimension];
    return extents.div(extents.add(length, extents.constant(stride - 1)),
                       extents.constant(stride));
  }
};
} // namespace

/// The indices at which a part of extents `sizes` begins: those that `starts`,
/// tensors of one integer, ask for, moved so that the part stays in `x`.
static ExtentList getClampedStarts(OpBuilder &builder, Location loc, Value x,
                                   ValueRange starts, Type startElement,
                                   ArrayRef<OpFoldResult> sizes) {
  Extents extents(builder, loc);
  ExtentList clamped;
  for (auto [dimension, start] : llvm::enumerate(starts)) {
    OpFoldResult last = extents.sub(extents.of(x, dimension), sizes[dimension]);
    Value wanted = tensor::ExtractOp::create(builder, loc, start);
    OpFoldResult index;
    if (startElement.isUnsignedInteger()) {
      wanted = arith::IndexCastUIOp::create(builder, loc,
                                            builder.getIndexType(), wanted);
      index = extents.minUnsigned(wanted, last);
    } else {
      wanted = arith::IndexCastOp::create(builder, loc, builder.getIndexType(),
                                          wanted);
      index = extents.max(extents.min(wanted, last), extents.constant(0));
    }
    clamped.push_back(index);
  }
  return clamped;
}

static Type getStartElement(ValueRange starts) {
  return starts.empty() ? Type() : getElementTypeOrSelf(starts.front());
}

namespace {
struct DynamicSliceToTensor : public OpConversionPattern<DynamicSliceOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(DynamicSliceOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = getTypeConverter()->convertType<RankedTensorType>(op.getType());
    Extents extents(rewriter, op.getLoc());
    ExtentList sizes;
    for (auto [dimension, size] : llvm::enumerate(op.getSliceSizes()))
      sizes.push_back(ShapedType::isDynamic(size)
                          ? extents.of(adaptor.getX(), dimension)
                          : extents.constant(size));
    ExtentList starts = getClampedStarts(
        rewriter, op.getLoc(), adaptor.getX(), adaptor.getStarts(),
        getStartElement(op.getStarts()), sizes);
    rewriter.replaceOp(
        op, createSlice(rewriter, op.getLoc(), adaptor.getX(), starts, sizes,
                        getUnitStrides(rewriter, type.getRank()), type));
    return success();
  }
};

struct DynamicUpdateSliceToTensor
    : public OpConversionPattern<DynamicUpdateSliceOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(DynamicUpdateSliceOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    ExtentList sizes = Extents(rewriter, op.getLoc()).of(adaptor.getUpdate());
    ExtentList starts = getClampedStarts(
        rewriter, op.getLoc(), adaptor.getX(), adaptor.getStarts(),
        getStartElement(op.getStarts()), sizes);
    rewriter.replaceOp(op,
                       createUpdate(rewriter, op.getLoc(), adaptor.getUpdate(),
                                    adaptor.getX(), starts, sizes,
                                    getUnitStrides(rewriter, sizes.size())));
    return success();
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// Concatenation
//===----------------------------------------------------------------------===//

/// As many parts are written into one tensor. Bufferization takes time that
/// grows with more than the third power of their number.
static constexpr size_t kMostParts = 32;

namespace {
/// Very many inputs become as few as are written one by one.
struct NestConcatenate : public OpRewritePattern<ConcatenateOp> {
  using OpRewritePattern::OpRewritePattern;

  void initialize() { setHasBoundedRewriteRecursion(); }

  LogicalResult matchAndRewrite(ConcatenateOp op,
                                PatternRewriter &rewriter) const override {
    auto inputs = llvm::to_vector<0>(op.getInputs());
    if (inputs.size() <= kMostParts)
      return failure();
    SmallVector<Value> parts;
    for (ArrayRef<Value> rest = inputs; !rest.empty();) {
      ArrayRef<Value> part = rest.take_front(kMostParts);
      rest = rest.drop_front(part.size());
      parts.push_back(ConcatenateOp::create(rewriter, op.getLoc(), part,
                                            op.getDimension()));
    }
    rewriter.replaceOpWithNewOp<ConcatenateOp>(op, op.getType(), parts,
                                               op.getDimension());
    return success();
  }
};

struct ConcatenateToTensor : public OpConversionPattern<ConcatenateOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(ConcatenateOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    if (op.getInputs().size() > kMostParts)
      return failure();
    auto type = getTypeConverter()->convertType<RankedTensorType>(op.getType());
    Location loc = op.getLoc();
    int64_t dimension = op.getDimension();
    Extents extents(rewriter, loc);
    ExtentList ends = {extents.constant(0)};
    for (Value input : adaptor.getInputs())
      ends.push_back(extents.add(ends.back(), extents.of(input, dimension)));
    ExtentList whole = extents.of(adaptor.getInputs().front());
    for (Value input : adaptor.getInputs().drop_front())
      for (int64_t other : llvm::seq(type.getRank()))
        if (other != dimension)
          extents.requireEqual(whole[other], extents.of(input, other));
    whole[dimension] = ends.back();

    Value result = createEmpty(rewriter, loc, whole, type);
    ExtentList starts(type.getRank(), extents.constant(0));
    for (auto [input, start] : llvm::zip(adaptor.getInputs(), ends)) {
      starts[dimension] = start;
      result =
          createUpdate(rewriter, loc, input, result, starts, extents.of(input),
                       getUnitStrides(rewriter, type.getRank()));
    }
    rewriter.replaceOp(op, result);
    return success();
  }
};
} // namespace

void atled::populateSlicingToLinalg(const TypeConverter &converter,
                                    RewritePatternSet &patterns) {
  patterns.add<ConcatenateToTensor, DynamicSliceToTensor,
               DynamicUpdateSliceToTensor, SliceToTensor>(
      converter, patterns.getContext());
  patterns.add<NestConcatenate>(patterns.getContext());
}
