//===- Shape.cpp - Rules of shape operations ------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What moves elements moves cotangents back: what is repeated is summed, what
// is cut out is put into zeros, what is overwritten gets nothing.
//
//===----------------------------------------------------------------------===//

#include "RuleFunctions.h"
#include "TensorBuilders.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace atled;

static SmallVector<int64_t> getAll(int64_t rank, int64_t value) {
  return SmallVector<int64_t>(rank, value);
}

static Value buildScalarZero(RuleBuilder &builder, Value like) {
  auto type = RankedTensorType::get({}, getTensorType(like).getElementType());
  return ConstantOp::create(builder, type, 0.0);
}

Value atled::reshapeLike(RuleBuilder &builder, Value cotangent, Value like) {
  return ReshapeOp::create(builder, like.getType(), cotangent,
                           buildDynamicSizes(builder, builder.getLoc(), like));
}

Value atled::sumOfRepetitions(RuleBuilder &builder, Value cotangent,
                              BroadcastOp op) {
  Value sum = cotangent;
  if (SmallVector<int64_t> repeated = op.getRepeatedDimensions();
      !repeated.empty())
    sum = ReduceSumOp::create(builder, cotangent, repeated);
  // Extents of 1 that were repeated are gone.
  if (sum.getType() == op.getX().getType())
    return sum;
  return reshapeLike(builder, sum, op.getX());
}

DenseI64ArrayAttr atled::inversePermutation(RuleBuilder &builder,
                                            DenseI64ArrayAttr permutation) {
  SmallVector<int64_t> inverse(permutation.size());
  for (auto [to, from] : llvm::enumerate(permutation.asArrayRef()))
    inverse[from] = to;
  return builder.getDenseI64ArrayAttr(inverse);
}

//===----------------------------------------------------------------------===//
// slice, dynamic_slice, dynamic_update_slice
//===----------------------------------------------------------------------===//

/// Puts zeros around and between the elements of the slice.
Value atled::spreadSlice(RuleBuilder &builder, Value cotangent, SliceOp op) {
  RankedTensorType whole = op.getX().getType(), part = op.getType();
  SmallVector<int64_t> low(op.getStarts()), interior, high;
  for (int64_t stride : op.getStrides())
    interior.push_back(stride - 1);
  Value zero = buildScalarZero(builder, cotangent);

  if (whole.hasStaticShape()) {
    for (int64_t dimension : llvm::seq(whole.getRank())) {
      int64_t count = part.getDimSize(dimension);
      int64_t spread =
          count == 0 ? 0 : (count - 1) * op.getStrides()[dimension] + 1;
      high.push_back(whole.getDimSize(dimension) - low[dimension] - spread);
    }
    return PadOp::create(builder, cotangent, zero, low, high, interior);
  }

  // How much follows the last element is known only when running.
  SmallVector<int64_t> none = getAll(whole.getRank(), 0);
  Value spread = PadOp::create(builder, cotangent, zero, none, none, interior);
  SmallVector<Value> starts;
  for (int64_t start : op.getStarts())
    starts.push_back(ConstantOp::create(
        builder, DenseElementsAttr::get(
                     RankedTensorType::get({}, builder.getI64Type()), start)));
  return DynamicUpdateSliceOp::create(builder, builder.zeroTangent(op.getX()),
                                      spread, starts, OutOfRange::clamp);
}

Value atled::spreadDynamicSlice(RuleBuilder &builder, Value cotangent,
                                DynamicSliceOp op) {
  return DynamicUpdateSliceOp::create(builder, builder.zeroTangent(op.getX()),
                                      cotangent, op.getStarts(),
                                      op.getOutOfRange());
}

Value atled::clearUpdatedPart(RuleBuilder &builder, Value cotangent,
                              DynamicUpdateSliceOp op) {
  return DynamicUpdateSliceOp::create(builder, cotangent,
                                      builder.zeroTangent(op.getUpdate()),
                                      op.getStarts(), op.getOutOfRange());
}

Value atled::takeUpdatedPart(RuleBuilder &builder, Value cotangent,
                             DynamicUpdateSliceOp op) {
  RankedTensorType update = op.getUpdate().getType();
  if (update.hasStaticShape())
    return DynamicSliceOp::create(builder, cotangent, op.getStarts(),
                                  update.getShape(), op.getOutOfRange());

  // The one window of a gather may have any size.
  SmallVector<Value> starts;
  for (Value start : op.getStarts())
    starts.push_back(ReshapeOp::create(
        builder,
        RankedTensorType::get(1, getTensorType(start).getElementType()),
        start));
  Value place = ConcatenateOp::create(builder, starts, /*dimension=*/0);
  SmallVector<int64_t> all =
      llvm::to_vector(llvm::seq<int64_t>(update.getRank()));
  const SmallVector<int64_t> none;
  return GatherOp::create(
      builder, cotangent, place,
      buildDynamicSizes(builder, builder.getLoc(), op.getUpdate()),
      update.getShape(), /*offsetDimensions=*/all, /*collapsedDimensions=*/none,
      /*batchDimensions=*/none, /*indexBatchDimensions=*/none,
      /*indexedDimensions=*/all, /*vectorDimension=*/0, op.getOutOfRange());
}

//===----------------------------------------------------------------------===//
// concatenate, pad
//===----------------------------------------------------------------------===//

/// Where it begins is known only when running.
static Value takePartOfDynamic(RuleBuilder &builder, Value cotangent,
                               ConcatenateOp op, unsigned operand) {
  int64_t dimension = op.getDimension();
  auto getSizes = [&](Value input) {
    return getMixedValues(getTensorType(input).getShape(),
                          buildDynamicSizes(builder, builder.getLoc(), input),
                          builder);
  };
  Value start = arith::ConstantIndexOp::create(builder, 0);
  for (Value input : op.getInputs().take_front(operand))
    start = arith::AddIOp::create(
        builder, start,
        getValueOrCreateConstantIndexOp(builder, builder.getLoc(),
                                        getSizes(input)[dimension]));
  RankedTensorType part = getTensorType(op.getInputs()[operand]);
  SmallVector<OpFoldResult> starts(part.getRank(), builder.getIndexAttr(0)),
      strides(part.getRank(), builder.getIndexAttr(1));
  starts[dimension] = start;
  return tensor::ExtractSliceOp::create(builder, part, cotangent, starts,
                                        getSizes(op.getInputs()[operand]),
                                        strides);
}

Value atled::takeConcatenatedPart(RuleBuilder &builder, Value cotangent,
                                  ConcatenateOp op, unsigned operand) {
  int64_t dimension = op.getDimension();
  RankedTensorType part = getTensorType(op.getInputs()[operand]);
  auto isDynamic = [&](Value input) {
    return getTensorType(input).isDynamicDim(dimension);
  };
  if (llvm::any_of(op.getInputs().take_front(operand + 1), isDynamic))
    return takePartOfDynamic(builder, cotangent, op, operand);
  int64_t start = 0;
  for (Value input : op.getInputs().take_front(operand))
    start += getTensorType(input).getDimSize(dimension);
  SmallVector<int64_t> starts = getAll(part.getRank(), 0),
                       strides = getAll(part.getRank(), 1);
  SmallVector<int64_t> limits(getTensorType(cotangent).getShape());
  starts[dimension] = start;
  limits[dimension] = start + part.getDimSize(dimension);
  return SliceOp::create(builder, cotangent, starts, limits, strides);
}

static SmallVector<int64_t> getNegated(ArrayRef<int64_t> values) {
  return llvm::map_to_vector(values, [](int64_t value) { return -value; });
}

/// Takes the margin away (and puts back, as zeros, what was taken), then the
/// gaps between the elements.
Value atled::takePadded(RuleBuilder &builder, Value cotangent, PadOp op) {
  int64_t rank = op.getType().getRank();
  Value inner = PadOp::create(
      builder, cotangent, buildScalarZero(builder, cotangent),
      getNegated(op.getLow()), getNegated(op.getHigh()), getAll(rank, 0));
  SmallVector<int64_t> strides;
  for (int64_t gap : op.getInterior())
    strides.push_back(gap + 1);
  return SliceOp::create(builder, inner, getAll(rank, 0),
                         getTensorType(inner).getShape(), strides);
}

/// The sum over the elements that are padding: told apart by padding a tensor
/// of false with true.
Value atled::sumOfPadding(RuleBuilder &builder, Value cotangent, PadOp op) {
  Type boolean = builder.getI1Type();
  Value isNotPadding =
      buildSplat(builder, builder.getLoc(), op.getX().getType().clone(boolean),
                 0.0, op.getX());
  Value truth =
      ConstantOp::create(builder, RankedTensorType::get({}, boolean), 1.0);
  Value isPadding = PadOp::create(builder, isNotPadding, truth, op.getLow(),
                                  op.getHigh(), op.getInterior());
  Value padding = SelectOp::create(builder, isPadding, cotangent,
                                   builder.zeroTangent(op.getResult()));
  return ReduceSumOp::create(builder, padding);
}
