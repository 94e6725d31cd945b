//===- TensorSpace.cpp - Tensors as a vector space ------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What differentiation builds of its own accord, in operations of the dialect:
// zeros and seeds, sums of contributions, products with partials.
//
//===----------------------------------------------------------------------===//

#include "RuleFunctions.h"
#include "TensorBuilders.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"

using namespace atled;

/// Adds neighbours until one is left, so that the error grows with the
/// logarithm of the number of terms.
static Value buildBalancedSum(OpBuilder &builder, Location location,
                              SmallVector<Value> terms) {
  while (terms.size() > 1) {
    SmallVector<Value> sums;
    for (size_t index = 0; index + 1 < terms.size(); index += 2)
      sums.push_back(AddOp::create(builder, location, terms[index], terms[index + 1]));
    if (terms.size() % 2)
      sums.push_back(terms.back());
    terms = std::move(sums);
  }
  return terms.front();
}

namespace {
struct TensorSpace
    : VectorSpaceTypeInterface::ExternalModel<TensorSpace, RankedTensorType> {
  Type getTangentType(Type type) const {
    return isa<FloatType>(cast<RankedTensorType>(type).getElementType()) ? type : Type();
  }

  bool isScalar(Type type) const { return cast<RankedTensorType>(type).getRank() == 0; }

  Value buildSplat(Type type, OpBuilder &builder, Location location, double value,
                   Value like) const {
    return atled::buildSplat(builder, location, cast<RankedTensorType>(type), value, like);
  }

  Value buildSum(Type type, OpBuilder &builder, Location location, ValueRange terms) const {
    // Two terms are rounded once anyway.
    auto tensor = cast<RankedTensorType>(type);
    if (terms.size() < 3 || tensor.getElementTypeBitWidth() >= 32)
      return buildBalancedSum(builder, location, SmallVector<Value>(terms));
    RankedTensorType wide = tensor.clone(builder.getF32Type());
    SmallVector<Value> wideTerms;
    for (Value term : terms)
      wideTerms.push_back(ConvertOp::create(builder, location, wide, term));
    Value sum = buildBalancedSum(builder, location, wideTerms);
    return ConvertOp::create(builder, location, type, sum);
  }

  Value buildProduct(Type type, OpBuilder &builder, Location location, Value lhs,
                     Value rhs) const {
    return MulOp::create(builder, location, lhs, rhs);
  }
};
} // namespace

void atled::attachTensorSpace(MLIRContext *context) {
  RankedTensorType::attachInterface<TensorSpace>(*context);
}
