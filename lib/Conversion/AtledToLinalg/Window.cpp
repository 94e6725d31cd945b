//===- Window.cpp - Windows that slide over a tensor ----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Windows are one linalg.generic that reads where they are, so that it fuses
// with what uses them. Where they overlap, each element of the result gathers
// what windows have for it: their numbers, spread by the stride, are looked up
// one step of the dilation after the other.
//
//===----------------------------------------------------------------------===//

#include "Window.h"
#include "Accumulation.h"
#include "Extents.h"
#include "Patterns.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace atled;

AffineMap atled::getPlaces(OpBuilder &builder, UnfoldOp op) {
  int64_t rank = op.getX().getType().getRank();
  SmallVector<AffineExpr> places;
  for (int64_t dimension : llvm::seq(rank))
    places.push_back(builder.getAffineDimExpr(dimension));
  for (auto [index, dimension] : llvm::enumerate(op.getDimensions()))
    places[dimension] =
        places[dimension] * op.getStrides()[index] +
        builder.getAffineDimExpr(rank + index) * op.getDilations()[index];
  return AffineMap::get(op.getType().getRank(), 0, places,
                        builder.getContext());
}

void atled::readThroughWindows(OpBuilder &builder, UnfoldOp op, Value source,
                               SmallVector<Value> &inputs,
                               SmallVector<AffineMap> &maps) {
  AffineMap all = builder.getMultiDimIdentityMap(op.getType().getRank());
  Value window = tensor::EmptyOp::create(
      builder, op.getLoc(), op.getSizes(),
      cast<RankedTensorType>(source.getType()).getElementType());
  inputs = {source, window};
  maps = {getPlaces(builder, op), all.getMinorSubMap(op.getSizes().size())};
}

namespace {
struct UnfoldToLinalg : public OpConversionPattern<UnfoldOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(UnfoldOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    auto type = getTypeConverter()->convertType<RankedTensorType>(op.getType());
    SmallVector<OpFoldResult> extents =
        Extents(rewriter, loc).of(adaptor.getX());
    for (auto [index, dimension] : llvm::enumerate(op.getDimensions())) {
      extents[dimension] = rewriter.getIndexAttr(type.getDimSize(dimension));
      extents.push_back(rewriter.getIndexAttr(op.getSizes()[index]));
    }
    Value empty = createEmpty(rewriter, loc, extents, type);
    if (llvm::is_contained(type.getShape(), 0)) {
      rewriter.replaceOp(op, empty);
      return success();
    }
    SmallVector<AffineMap> maps = {
        getPlaces(rewriter, op),
        rewriter.getMultiDimIdentityMap(type.getRank())};
    SmallVector<utils::IteratorType> iterators(type.getRank(),
                                               utils::IteratorType::parallel);
    auto body = [](OpBuilder &nested, Location loc, ValueRange arguments) {
      linalg::YieldOp::create(nested, loc, arguments[0]);
    };
    rewriter.replaceOp(op, linalg::GenericOp::create(rewriter, loc, type,
                                                     adaptor.getX(), empty,
                                                     maps, iterators, body));
    return success();
  }
};

struct OverlapAddToLinalg : public OpConversionPattern<OverlapAddOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OverlapAddOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    auto type = getTypeConverter()->convertType<RankedTensorType>(op.getType());
    auto windows = cast<RankedTensorType>(adaptor.getX().getType());
    int64_t rank = type.getRank();
    SmallVector<int64_t> low(windows.getRank(), 0), high(low), interior(low);
    SmallVector<AffineExpr> read;
    for (int64_t dimension : llvm::seq(windows.getRank()))
      read.push_back(rewriter.getAffineDimExpr(dimension));
    SmallVector<OpFoldResult> extents =
        Extents(rewriter, loc).of(adaptor.getX());
    extents.resize(rank);
    for (auto [index, dimension] : llvm::enumerate(op.getDimensions())) {
      int64_t count = windows.getDimSize(dimension);
      int64_t stride = op.getStrides()[index];
      int64_t extent = op.getExtents()[index];
      int64_t reach =
          (windows.getDimSize(rank + index) - 1) * op.getDilations()[index];
      int64_t spread = count == 0 ? 0 : (count - 1) * stride + 1;
      low[dimension] = reach;
      high[dimension] = extent - spread;
      interior[dimension] = stride - 1;
      read[dimension] = read[dimension] -
                        read[rank + index] * op.getDilations()[index] + reach;
      extents[dimension] = rewriter.getIndexAttr(extent);
    }
    Type element = op.getType().getElementType();
    Value zero = ConstantOp::create(
        rewriter, loc, RankedTensorType::get({}, windows.getElementType()),
        0.0);
    Value spread =
        PadOp::create(rewriter, loc, adaptor.getX(), zero, low, high, interior);
    AffineMap whole = rewriter.getMultiDimIdentityMap(windows.getRank());
    auto start = [](ScalarBuilder &b) { return b.literal(0); };
    auto add = [](ScalarBuilder &b, ValueRange x, Value sum) {
      return b.createByKind<arith::AddFOp, arith::AddIOp, arith::AddIOp>(sum,
                                                                         x[0]);
    };
    Accumulation accumulation{
        element,
        {AffineMap::get(windows.getRank(), 0, read, rewriter.getContext()),
         whole.getMajorSubMap(rank)},
        start,
        add};
    rewriter.replaceOp(
        op, accumulate(rewriter, loc, accumulation, spread, type, extents));
    return success();
  }
};
} // namespace

void atled::populateWindowToLinalg(const TypeConverter &converter,
                                   RewritePatternSet &patterns) {
  patterns.add<UnfoldToLinalg, OverlapAddToLinalg>(converter,
                                                   patterns.getContext());
}
