//===- Padding.cpp - Margins and gaps -------------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A pad fills a tensor with the padding and inserts into it, with strides, the
// elements that are kept.
//
//===----------------------------------------------------------------------===//

#include "Padding.h"
#include "Extents.h"
#include "Patterns.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace atled;

using ExtentList = SmallVector<OpFoldResult>;

namespace {
/// One dimension of a pad: `count` elements from `first` on are copied to
/// every `stride`-th place from `start` on, of `extent`.
struct PaddedDimension {
  OpFoldResult first, count, start, extent;
  int64_t stride;
};
} // namespace

/// Element i goes to low + i * stride; those that fall outside are not copied.
static PaddedDimension getPaddedDimension(Extents &extents, OpFoldResult extent,
                                          int64_t low, int64_t high,
                                          int64_t interior) {
  int64_t stride = interior + 1;
  OpFoldResult zero = extents.constant(0);
  // ceil(-low / stride), or 0
  int64_t first = low < 0 ? (-low + stride - 1) / stride : 0;
  int64_t start = low + first * stride;

  // extent + interior * (extent - 1) + low + high
  OpFoldResult gaps =
      extents.max(extents.sub(extent, extents.constant(1)), zero);
  OpFoldResult padded =
      extents.add(extent, extents.mul(gaps, extents.constant(interior)));
  padded = extents.add(padded, extents.constant(low + high));

  // Those after the first that fit, ceil((padded - start) / stride), and are
  // there.
  OpFoldResult room =
      extents.max(extents.sub(padded, extents.constant(start)), zero);
  OpFoldResult fitting =
      extents.div(extents.add(room, extents.constant(stride - 1)),
                  extents.constant(stride));
  OpFoldResult remaining =
      extents.max(extents.sub(extent, extents.constant(first)), zero);
  return {extents.constant(first), extents.min(fitting, remaining),
          extents.constant(start), padded, stride};
}

Value atled::pad(OpBuilder &builder, Location loc, Value x, Value element,
                 ArrayRef<int64_t> low, ArrayRef<int64_t> high,
                 ArrayRef<int64_t> interior, RankedTensorType type) {
  Extents extents(builder, loc);
  ExtentList first, count, start, whole, strides;
  for (int64_t i = 0; i < type.getRank(); ++i) {
    PaddedDimension padded = getPaddedDimension(extents, extents.of(x, i),
                                                low[i], high[i], interior[i]);
    first.push_back(padded.first);
    count.push_back(padded.count);
    start.push_back(padded.start);
    whole.push_back(padded.extent);
    strides.push_back(extents.constant(padded.stride));
  }
  Value empty = createEmpty(builder, loc, whole, type);
  Value result =
      linalg::FillOp::create(builder, loc, element, empty).getResult(0);
  // The place of no elements may lie outside.
  if (isEmptyPart(count))
    return result;
  Value kept = tensor::ExtractSliceOp::create(
      builder, loc, x, first, count, getUnitStrides(builder, type.getRank()));
  return tensor::InsertSliceOp::create(builder, loc, kept, result, start, count,
                                       strides);
}

namespace {
struct PadToTensor : public OpConversionPattern<PadOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(PadOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = getTypeConverter()->convertType<RankedTensorType>(op.getType());
    Value element =
        tensor::ExtractOp::create(rewriter, op.getLoc(), adaptor.getValue());
    rewriter.replaceOp(op,
                       pad(rewriter, op.getLoc(), adaptor.getX(), element,
                           op.getLow(), op.getHigh(), op.getInterior(), type));
    return success();
  }
};
} // namespace

void atled::populatePaddingToLinalg(const TypeConverter &converter,
                                    RewritePatternSet &patterns) {
  patterns.add<PadToTensor>(converter, patterns.getContext());
}
