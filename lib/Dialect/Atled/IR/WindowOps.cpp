//===- WindowOps.cpp - Windows that slide over a tensor -------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Diagnostics.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

using namespace atled;
using llvm::formatv;

namespace {
/// A list of numbers, one for each dimension that windows slide over.
struct NamedList {
  StringRef name;
  ArrayRef<int64_t> numbers;
  int64_t least;
};

/// Checks the attributes of windows over a tensor.
class WindowChecker {
public:
  WindowChecker(std::optional<Location> location, StringRef op, Value x,
                ArrayRef<int64_t> dimensions)
      : location(location), op(op), x{"x", x}, dimensions(dimensions) {}

  LogicalResult checkLists(ArrayRef<NamedList> lists);
  /// How many windows there are; reports what no index can count.
  FailureOr<int64_t> countWindows(int64_t dimension, int64_t extent,
                                  int64_t size, int64_t stride,
                                  int64_t dilation);
  LogicalResult report(const Twine &message) {
    return reportError(location, op, message, x);
  }

private:
  std::optional<Location> location;
  StringRef op;
  NamedOperand x;
  ArrayRef<int64_t> dimensions;
};
} // namespace

LogicalResult WindowChecker::checkLists(ArrayRef<NamedList> lists) {
  for (const NamedList &list : lists) {
    if (list.numbers.size() != dimensions.size())
      return report(formatv("{0} has {1} entries for {2} dimensions", list.name,
                            list.numbers.size(), dimensions.size()));
    for (int64_t number : list.numbers)
      if (number < list.least)
        return report(formatv("{0} has the entry {1}, and the least is {2}",
                              list.name, number, list.least));
  }
  return success();
}

FailureOr<int64_t> WindowChecker::countWindows(int64_t dimension,
                                               int64_t extent, int64_t size,
                                               int64_t stride,
                                               int64_t dilation) {
  int64_t reach;
  if (llvm::MulOverflow(size - 1, dilation, reach))
    return report(formatv("a window of {0} elements that are {1} apart is too "
                          "long for dimension {2}",
                          size, dilation, dimension));
  return reach < extent ? (extent - 1 - reach) / stride + 1 : 0;
}

LogicalResult
UnfoldOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                           Adaptor adaptor,
                           SmallVectorImpl<Type> &inferredReturnTypes) {
  auto type = cast<RankedTensorType>(adaptor.getX().getType());
  ArrayRef<int64_t> dimensions = adaptor.getDimensions();
  NamedOperand x{"x", adaptor.getX()};
  if (failed(checkIncreasingDimensions(location, getOperationName(), dimensions,
                                       "x", type.getRank(), x)))
    return failure();
  WindowChecker checker(location, getOperationName(), adaptor.getX(),
                        dimensions);
  if (failed(checker.checkLists({{"sizes", adaptor.getSizes(), 1},
                                 {"strides", adaptor.getStrides(), 1},
                                 {"dilations", adaptor.getDilations(), 1}})))
    return failure();
  SmallVector<int64_t> shape(type.getShape());
  for (auto [index, dimension] : llvm::enumerate(dimensions)) {
    if (type.isDynamicDim(dimension))
      return checker.report(formatv(
          "slides over dimension {0} of x, which is dynamic; 'atled.reshape' "
          "makes it static",
          dimension));
    FailureOr<int64_t> count = checker.countWindows(
        dimension, shape[dimension], adaptor.getSizes()[index],
        adaptor.getStrides()[index], adaptor.getDilations()[index]);
    if (failed(count))
      return failure();
    shape[dimension] = *count;
  }
  llvm::append_range(shape, adaptor.getSizes());
  inferredReturnTypes.push_back(
      RankedTensorType::get(shape, type.getElementType()));
  return success();
}

LogicalResult
OverlapAddOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                               Adaptor adaptor,
                               SmallVectorImpl<Type> &inferredReturnTypes) {
  auto type = cast<RankedTensorType>(adaptor.getX().getType());
  ArrayRef<int64_t> dimensions = adaptor.getDimensions();
  NamedOperand x{"x", adaptor.getX()};
  WindowChecker checker(location, getOperationName(), adaptor.getX(),
                        dimensions);
  int64_t rank = type.getRank() - dimensions.size();
  if (rank < 0)
    return checker.report(formatv("needs a dimension of x for each of the {0} "
                                  "of a window",
                                  dimensions.size()));
  if (failed(checkIncreasingDimensions(location, getOperationName(), dimensions,
                                       "the result", rank, x)) ||
      failed(checker.checkLists({{"extents", adaptor.getExtents(), 0},
                                 {"strides", adaptor.getStrides(), 1},
                                 {"dilations", adaptor.getDilations(), 1}})))
    return failure();
  SmallVector<int64_t> shape(type.getShape().take_front(rank));
  for (auto [index, dimension] : llvm::enumerate(dimensions)) {
    int64_t size = type.getDimSize(rank + index);
    if (type.isDynamicDim(dimension) || type.isDynamicDim(rank + index))
      return checker.report(formatv(
          "adds windows along dimension {0} of x, and their number or size is "
          "dynamic; 'atled.reshape' makes it static",
          dimension));
    int64_t extent = adaptor.getExtents()[index];
    FailureOr<int64_t> count = checker.countWindows(
        dimension, extent, std::max<int64_t>(size, 1),
        adaptor.getStrides()[index], adaptor.getDilations()[index]);
    if (failed(count))
      return failure();
    if (size == 0 || *count != shape[dimension])
      return checker.report(
          formatv("x has {0} windows of {1} elements along dimension {2}, and "
                  "{3} elements have {4}",
                  shape[dimension], size, dimension, extent, *count));
    shape[dimension] = extent;
  }
  inferredReturnTypes.push_back(
      RankedTensorType::get(shape, type.getElementType()));
  return success();
}
