//===- Convolution.cpp - Products summed over windows ---------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A convolution pads its image, where there is something to pad, and becomes
// one linalg.generic that multiplies and adds: the loops are the dimensions of
// the result, then those that are summed over, then those of the window.
//
//===----------------------------------------------------------------------===//

#include "Accumulation.h"
#include "Extents.h"
#include "Padding.h"
#include "Patterns.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "llvm/ADT/StringExtras.h"

using namespace atled;

namespace {
/// The loops of a convolution.
class ConvolutionLoops {
public:
  ConvolutionLoops(ConvolutionOp op, OpBuilder &builder)
      : op(op), builder(builder), names(op.getResultDimensions().str()) {
    for (char name : op.getLhsDimensions())
      if (llvm::isLower(name) && names.find(name) == std::string::npos)
        names += name;
    firstWindow = names.size();
  }

  SmallVector<AffineMap> getMaps() {
    auto byName = [&](char name) { return getLoop(name); };
    return {getMap(op.getLhsDimensions(),
                   [&](char name) {
                     return llvm::isDigit(name) ? getImageIndex(name - '0')
                                                : getLoop(name);
                   }),
            getMap(op.getRhsDimensions(),
                   [&](char name) {
                     return llvm::isDigit(name) ? getWindowLoop(name - '0')
                                                : getLoop(name);
                   }),
            getMap(op.getResultDimensions(), byName)};
  }

private:
  AffineExpr getLoop(char name) {
    return builder.getAffineDimExpr(names.find(name));
  }
  AffineExpr getWindowLoop(int64_t spatial) {
    return builder.getAffineDimExpr(firstWindow + spatial);
  }
  AffineExpr getImageIndex(int64_t spatial) {
    return getLoop('0' + spatial) * op.getStrides()[spatial] +
           getWindowLoop(spatial) * op.getRhsDilation()[spatial];
  }
  AffineMap getMap(StringRef dimensions,
                   function_ref<AffineExpr(char)> getIndex) {
    SmallVector<AffineExpr> indices = llvm::map_to_vector(dimensions, getIndex);
    return AffineMap::get(firstWindow + op.getSpatialRank(), 0, indices,
                          builder.getContext());
  }

  ConvolutionOp op;
  OpBuilder &builder;
  /// The names of the loops, without those of the window.
  std::string names;
  int64_t firstWindow;
};

struct ConvolutionToLinalg : public OpConversionPattern<ConvolutionOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(ConvolutionOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = getTypeConverter()->convertType<RankedTensorType>(op.getType());
    requireKernel(rewriter, op, adaptor.getRhs());
    Value padded = padImage(rewriter, op, adaptor.getLhs());
    SmallVector<OpFoldResult> extents =
        getResultExtents(rewriter, op, padded, adaptor.getRhs());
    // Where the window has no place, there is nothing to read.
    if (llvm::is_contained(type.getShape(), 0)) {
      rewriter.replaceOp(op, createEmpty(rewriter, op.getLoc(), extents, type));
      return success();
    }
    rewriter.replaceOp(
        op,
        accumulateProducts(rewriter, op.getLoc(), op.getType().getElementType(),
                           ConvolutionLoops(op, rewriter).getMaps(),
                           {padded, adaptor.getRhs()}, type, extents));
    return success();
  }

private:
  /// The kernel is not empty.
  static void requireKernel(OpBuilder &builder, ConvolutionOp op,
                            Value kernel) {
    Extents extents(builder, op.getLoc());
    for (auto [dimension, name] : llvm::enumerate(op.getRhsDimensions()))
      if (llvm::isDigit(name))
        extents.requireAtMost(extents.constant(1),
                              extents.of(kernel, dimension));
  }

  /// The image with its margins and gaps.
  static Value padImage(OpBuilder &builder, ConvolutionOp op, Value image) {
    auto type = cast<RankedTensorType>(image.getType());
    SmallVector<int64_t> low(type.getRank()), high(type.getRank()),
        interior(type.getRank()), shape(type.getShape());
    for (int64_t spatial : llvm::seq(op.getSpatialRank())) {
      int64_t dimension =
          ConvolutionOp::getSpatial(op.getLhsDimensions(), spatial);
      low[dimension] = op.getLow()[spatial];
      high[dimension] = op.getHigh()[spatial];
      int64_t dilation = op.getLhsDilation()[spatial];
      interior[dimension] = dilation - 1;
      if (!type.isDynamicDim(dimension))
        shape[dimension] =
            ConvolutionOp::getDilatedExtent(shape[dimension], dilation) +
            low[dimension] + high[dimension];
    }
    auto isZero = [](int64_t value) { return value == 0; };
    if (llvm::all_of(low, isZero) && llvm::all_of(high, isZero) &&
        llvm::all_of(interior, isZero))
      return image;
    Value zero = arith::ConstantOp::create(
        builder, op.getLoc(), builder.getZeroAttr(type.getElementType()));
    return pad(builder, op.getLoc(), image, zero, low, high, interior,
               type.clone(shape));
  }

  static SmallVector<OpFoldResult> getResultExtents(OpBuilder &builder,
                                                    ConvolutionOp op,
                                                    Value padded,
                                                    Value kernel) {
    Extents extents(builder, op.getLoc());
    SmallVector<OpFoldResult> result;
    for (auto [position, name] : llvm::enumerate(op.getResultDimensions())) {
      if (!op.getType().isDynamicDim(position)) {
        result.push_back(extents.constant(op.getType().getDimSize(position)));
        continue;
      }
      size_t inLhs = op.getLhsDimensions().find(name);
      size_t inRhs = op.getRhsDimensions().find(name);
      if (!llvm::isDigit(name)) {
        result.push_back(inLhs != StringRef::npos ? extents.of(padded, inLhs)
                                                  : extents.of(kernel, inRhs));
        continue;
      }
      // (padded - window) / stride + 1, or none
      int64_t spatial = name - '0';
      OpFoldResult one = extents.constant(1);
      OpFoldResult reach =
          extents.mul(extents.sub(extents.of(kernel, inRhs), one),
                      extents.constant(op.getRhsDilation()[spatial]));
      OpFoldResult room = extents.sub(extents.of(padded, inLhs), reach);
      OpFoldResult stride = extents.constant(op.getStrides()[spatial]);
      OpFoldResult places = extents.max(
          extents.add(room, extents.sub(stride, one)), extents.constant(0));
      result.push_back(extents.div(places, stride));
    }
    return result;
  }
};
} // namespace

void atled::populateConvolutionToLinalg(const TypeConverter &converter,
                                        RewritePatternSet &patterns) {
  patterns.add<ConvolutionToLinalg>(converter, patterns.getContext());
}
