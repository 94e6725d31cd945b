//===- ConvolutionOps.cpp - Products summed over windows ------------------===//
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
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CheckedArithmetic.h"
#include "llvm/Support/FormatVariadic.h"

using namespace atled;
using llvm::formatv;

namespace {
/// Checks a convolution and finds the extents of its result.
class ConvolutionShape {
public:
  ConvolutionShape(std::optional<Location> location,
                   ConvolutionOp::Adaptor adaptor)
      : location(location), op(adaptor), lhs{"lhs", adaptor.getLhs()},
        rhs{"rhs", adaptor.getRhs()} {}

  LogicalResult infer(SmallVectorImpl<int64_t> &shape);

private:
  LogicalResult report(const Twine &message) {
    return reportError(location, ConvolutionOp::getOperationName(), message,
                       {lhs, rhs});
  }
  /// The names are letters and digits, each once, one per dimension.
  LogicalResult checkNames(StringRef what, StringRef names,
                           std::optional<int64_t> rank);
  LogicalResult checkLetters();
  LogicalResult checkDigits();
  LogicalResult checkWindows();
  /// The extent of the dimension called `name`, from the operands.
  FailureOr<int64_t> inferLetter(char name);
  FailureOr<int64_t> inferSpatial(int64_t spatial);

  std::optional<Location> location;
  ConvolutionOp::Adaptor op;
  NamedOperand lhs, rhs;
};
} // namespace

/// The whole of the character of UTF-8 that begins at `position`.
static StringRef getCharacter(StringRef text, size_t position) {
  StringRef rest = text.drop_front(position);
  auto isContinuation = [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
  };
  return rest.take_front(1 +
                         rest.drop_front().take_while(isContinuation).size());
}

LogicalResult ConvolutionShape::checkNames(StringRef what, StringRef names,
                                           std::optional<int64_t> rank) {
  for (auto [position, name] : llvm::enumerate(names)) {
    if (!llvm::isLower(name) && !llvm::isDigit(name))
      return report(formatv("{0} has a dimension '{1}'; they are called by "
                            "letters, a to z, and spatial ones by digits",
                            what, getCharacter(names, position)));
    if (names.take_front(position).contains(name))
      return report(formatv("{0} has dimension '{1}' twice", what, name));
  }
  if (rank && int64_t(names.size()) != *rank)
    return report(formatv("\"{0}\" names {1} dimensions, and {2} has rank {3}",
                          names, names.size(), what, *rank));
  return success();
}

LogicalResult ConvolutionShape::checkLetters() {
  StringRef all[] = {op.getLhsDimensions(), op.getRhsDimensions(),
                     op.getResultDimensions()};
  for (StringRef names : all)
    for (char name : names) {
      unsigned count = llvm::count_if(
          all, [&](StringRef others) { return others.contains(name); });
      if (llvm::isDigit(name) && count != 3)
        return report(formatv("dimension '{0}' is spatial, and not one of lhs, "
                              "rhs and the result",
                              name));
      if (count == 1)
        return report(
            formatv("dimension '{0}' is one of a single tensor", name));
    }
  return success();
}

LogicalResult ConvolutionShape::checkDigits() {
  int64_t numSpatial = llvm::count_if(op.getLhsDimensions(), llvm::isDigit);
  for (int64_t spatial : llvm::seq(numSpatial))
    if (ConvolutionOp::getSpatial(op.getLhsDimensions(), spatial) < 0)
      return report(formatv("has {0} spatial dimensions, and none is '{1}'",
                            numSpatial, spatial));
  std::pair<StringRef, ArrayRef<int64_t>> lists[] = {
      {"strides", op.getStrides()},
      {"low", op.getLow()},
      {"high", op.getHigh()},
      {"lhs_dilation", op.getLhsDilation()},
      {"rhs_dilation", op.getRhsDilation()}};
  for (auto [name, list] : lists)
    if (int64_t(list.size()) != numSpatial)
      return report(formatv("{0} has {1} entries, and there are {2} spatial "
                            "dimensions",
                            name, list.size(), numSpatial));
  return success();
}

LogicalResult ConvolutionShape::checkWindows() {
  std::pair<StringRef, ArrayRef<int64_t>> positive[] = {
      {"stride", op.getStrides()},
      {"lhs_dilation", op.getLhsDilation()},
      {"rhs_dilation", op.getRhsDilation()}};
  for (auto [name, list] : positive)
    for (auto [spatial, value] : llvm::enumerate(list))
      if (value < 1)
        return report(
            formatv("in spatial dimension {0}, {1} {2} is less than 1", spatial,
                    name, value));
  for (int64_t spatial : llvm::seq(int64_t(op.getStrides().size())))
    if (rhs.getType().getDimSize(
            ConvolutionOp::getSpatial(op.getRhsDimensions(), spatial)) == 0)
      return report(
          formatv("in spatial dimension {0}, the kernel is empty", spatial));
  return success();
}

FailureOr<int64_t> ConvolutionShape::inferLetter(char name) {
  size_t inLhs = op.getLhsDimensions().find(name);
  size_t inRhs = op.getRhsDimensions().find(name);
  if (inLhs == StringRef::npos)
    return rhs.getType().getDimSize(inRhs);
  int64_t extent = lhs.getType().getDimSize(inLhs);
  if (inRhs == StringRef::npos || extent == rhs.getType().getDimSize(inRhs))
    return extent;
  return report(formatv("dimension '{0}' has extent {1} in lhs and {2} in rhs",
                        name, formatExtent(extent),
                        formatExtent(rhs.getType().getDimSize(inRhs))));
}

/// floor((padded - window) / stride) + 1, or none.
FailureOr<int64_t> ConvolutionShape::inferSpatial(int64_t spatial) {
  int64_t image = lhs.getType().getDimSize(
      ConvolutionOp::getSpatial(op.getLhsDimensions(), spatial));
  int64_t kernel = rhs.getType().getDimSize(
      ConvolutionOp::getSpatial(op.getRhsDimensions(), spatial));
  if (ShapedType::isDynamic(image) || ShapedType::isDynamic(kernel))
    return ShapedType::kDynamic;
  // (extent - 1) * dilation + 1 + more
  auto dilate = [](int64_t extent, int64_t dilation, int64_t more) {
    std::optional<int64_t> length =
        extent == 0 ? std::optional<int64_t>(0)
                    : llvm::checkedMulAdd<int64_t>(extent - 1, dilation, 1);
    return length ? llvm::checkedAdd<int64_t>(*length, more) : std::nullopt;
  };
  std::optional<int64_t> margin =
      llvm::checkedAdd<int64_t>(op.getLow()[spatial], op.getHigh()[spatial]);
  std::optional<int64_t> padded =
      margin ? dilate(image, op.getLhsDilation()[spatial], *margin)
             : std::nullopt;
  std::optional<int64_t> window =
      dilate(kernel, op.getRhsDilation()[spatial], 0);
  if (!padded || !window)
    return report(
        formatv("in spatial dimension {0}, an extent is beyond 2^63", spatial));
  if (*padded < 0)
    return report(formatv("in spatial dimension {0}, lhs is padded to the "
                          "extent {1}",
                          spatial, *padded));
  return *padded < *window ? 0
                           : (*padded - *window) / op.getStrides()[spatial] + 1;
}

LogicalResult ConvolutionShape::infer(SmallVectorImpl<int64_t> &shape) {
  if (failed(
          checkNames("lhs", op.getLhsDimensions(), lhs.getType().getRank())) ||
      failed(
          checkNames("rhs", op.getRhsDimensions(), rhs.getType().getRank())) ||
      failed(
          checkNames("the result", op.getResultDimensions(), std::nullopt)) ||
      failed(checkLetters()) || failed(checkDigits()) || failed(checkWindows()))
    return failure();
  for (char name : op.getLhsDimensions())
    if (llvm::isLower(name) && failed(inferLetter(name)))
      return failure();
  for (char name : op.getResultDimensions()) {
    FailureOr<int64_t> extent =
        llvm::isDigit(name) ? inferSpatial(name - '0') : inferLetter(name);
    if (failed(extent))
      return failure();
    shape.push_back(*extent);
  }
  return success();
}

LogicalResult ConvolutionOp::inferReturnTypes(
    MLIRContext *context, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &inferredReturnTypes) {
  NamedOperand lhs{"lhs", adaptor.getLhs()}, rhs{"rhs", adaptor.getRhs()};
  SmallVector<int64_t> shape;
  if (failed(checkSameElementType(location, getOperationName(), lhs, rhs)) ||
      failed(ConvolutionShape(location, adaptor).infer(shape)))
    return failure();
  inferredReturnTypes.push_back(
      RankedTensorType::get(shape, lhs.getType().getElementType()));
  return success();
}

std::optional<int64_t> ConvolutionOp::countOperations() {
  if (!getType().hasStaticShape() || !getRhs().getType().hasStaticShape())
    return std::nullopt;
  // For each element of the result, what of the kernel it does not have.
  int64_t count = getType().getNumElements();
  for (auto [name, extent] :
       llvm::zip_equal(getRhsDimensions(), getRhs().getType().getShape()))
    if (llvm::isDigit(name) || !getResultDimensions().contains(name))
      count *= extent;
  return count;
}
