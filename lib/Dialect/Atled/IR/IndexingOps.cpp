//===- IndexingOps.cpp - Parts at places that a tensor names --------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Types and verifiers.
//
//===----------------------------------------------------------------------===//

#include "Diagnostics.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "llvm/Support/FormatVariadic.h"

using namespace atled;
using llvm::formatv;

template <typename OpOrAdaptor>
static IndexedWindows makeWindows(OpOrAdaptor op) {
  auto getRank = [](Value value) {
    return cast<RankedTensorType>(value.getType()).getRank();
  };
  return {op.getOffsetDimensions(),  op.getCollapsedDimensions(),
          op.getBatchDimensions(),   op.getIndexBatchDimensions(),
          op.getIndexedDimensions(), int64_t(op.getVectorDimension()),
          getRank(op.getX()),        getRank(op.getIndices())};
}

IndexedWindows GatherOp::getWindows() { return makeWindows(*this); }
IndexedWindows ScatterOp::getWindows() { return makeWindows(*this); }

//===----------------------------------------------------------------------===//
// The dimension numbers
//===----------------------------------------------------------------------===//

namespace {
/// Checks the numbers of a gather or a scatter.
class NumbersVerifier {
public:
  NumbersVerifier(std::optional<Location> location, StringRef op,
                  const IndexedWindows &windows, NamedOperand x,
                  NamedOperand indices)
      : location(location), op(op), windows(windows), x(x), indices(indices) {}

  LogicalResult run();

private:
  LogicalResult report(const Twine &message) {
    return reportError(location, op, message, {x, indices});
  }
  /// No dimension of the list called `name` is out of range or there twice.
  LogicalResult checkDistinct(StringRef name, ArrayRef<int64_t> dimensions,
                              StringRef of, int64_t rank);
  LogicalResult checkVector();
  LogicalResult checkBatch();
  /// No dimension of `x` is in two of the lists.
  LogicalResult checkDisjoint();

  std::optional<Location> location;
  StringRef op;
  const IndexedWindows &windows;
  NamedOperand x, indices;
};
} // namespace

LogicalResult NumbersVerifier::checkDistinct(StringRef name,
                                             ArrayRef<int64_t> dimensions,
                                             StringRef of, int64_t rank) {
  for (auto [position, dimension] : llvm::enumerate(dimensions)) {
    if (dimension < 0 || dimension >= rank)
      return report(formatv("{0} has dimension {1}, and {2} has rank {3}", name,
                            dimension, of, rank));
    if (llvm::is_contained(dimensions.take_front(position), dimension))
      return report(formatv("{0} has dimension {1} twice", name, dimension));
  }
  return success();
}

LogicalResult NumbersVerifier::checkVector() {
  int64_t vector = windows.vector;
  if (vector < 0 || vector > windows.indexRank)
    return report(formatv("vector is {0}, and indices has rank {1}", vector,
                          windows.indexRank));
  int64_t length =
      vector == windows.indexRank ? 1 : indices.getType().getDimSize(vector);
  if (length != int64_t(windows.indexed.size()))
    return report(formatv("index vectors have {0} elements, and indexed names "
                          "{1} dimensions",
                          formatExtent(length), windows.indexed.size()));
  return success();
}

LogicalResult NumbersVerifier::checkBatch() {
  if (windows.batch.size() != windows.indexBatch.size())
    return report(formatv("batch pairs {0} dimensions with {1}",
                          windows.batch.size(), windows.indexBatch.size()));
  if (llvm::is_contained(windows.indexBatch, windows.vector))
    return report(formatv("batch has dimension {0} of indices, along which the "
                          "index vectors run",
                          windows.vector));
  for (auto [dimension, other] :
       llvm::zip_equal(windows.batch, windows.indexBatch)) {
    int64_t extent = x.getType().getDimSize(dimension);
    int64_t otherExtent = indices.getType().getDimSize(other);
    if (!ShapedType::isDynamic(extent) && !ShapedType::isDynamic(otherExtent) &&
        extent != otherExtent)
      return report(
          formatv("batch pairs dimension {0} of x, of extent {1}, with "
                  "dimension {2} of indices, of extent {3}",
                  dimension, extent, other, otherExtent));
  }
  return success();
}

LogicalResult NumbersVerifier::checkDisjoint() {
  for (int64_t dimension : windows.batch) {
    if (llvm::is_contained(windows.collapsed, dimension))
      return report(formatv("dimension {0} of x is in both batch and collapsed",
                            dimension));
    if (llvm::is_contained(windows.indexed, dimension))
      return report(formatv("dimension {0} of x is in both batch and indexed",
                            dimension));
  }
  return success();
}

LogicalResult NumbersVerifier::run() {
  if (failed(checkIncreasingDimensions(location, op, windows.collapsed, "x",
                                       windows.rank, x)) ||
      failed(checkDistinct("batch", windows.batch, "x", windows.rank)) ||
      failed(checkDistinct("batch", windows.indexBatch, "indices",
                           windows.indexRank)) ||
      failed(checkDistinct("indexed", windows.indexed, "x", windows.rank)) ||
      failed(checkVector()) || failed(checkBatch()) || failed(checkDisjoint()))
    return failure();
  size_t numKept = windows.getKept().size();
  if (windows.offset.size() != numKept)
    return report(formatv("offset names {0} dimensions, and a window has {1}",
                          windows.offset.size(), numKept));
  return checkIncreasingDimensions(location, op, windows.offset,
                                   "the tensor of windows",
                                   windows.getWindowsRank());
}

//===----------------------------------------------------------------------===//
// GatherOp
//===----------------------------------------------------------------------===//

/// What is taken along dimension `dimension` fits in there. What `?` is, an
/// operand says, or it is all that is there.
static LogicalResult checkSize(std::optional<Location> location, StringRef op,
                               const IndexedWindows &windows, NamedOperand x,
                               int64_t dimension, int64_t size,
                               bool hasOperands) {
  int64_t extent = x.getType().getDimSize(dimension);
  auto report = [&](const Twine &message) {
    return reportError(location, op,
                       "in dimension " + Twine(dimension) + ", " + message, x);
  };
  bool isDropped = !windows.getOffset(dimension);
  if (isDropped && size != 1)
    return report(formatv("size {0} is not 1, and the window drops it",
                          formatExtent(size)));
  if (ShapedType::isDynamic(size)) {
    if (!hasOperands &&
        (!ShapedType::isDynamic(extent) || windows.getVectorElement(dimension)))
      return report("size ? is for a dynamic extent that is not indexed, or "
                    "has an operand that says it");
    return success();
  }
  if (size < 0)
    return report(formatv("size {0} is less than 0", size));
  if (!ShapedType::isDynamic(extent) && size > extent)
    return report(
        formatv("size {0} is greater than the extent {1}", size, extent));
  return success();
}

LogicalResult
GatherOp::inferReturnTypes(MLIRContext *context,
                           std::optional<Location> location, Adaptor adaptor,
                           SmallVectorImpl<Type> &inferredReturnTypes) {
  StringRef op = getOperationName();
  NamedOperand x{"x", adaptor.getX()}, indices{"indices", adaptor.getIndices()};
  IndexedWindows windows = makeWindows(adaptor);
  ArrayRef<int64_t> sizes = adaptor.getSliceSizes();
  if (failed(NumbersVerifier(location, op, windows, x, indices).run()) ||
      failed(checkEntryPerDimension(location, op, "sizes", sizes.size(), x)))
    return failure();
  size_t numGiven = adaptor.getSizes().size();
  size_t numOpen = llvm::count_if(sizes, ShapedType::isDynamic);
  if (numGiven != 0 && numGiven != numOpen)
    return reportError(location, op,
                       formatv("takes an operand for each size that is ?: {0} "
                               "are, and {1} operands are given",
                               numOpen, numGiven),
                       x);
  for (auto [dimension, size] : llvm::enumerate(sizes))
    if (failed(checkSize(location, op, windows, x, dimension, size,
                         /*hasOperands=*/numGiven != 0)))
      return failure();

  SmallVector<int64_t> shape(windows.getWindowsRank());
  for (auto [to, from] :
       llvm::zip_equal(windows.getOuter(), windows.getIndexOuter()))
    shape[to] = indices.getType().getDimSize(from);
  for (auto [to, from] : llvm::zip_equal(windows.offset, windows.getKept()))
    shape[to] = sizes[from];
  inferredReturnTypes.push_back(
      RankedTensorType::get(shape, x.getType().getElementType()));
  return success();
}

std::optional<unsigned> GatherOp::getSizeOperand(int64_t dimension) {
  ArrayRef<int64_t> sizes = getSliceSizes();
  if (getSizes().empty() || !ShapedType::isDynamic(sizes[dimension]))
    return std::nullopt;
  return llvm::count_if(sizes.take_front(dimension), ShapedType::isDynamic);
}

//===----------------------------------------------------------------------===//
// ScatterOp
//===----------------------------------------------------------------------===//

/// The windows have the extents that the index vectors and `x` leave to them.
static LogicalResult checkUpdates(std::optional<Location> location,
                                  StringRef op, const IndexedWindows &windows,
                                  NamedOperand x, NamedOperand indices,
                                  NamedOperand updates) {
  if (updates.getType().getRank() != windows.getWindowsRank())
    return reportError(location, op,
                       formatv("updates has rank {0}, and the numbers give it "
                               "{1}",
                               updates.getType().getRank(),
                               windows.getWindowsRank()),
                       {updates, indices});
  for (auto [to, from] :
       llvm::zip_equal(windows.getOuter(), windows.getIndexOuter())) {
    int64_t extent = updates.getType().getDimSize(to);
    int64_t count = indices.getType().getDimSize(from);
    if (!ShapedType::isDynamic(extent) && !ShapedType::isDynamic(count) &&
        extent != count)
      return reportError(location, op,
                         formatv("dimension {0} of updates has extent {1}, and "
                                 "dimension {2} of indices {3}",
                                 to, extent, from, count),
                         {updates, indices});
  }
  for (auto [to, from] : llvm::zip_equal(windows.offset, windows.getKept())) {
    int64_t size = updates.getType().getDimSize(to);
    int64_t extent = x.getType().getDimSize(from);
    if (!ShapedType::isDynamic(size) && !ShapedType::isDynamic(extent) &&
        size > extent)
      return reportError(
          location, op,
          formatv("dimension {0} of updates has extent {1}, more "
                  "than the {2} of dimension {3} of x",
                  to, size, extent, from),
          {updates, x});
  }
  return success();
}

LogicalResult
ScatterOp::inferReturnTypes(MLIRContext *context,
                            std::optional<Location> location, Adaptor adaptor,
                            SmallVectorImpl<Type> &inferredReturnTypes) {
  StringRef op = getOperationName();
  NamedOperand x{"x", adaptor.getX()}, indices{"indices", adaptor.getIndices()},
      updates{"updates", adaptor.getUpdates()};
  IndexedWindows windows = makeWindows(adaptor);
  if (failed(checkSameElementType(location, op, x, updates)) ||
      failed(NumbersVerifier(location, op, windows, x, indices).run()) ||
      failed(checkUpdates(location, op, windows, x, indices, updates)))
    return failure();
  inferredReturnTypes.push_back(x.getType());
  return success();
}

LogicalResult ScatterOp::verify() {
  if (getMode() != ScatterMode::set &&
      isBooleanElement(getType().getElementType()))
    return emitOpError("computes with numbers, and has i1; 'set' takes any");
  return success();
}
