//===- SlicingOps.cpp - Operations that cut and join ----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Types and verifiers of the shape operations that take parts of tensors and
// put tensors together.
//
//===----------------------------------------------------------------------===//

#include "Diagnostics.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "llvm/Support/CheckedArithmetic.h"
#include "llvm/Support/FormatVariadic.h"

using namespace atled;
using llvm::formatv;

//===----------------------------------------------------------------------===//
// SliceOp
//===----------------------------------------------------------------------===//

/// The range `start:limit:stride` lies within dimension `dimension` of `x`.
static LogicalResult checkRange(std::optional<Location> location, StringRef op,
                                NamedOperand x, int64_t dimension,
                                int64_t start, int64_t limit, int64_t stride) {
  int64_t extent = x.getType().getDimSize(dimension);
  auto report = [&](const Twine &message) {
    return reportError(location, op,
                       "in dimension " + Twine(dimension) + ", " + message, x);
  };
  if (start < 0)
    return report(formatv("start {0} is less than 0", start));
  if (stride < 1)
    return report(formatv("stride {0} is less than 1", stride));
  if (ShapedType::isDynamic(limit)) {
    if (ShapedType::isDynamic(extent))
      return success();
    return report(
        formatv("limit ? is for a dynamic extent, this one is {0}", extent));
  }
  if (limit < start)
    return report(formatv("limit {0} is less than start {1}", limit, start));
  if (!ShapedType::isDynamic(extent) && limit > extent)
    return report(
        formatv("limit {0} is greater than the extent {1}", limit, extent));
  return success();
}

LogicalResult
SliceOp::inferReturnTypes(MLIRContext *context,
                          std::optional<Location> location, Adaptor adaptor,
                          SmallVectorImpl<Type> &inferredReturnTypes) {
  NamedOperand x{"x", adaptor.getX()};
  ArrayRef<int64_t> starts = adaptor.getStarts();
  ArrayRef<int64_t> limits = adaptor.getLimits();
  ArrayRef<int64_t> strides = adaptor.getStrides();
  StringRef op = getOperationName();
  if (failed(
          checkEntryPerDimension(location, op, "starts", starts.size(), x)) ||
      failed(
          checkEntryPerDimension(location, op, "limits", limits.size(), x)) ||
      failed(
          checkEntryPerDimension(location, op, "strides", strides.size(), x)))
    return failure();
  SmallVector<int64_t> shape;
  for (auto [i, start, limit, stride] :
       llvm::enumerate(starts, limits, strides)) {
    if (failed(checkRange(location, op, x, i, start, limit, stride)))
      return failure();
    shape.push_back(ShapedType::isDynamic(limit)
                        ? ShapedType::kDynamic
                        : llvm::divideCeil(static_cast<uint64_t>(limit - start),
                                           static_cast<uint64_t>(stride)));
  }
  inferredReturnTypes.push_back(
      RankedTensorType::get(shape, x.getType().getElementType()));
  return success();
}

//===----------------------------------------------------------------------===//
// DynamicSliceOp, DynamicUpdateSliceOp
//===----------------------------------------------------------------------===//

/// `starts` has one 0-d tensor for each dimension of `x`, all of one type.
static LogicalResult checkStarts(std::optional<Location> location, StringRef op,
                                 ValueRange starts, NamedOperand x,
                                 OutOfRange outOfRange) {
  if (failed(checkEntryPerDimension(location, op, "starts", starts.size(), x)))
    return failure();
  if (outOfRange == OutOfRange::drop)
    return reportError(location, op,
                       "has no out_of_range = drop, which is for gather and "
                       "scatter; clamp moves the part inside");
  for (auto [i, start] : llvm::enumerate(starts)) {
    NamedOperand operand{"start", start};
    if (operand.getType().getRank() != 0)
      return reportError(location, op,
                         formatv("takes starts of rank 0: start {0} has rank "
                                 "{1}",
                                 i, operand.getType().getRank()),
                         operand);
    if (start.getType() != starts.front().getType())
      return reportError(location, op,
                         formatv("takes starts of the same type: start 0 has "
                                 "{0}, start {1} has {2}",
                                 starts.front().getType(), i, start.getType()),
                         operand);
  }
  return success();
}

LogicalResult DynamicSliceOp::inferReturnTypes(
    MLIRContext *context, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &inferredReturnTypes) {
  NamedOperand x{"x", adaptor.getX()};
  RankedTensorType type = x.getType();
  ArrayRef<int64_t> sizes = adaptor.getSliceSizes();
  if (failed(checkStarts(location, getOperationName(), adaptor.getStarts(), x,
                         adaptor.getOutOfRange())) ||
      failed(checkEntryPerDimension(location, getOperationName(), "sizes",
                                    sizes.size(), x)))
    return failure();
  for (auto [i, size, extent] : llvm::enumerate(sizes, type.getShape())) {
    if (ShapedType::isDynamic(size) && !ShapedType::isDynamic(extent))
      return reportError(location, getOperationName(),
                         formatv("in dimension {0}, size ? is for a dynamic "
                                 "extent, this one is {1}",
                                 i, extent),
                         x);
    if (!ShapedType::isDynamic(size) && size < 0)
      return reportError(
          location, getOperationName(),
          formatv("in dimension {0}, size {1} is less than 0", i, size));
    if (!ShapedType::isDynamic(extent) && size > extent)
      return reportError(location, getOperationName(),
                         formatv("in dimension {0}, size {1} is greater than "
                                 "the extent {2}",
                                 i, size, extent),
                         x);
  }
  inferredReturnTypes.push_back(
      RankedTensorType::get(sizes, type.getElementType()));
  return success();
}

LogicalResult DynamicUpdateSliceOp::inferReturnTypes(
    MLIRContext *context, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &inferredReturnTypes) {
  NamedOperand x{"x", adaptor.getX()};
  NamedOperand update{"update", adaptor.getUpdate()};
  StringRef op = getOperationName();
  if (failed(checkSameElementType(location, op, x, update)) ||
      failed(checkStarts(location, op, adaptor.getStarts(), x,
                         adaptor.getOutOfRange())))
    return failure();
  RankedTensorType type = x.getType();
  RankedTensorType updateType = update.getType();
  if (type.getRank() != updateType.getRank())
    return reportError(location, op,
                       formatv("takes an update of the rank of x: x has rank "
                               "{0}, update has rank {1}",
                               type.getRank(), updateType.getRank()),
                       update);
  for (auto [i, extent, updateExtent] :
       llvm::enumerate(type.getShape(), updateType.getShape()))
    if (!ShapedType::isDynamic(extent) &&
        !ShapedType::isDynamic(updateExtent) && updateExtent > extent)
      return reportError(location, op,
                         formatv("update does not fit: x dim {0} is {1}, "
                                 "update dim {0} is {2}",
                                 i, extent, updateExtent),
                         update);
  inferredReturnTypes.push_back(type);
  return success();
}

//===----------------------------------------------------------------------===//
// ConcatenateOp
//===----------------------------------------------------------------------===//

LogicalResult ConcatenateOp::inferReturnTypes(
    MLIRContext *context, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &inferredReturnTypes) {
  StringRef op = getOperationName();
  if (adaptor.getInputs().empty())
    return reportError(location, op, "takes at least one input");
  NamedOperand first{"input 0", adaptor.getInputs().front()};
  RankedTensorType type = first.getType();
  int64_t dimension = adaptor.getDimension();
  if (failed(checkDimension(location, op, dimension, "input 0", type.getRank(),
                            first)))
    return failure();

  std::optional<int64_t> joined = type.getDimSize(dimension);
  for (auto [i, value] : llvm::enumerate(adaptor.getInputs().drop_front())) {
    std::string name = formatv("input {0}", i + 1);
    NamedOperand input{name, value};
    if (failed(checkSameElementType(location, op, first, input)))
      return failure();
    if (input.getType().getRank() != type.getRank())
      return reportError(location, op,
                         formatv("takes inputs of the same rank: input 0 has "
                                 "rank {0}, {1} has rank {2}",
                                 type.getRank(), name,
                                 input.getType().getRank()),
                         input);
    for (int64_t other : getAllDimensions(first.value))
      if (other != dimension &&
          type.getDimSize(other) != input.getType().getDimSize(other))
        return reportError(
            location, op,
            formatv("joins along dimension {0}, but dimension "
                    "{1} differs: it is {2} in input 0, {3} in "
                    "{4}",
                    dimension, other, formatExtent(type.getDimSize(other)),
                    formatExtent(input.getType().getDimSize(other)), name),
            input);
    int64_t extent = input.getType().getDimSize(dimension);
    joined = ShapedType::isDynamic(*joined) || ShapedType::isDynamic(extent)
                 ? ShapedType::kDynamic
                 : llvm::checkedAdd(*joined, extent);
    if (!joined)
      return reportError(location, op,
                         "the extent of the result is 2^63 or more");
  }
  SmallVector<int64_t> shape(type.getShape());
  shape[dimension] = *joined;
  inferredReturnTypes.push_back(
      RankedTensorType::get(shape, type.getElementType()));
  return success();
}

//===----------------------------------------------------------------------===//
// PadOp
//===----------------------------------------------------------------------===//

/// `extent`, with `interior` between neighbours and `low` and `high` around; or
/// nothing, if that is 2^63 or more. It may be less than 0.
static std::optional<int64_t> getPaddedExtent(int64_t extent, int64_t low,
                                              int64_t high, int64_t interior) {
  std::optional<int64_t> gaps =
      llvm::checkedMul(std::max<int64_t>(extent - 1, 0), interior);
  if (!gaps)
    return std::nullopt;
  std::optional<int64_t> inner = llvm::checkedAdd(extent, *gaps);
  std::optional<int64_t> margin = llvm::checkedAdd(low, high);
  if (!inner || !margin)
    return std::nullopt;
  return llvm::checkedAdd(*inner, *margin);
}

LogicalResult
PadOp::inferReturnTypes(MLIRContext *context, std::optional<Location> location,
                        Adaptor adaptor,
                        SmallVectorImpl<Type> &inferredReturnTypes) {
  NamedOperand x{"x", adaptor.getX()};
  NamedOperand value{"value", adaptor.getValue()};
  RankedTensorType type = x.getType();
  StringRef op = getOperationName();
  if (failed(checkSameElementType(location, op, x, value)))
    return failure();
  if (value.getType().getRank() != 0)
    return reportError(location, op,
                       formatv("takes a value of rank 0: value has rank {0}",
                               value.getType().getRank()),
                       value);
  ArrayRef<int64_t> low = adaptor.getLow();
  ArrayRef<int64_t> high = adaptor.getHigh();
  ArrayRef<int64_t> interior = adaptor.getInterior();
  if (failed(checkEntryPerDimension(location, op, "low", low.size(), x)) ||
      failed(checkEntryPerDimension(location, op, "high", high.size(), x)) ||
      failed(
          checkEntryPerDimension(location, op, "interior", interior.size(), x)))
    return failure();

  SmallVector<int64_t> shape;
  for (int64_t i : getAllDimensions(x.value)) {
    if (interior[i] < 0)
      return reportError(location, op,
                         formatv("in dimension {0}, interior {1} is less than "
                                 "0",
                                 i, interior[i]));
    if (type.isDynamicDim(i)) {
      shape.push_back(ShapedType::kDynamic);
      continue;
    }
    std::optional<int64_t> extent =
        getPaddedExtent(type.getDimSize(i), low[i], high[i], interior[i]);
    if (!extent)
      return reportError(location, op,
                         formatv("in dimension {0}, the extent of the result "
                                 "is 2^63 or more",
                                 i));
    if (*extent < 0)
      return reportError(location, op,
                         formatv("in dimension {0}, the extent of the result "
                                 "is {1}: low {2} and high {3} take away more "
                                 "than there is",
                                 i, *extent, low[i], high[i]),
                         x);
    shape.push_back(*extent);
  }
  inferredReturnTypes.push_back(
      RankedTensorType::get(shape, type.getElementType()));
  return success();
}
