//===- ContractionOps.cpp - Products summed over dimensions ---------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Types and verifiers. matmul and dot are short forms of contract: one function
// infers the type of all three.
//
//===----------------------------------------------------------------------===//

#include "Diagnostics.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "llvm/ADT/SmallBitVector.h"
#include "llvm/Support/FormatVariadic.h"

using namespace atled;
using llvm::formatv;

namespace {
/// One operand of a contraction, and the dimensions of it that are paired with
/// dimensions of the other.
struct Side {
  NamedOperand operand;
  SmallVector<int64_t> batch;
  SmallVector<int64_t> contracting;

  int64_t extent(int64_t dimension) const {
    return operand.getType().getDimSize(dimension);
  }
};
} // namespace

/// The dimensions below `rank` that are in neither list, in order.
static SmallVector<int64_t> getFree(int64_t rank, ArrayRef<int64_t> batch,
                                    ArrayRef<int64_t> contracting) {
  SmallVector<int64_t> free;
  for (int64_t dimension = 0; dimension < rank; ++dimension)
    if (!llvm::is_contained(batch, dimension) &&
        !llvm::is_contained(contracting, dimension))
      free.push_back(dimension);
  return free;
}

/// The paired dimensions of `side` exist, and none is there twice.
static LogicalResult checkSide(std::optional<Location> location, StringRef op,
                               const Side &side) {
  int64_t rank = side.operand.getType().getRank();
  llvm::SmallBitVector seen(rank);
  for (int64_t dimension :
       llvm::concat<const int64_t>(side.batch, side.contracting)) {
    if (failed(checkDimension(location, op, dimension, side.operand.name, rank,
                              side.operand)))
      return failure();
    if (seen.test(dimension))
      return reportError(location, op,
                         formatv("{0} dim {1} occurs twice among batch and "
                                 "contracting dimensions",
                                 side.operand.name, dimension));
    seen.set(dimension);
  }
  return success();
}

/// The dimensions that are paired, by name `what`, are equally many and of
/// equal extents.
static LogicalResult checkPairs(std::optional<Location> location, StringRef op,
                                StringRef verb, StringRef what, const Side &lhs,
                                ArrayRef<int64_t> lhsDims, const Side &rhs,
                                ArrayRef<int64_t> rhsDims) {
  if (lhsDims.size() != rhsDims.size())
    return reportError(location, op,
                       formatv("pairs {0} dimensions: lhs has {1}, rhs has {2}",
                               what, lhsDims.size(), rhsDims.size()));
  for (auto [lhsDim, rhsDim] : llvm::zip(lhsDims, rhsDims))
    if (lhs.extent(lhsDim) != rhs.extent(rhsDim))
      return reportError(
          location, op,
          formatv("{0} dimensions of different size: lhs dim {1} is {2}, rhs "
                  "dim {3} is {4}",
                  verb, lhsDim, formatExtent(lhs.extent(lhsDim)), rhsDim,
                  formatExtent(rhs.extent(rhsDim))),
          rhs.operand);
  return success();
}

static LogicalResult
inferContraction(std::optional<Location> location, StringRef op,
                 const Side &lhs, const Side &rhs,
                 SmallVectorImpl<Type> &inferredReturnTypes) {
  if (failed(checkSameElementType(location, op, lhs.operand, rhs.operand)) ||
      failed(checkSide(location, op, lhs)) ||
      failed(checkSide(location, op, rhs)) ||
      failed(checkPairs(location, op, "batches", "batch", lhs, lhs.batch, rhs,
                        rhs.batch)) ||
      failed(checkPairs(location, op, "contracts", "contracting", lhs,
                        lhs.contracting, rhs, rhs.contracting)))
    return failure();

  RankedTensorType lhsType = lhs.operand.getType();
  RankedTensorType rhsType = rhs.operand.getType();
  SmallVector<int64_t> shape;
  for (int64_t dimension : lhs.batch)
    shape.push_back(lhs.extent(dimension));
  for (int64_t dimension :
       getFree(lhsType.getRank(), lhs.batch, lhs.contracting))
    shape.push_back(lhs.extent(dimension));
  for (int64_t dimension :
       getFree(rhsType.getRank(), rhs.batch, rhs.contracting))
    shape.push_back(rhs.extent(dimension));
  inferredReturnTypes.push_back(
      RankedTensorType::get(shape, lhsType.getElementType()));
  return success();
}

/// Both operands have rank `rank`, as `shapes` (matrices, vectors) have.
static LogicalResult checkRanks(std::optional<Location> location, StringRef op,
                                NamedOperand lhs, NamedOperand rhs,
                                StringRef shapes, int64_t rank) {
  for (const NamedOperand &operand : {lhs, rhs})
    if (operand.getType().getRank() != rank)
      return reportError(
          location, op,
          formatv("takes two {0}, of rank {1}: {2} has rank {3}; "
                  "'atled.contract', and matmul and einsum in C++, take any",
                  shapes, rank, operand.name, operand.getType().getRank()),
          operand);
  return success();
}

//===----------------------------------------------------------------------===//
// ContractOp
//===----------------------------------------------------------------------===//

SmallVector<int64_t> ContractOp::getLhsFree() {
  return getFree(getLhs().getType().getRank(), getLhsBatch(),
                 getLhsContracting());
}

SmallVector<int64_t> ContractOp::getRhsFree() {
  return getFree(getRhs().getType().getRank(), getRhsBatch(),
                 getRhsContracting());
}

LogicalResult
ContractOp::inferReturnTypes(MLIRContext *context,
                             std::optional<Location> location, Adaptor adaptor,
                             SmallVectorImpl<Type> &inferredReturnTypes) {
  Side lhs{{"lhs", adaptor.getLhs()},
           SmallVector<int64_t>(adaptor.getLhsBatch()),
           SmallVector<int64_t>(adaptor.getLhsContracting())};
  Side rhs{{"rhs", adaptor.getRhs()},
           SmallVector<int64_t>(adaptor.getRhsBatch()),
           SmallVector<int64_t>(adaptor.getRhsContracting())};
  return inferContraction(location, getOperationName(), lhs, rhs,
                          inferredReturnTypes);
}

//===----------------------------------------------------------------------===//
// MatmulOp
//===----------------------------------------------------------------------===//

LogicalResult
MatmulOp::inferReturnTypes(MLIRContext *context,
                           std::optional<Location> location, Adaptor adaptor,
                           SmallVectorImpl<Type> &inferredReturnTypes) {
  Side lhs{{"lhs", adaptor.getLhs()}, {}, {1}};
  Side rhs{{"rhs", adaptor.getRhs()}, {}, {0}};
  if (failed(checkRanks(location, getOperationName(), lhs.operand, rhs.operand,
                        "matrices", 2)))
    return failure();
  return inferContraction(location, getOperationName(), lhs, rhs,
                          inferredReturnTypes);
}

//===----------------------------------------------------------------------===//
// DotOp
//===----------------------------------------------------------------------===//

LogicalResult
DotOp::inferReturnTypes(MLIRContext *context, std::optional<Location> location,
                        Adaptor adaptor,
                        SmallVectorImpl<Type> &inferredReturnTypes) {
  Side lhs{{"lhs", adaptor.getLhs()}, {}, {0}};
  Side rhs{{"rhs", adaptor.getRhs()}, {}, {0}};
  if (failed(checkRanks(location, getOperationName(), lhs.operand, rhs.operand,
                        "vectors", 1)))
    return failure();
  return inferContraction(location, getOperationName(), lhs, rhs,
                          inferredReturnTypes);
}

//===----------------------------------------------------------------------===//
// Cost
//===----------------------------------------------------------------------===//

/// One product for each element of the result and each index that is summed
/// over.
static std::optional<int64_t> countProducts(ShapedType result, ShapedType lhs,
                                            ArrayRef<int64_t> contracting) {
  if (!result.hasStaticShape() || !lhs.hasStaticShape())
    return std::nullopt;
  int64_t products = result.getNumElements();
  for (int64_t dimension : contracting)
    if (llvm::MulOverflow(products, lhs.getDimSize(dimension), products))
      return std::nullopt;
  return products;
}

std::optional<int64_t> ContractOp::countOperations() {
  return countProducts(getType(), getLhs().getType(), getLhsContracting());
}

std::optional<int64_t> MatmulOp::countOperations() {
  return countProducts(getType(), getLhs().getType(), {1});
}
