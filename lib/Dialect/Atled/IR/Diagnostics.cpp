//===- Diagnostics.cpp - What the verifiers have in common ----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Diagnostics.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/FormatVariadic.h"

using namespace atled;
using llvm::formatv;

LogicalResult atled::reportError(std::optional<Location> location, StringRef op,
                                 const Twine &message,
                                 ArrayRef<NamedOperand> origins) {
  if (!location)
    return failure();
  InFlightDiagnostic diagnostic = emitError(*location)
                                  << "'" << op << "' op " << message;
  for (const NamedOperand &origin : origins)
    diagnostic.attachNote(origin.value.getLoc())
        << formatv("{0} has type {1} and comes from here", origin.name,
                   origin.value.getType())
               .str();
  return diagnostic;
}

std::string atled::formatExtent(int64_t extent) {
  return ShapedType::isDynamic(extent) ? "?" : std::to_string(extent);
}

LogicalResult atled::checkSameType(std::optional<Location> location,
                                   StringRef op, NamedOperand lhs,
                                   NamedOperand rhs) {
  if (lhs.value.getType() == rhs.value.getType())
    return success();
  return reportError(location, op,
                     formatv("takes operands of the same type: {0} has {1}, "
                             "{2} has {3}",
                             lhs.name, lhs.value.getType(), rhs.name,
                             rhs.value.getType()),
                     rhs);
}

LogicalResult atled::checkSameElementType(std::optional<Location> location,
                                          StringRef op, NamedOperand lhs,
                                          NamedOperand rhs) {
  Type lhsElement = lhs.getType().getElementType();
  Type rhsElement = rhs.getType().getElementType();
  if (lhsElement == rhsElement)
    return success();
  return reportError(location, op,
                     formatv("takes operands of the same element type: {0} has "
                             "{1}, {2} has {3}",
                             lhs.name, lhsElement, rhs.name, rhsElement),
                     rhs);
}

LogicalResult atled::checkDimension(std::optional<Location> location,
                                    StringRef op, int64_t dimension,
                                    StringRef of, int64_t rank,
                                    ArrayRef<NamedOperand> origins) {
  if (dimension >= 0 && dimension < rank)
    return success();
  return reportError(location, op,
                     formatv("dimension {0} is out of range: {1} has rank {2}",
                             dimension, of, rank),
                     origins);
}

LogicalResult atled::checkIncreasingDimensions(std::optional<Location> location,
                                               StringRef op,
                                               ArrayRef<int64_t> dimensions,
                                               StringRef of, int64_t rank,
                                               ArrayRef<NamedOperand> origins) {
  for (auto [i, dimension] : llvm::enumerate(dimensions)) {
    if (failed(checkDimension(location, op, dimension, of, rank, origins)))
      return failure();
    if (i > 0 && dimensions[i - 1] == dimension)
      return reportError(location, op,
                         formatv("dimension {0} occurs twice", dimension));
    if (i > 0 && dimensions[i - 1] > dimension)
      return reportError(location, op,
                         formatv("dimensions must increase: {0} comes after "
                                 "{1}",
                                 dimension, dimensions[i - 1]));
  }
  return success();
}

LogicalResult atled::checkEntryPerDimension(std::optional<Location> location,
                                            StringRef op, StringRef name,
                                            size_t count,
                                            NamedOperand operand) {
  int64_t rank = operand.getType().getRank();
  if (static_cast<int64_t>(count) == rank)
    return success();
  return reportError(location, op,
                     formatv("{0} has {1} entries, but {2} has rank {3}", name,
                             count, operand.name, rank),
                     operand);
}

LogicalResult atled::checkSizes(std::optional<Location> location, StringRef op,
                                size_t count, int64_t expected,
                                StringRef dimensions) {
  if (static_cast<int64_t>(count) == expected)
    return success();
  return reportError(location, op,
                     formatv("sizes has {0} entries, but the result has {1} "
                             "{2}",
                             count, expected, dimensions));
}

LogicalResult atled::checkIndicesFit(std::optional<Location> location,
                                     StringRef op, RankedTensorType type,
                                     int64_t dimension, int64_t count) {
  auto index = cast<IntegerType>(type.getElementType());
  APInt last = index.isUnsigned() ? APInt::getMaxValue(index.getWidth())
                                  : APInt::getSignedMaxValue(index.getWidth());
  if (count <= 0 || last.getZExtValue() >= static_cast<uint64_t>(count - 1))
    return success();
  return reportError(location, op,
                     formatv("returns indices up to {0} along dimension {1}, "
                             "which do not fit {2}",
                             count - 1, dimension, index));
}
