//===- Window.cpp - Windows that slide over a tensor ----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Windows are one linalg.generic that reads where they are, so that it fuses
// with what uses them. Where they overlap they are added, in place, by a loop
// over the places inside of a window: what all windows have at one of them goes
// to a strided slice of the result.
//
//===----------------------------------------------------------------------===//

#include "Window.h"
#include "Accumulation.h"
#include "Extents.h"
#include "Patterns.h"
#include "ScalarBuilder.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tensor/Utils/Utils.h"

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

/// Writes the loops of one sum of windows.
class OverlapLoops {
public:
  OverlapLoops(OpBuilder &builder, OverlapAddOp op, Value windows)
      : builder(builder), op(op), loc(op.getLoc()), windows(windows),
        extents(builder, loc), windowExtents(extents.of(windows)),
        rank(op.getType().getRank()) {}

  /// The result's extents.
  SmallVector<OpFoldResult> getExtents();
  /// `sofar`, which has the shape of the result, plus all windows.
  Value build(Value sofar);

private:
  Value addOffset(Value sofar, ValueRange offsets);
  Value addElements(Value part, Value elements);

  OpBuilder &builder;
  OverlapAddOp op;
  Location loc;
  Value windows;
  Extents extents;
  SmallVector<OpFoldResult> windowExtents;
  int64_t rank;
};
} // namespace

SmallVector<OpFoldResult> OverlapLoops::getExtents() {
  SmallVector<OpFoldResult> result(windowExtents);
  result.resize(rank);
  for (auto [extent, dimension] :
       llvm::zip_equal(op.getExtents(), op.getDimensions()))
    result[dimension] = extents.constant(extent);
  return result;
}

Value OverlapLoops::build(Value sofar) {
  // Without a dimension to slide over, a window is an element.
  if (op.getDimensions().empty())
    return addOffset(sofar, {});
  SmallVector<Value> lows, highs, steps;
  for (OpFoldResult size : ArrayRef(windowExtents).drop_front(rank)) {
    lows.push_back(extents.value(extents.constant(0)));
    highs.push_back(extents.value(size));
    steps.push_back(extents.value(extents.constant(1)));
  }
  auto body = [&](OpBuilder &nested, Location, ValueRange offsets,
                  ValueRange carried) {
    OpBuilder::InsertionGuard guard(builder);
    builder.restoreInsertionPoint(nested.saveInsertionPoint());
    return scf::ValueVector{addOffset(carried.front(), offsets)};
  };
  return scf::buildLoopNest(builder, loc, lows, highs, steps, sofar, body)
      .results.front();
}

/// What all windows have at one place inside of them, to every `stride`-th
/// element of the result from there on.
Value OverlapLoops::addOffset(Value sofar, ValueRange offsets) {
  SmallVector<OpFoldResult> starts(rank, extents.constant(0));
  SmallVector<OpFoldResult> sizes(windowExtents),
      strides = getUnitStrides(builder, rank);
  sizes.resize(rank);
  SmallVector<OpFoldResult> windowStarts(starts), windowSizes(sizes);
  for (auto [index, dimension] : llvm::enumerate(op.getDimensions())) {
    OpFoldResult dilation = extents.constant(op.getDilations()[index]);
    starts[dimension] = extents.mul(offsets[index], dilation);
    strides[dimension] = extents.constant(op.getStrides()[index]);
    windowStarts.push_back(offsets[index]);
    windowSizes.push_back(extents.constant(1));
  }
  Value elements = tensor::ExtractSliceOp::create(
      builder, loc, windows, windowStarts, windowSizes,
      getUnitStrides(builder, windowStarts.size()));
  // Dropped by the slice itself, other dimensions of extent 1 would be mistaken
  // for those inside of the windows.
  llvm::SmallBitVector inside(windowStarts.size());
  inside.set(rank, windowStarts.size());
  if (inside.any())
    elements = tensor::dropGivenUnitDims(builder, loc, elements, inside);
  Value part = tensor::ExtractSliceOp::create(builder, loc, sofar, starts,
                                              sizes, strides);
  return tensor::InsertSliceOp::create(
      builder, loc, addElements(part, elements), sofar, starts, sizes, strides);
}

Value OverlapLoops::addElements(Value part, Value elements) {
  AffineMap identity = builder.getMultiDimIdentityMap(rank);
  auto body = [&](OpBuilder &nested, Location loc, ValueRange arguments) {
    ScalarBuilder b(nested, loc, op.getType().getElementType());
    linalg::YieldOp::create(
        b, b.createByKind<arith::AddFOp, arith::AddIOp, arith::AddIOp>(
               arguments[1], b.widen(arguments[0])));
  };
  return linalg::GenericOp::create(builder, loc, part.getType(), elements, part,
                                   {identity, identity},
                                   SmallVector<utils::IteratorType>(
                                       rank, utils::IteratorType::parallel),
                                   body)
      .getResult(0);
}

namespace {
struct OverlapAddToLoops : public OpConversionPattern<OverlapAddOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OverlapAddOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    auto type = getTypeConverter()->convertType<RankedTensorType>(op.getType());
    Type element = op.getType().getElementType();
    OverlapLoops loops(rewriter, op, adaptor.getX());
    SmallVector<OpFoldResult> extents = loops.getExtents();
    ScalarBuilder scalars(rewriter, loc, element);
    Value empty =
        createEmpty(rewriter, loc, extents, type.clone(scalars.getType()));
    Value sum = linalg::FillOp::create(rewriter, loc, scalars.literal(0), empty)
                    .getResult(0);
    // Of no windows there is nothing to take out.
    if (!llvm::is_contained(op.getX().getType().getShape(), 0))
      sum = loops.build(sum);
    rewriter.replaceOp(
        op, convertElements(rewriter, loc, element, sum, type, extents));
    return success();
  }
};
} // namespace

void atled::populateWindowToLinalg(const TypeConverter &converter,
                                   RewritePatternSet &patterns) {
  patterns.add<UnfoldToLinalg, OverlapAddToLoops>(converter,
                                                  patterns.getContext());
}
