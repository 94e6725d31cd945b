//===- Refinement.cpp - Extents that are equal, and one is known ----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Refinement.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/StringExtras.h"

using namespace atled;

static RankedTensorType refine(RankedTensorType type, ArrayRef<int64_t> shape) {
  SmallVector<int64_t> refined(type.getShape());
  for (auto [extent, known] : llvm::zip_equal(refined, shape))
    if (ShapedType::isDynamic(extent))
      extent = known;
  return type.clone(refined);
}

Value atled::refine(OpBuilder &builder, Location location, Value value,
                    ArrayRef<int64_t> shape) {
  auto type = cast<RankedTensorType>(value.getType());
  RankedTensorType refined = ::refine(type, shape);
  if (type == refined)
    return value;
  return tensor::CastOp::create(builder, location, refined, value);
}

RankedTensorType atled::joinExtents(RankedTensorType lhs,
                                    RankedTensorType rhs) {
  return ::refine(lhs, rhs.getShape());
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

namespace {
/// A dimension of one of several operands.
struct OperandDimension {
  unsigned operand;
  int64_t dimension;
};
/// Dimensions of one extent.
using EqualDimensions = SmallVector<OperandDimension, 2>;
} // namespace

static RankedTensorType getType(const OperationState &state, unsigned operand) {
  return cast<RankedTensorType>(state.operands[operand].getType());
}

/// The dimensions that a contraction pairs, by the names of two attributes.
static void addPairs(const OperationState &state, StringRef lhs, StringRef rhs,
                     SmallVectorImpl<EqualDimensions> &all) {
  auto get = [&](StringRef name) {
    return cast<DenseI64ArrayAttr>(state.attributes.get(name)).asArrayRef();
  };
  for (auto [left, right] : llvm::zip(get(lhs), get(rhs)))
    all.push_back({{0, left}, {1, right}});
}

/// The dimensions of both operands of a convolution that one letter names.
static void addLetters(const OperationState &state,
                       SmallVectorImpl<EqualDimensions> &all) {
  auto get = [&](StringRef name) {
    return cast<StringAttr>(state.attributes.get(name)).getValue();
  };
  StringRef rhs = get("rhsDimensions");
  for (auto [dimension, name] : llvm::enumerate(get("lhsDimensions")))
    if (size_t other = rhs.find(name);
        other != StringRef::npos && !llvm::isDigit(name))
      all.push_back({{0, int64_t(dimension)}, {1, int64_t(other)}});
}

/// Each dimension of all operands, but for one.
static void addAll(const OperationState &state, std::optional<int64_t> but,
                   SmallVectorImpl<EqualDimensions> &all) {
  if (state.operands.empty())
    return;
  for (int64_t dimension : llvm::seq(getType(state, /*operand=*/0).getRank())) {
    if (dimension == but)
      continue;
    EqualDimensions &equal = all.emplace_back();
    for (unsigned operand = 0; operand < state.operands.size(); ++operand)
      equal.push_back({operand, dimension});
  }
}

static SmallVector<EqualDimensions>
getEqualDimensions(const OperationState &state) {
  SmallVector<EqualDimensions> all;
  StringRef name = state.name.getStringRef();
  if (name == MatmulOp::getOperationName()) {
    all.push_back({{0, 1}, {1, 0}});
  } else if (name == DotOp::getOperationName()) {
    all.push_back({{0, 0}, {1, 0}});
  } else if (name == ContractOp::getOperationName()) {
    addPairs(state, "lhsBatch", "rhsBatch", all);
    addPairs(state, "lhsContracting", "rhsContracting", all);
  } else if (name == ConvolutionOp::getOperationName()) {
    addLetters(state, all);
  } else if (name == ConcatenateOp::getOperationName()) {
    addAll(state, cast<IntegerAttr>(state.attributes.get("dimension")).getInt(),
           all);
  } else if (name == SortOp::getOperationName() ||
             name == LinearRecurrenceOp::getOperationName()) {
    addAll(state, /*but=*/std::nullopt, all);
  }
  return all;
}

/// The extent of `equal` that is known, if any. Dimensions that there are not
/// are for the verifier.
static std::optional<int64_t> findKnown(const OperationState &state,
                                        const EqualDimensions &equal) {
  std::optional<int64_t> known;
  for (auto [operand, dimension] : equal) {
    RankedTensorType type = getType(state, operand);
    if (dimension < 0 || dimension >= type.getRank())
      return std::nullopt;
    if (!type.isDynamicDim(dimension))
      known = type.getDimSize(dimension);
  }
  return known;
}

void atled::refineOperands(OpBuilder &builder, OperationState &state) {
  SmallVector<EqualDimensions> all = getEqualDimensions(state);
  if (all.empty())
    return;
  SmallVector<SmallVector<int64_t>> shapes;
  for (Value operand : state.operands)
    shapes.emplace_back(cast<RankedTensorType>(operand.getType()).getShape());
  for (const EqualDimensions &equal : all)
    if (std::optional<int64_t> known = findKnown(state, equal))
      for (auto [operand, dimension] : equal)
        shapes[operand][dimension] = *known;
  for (auto [operand, shape] : llvm::zip_equal(state.operands, shapes))
    operand = refine(builder, state.location, operand, shape);
}
