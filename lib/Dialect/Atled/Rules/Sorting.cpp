//===- Sorting.cpp - Rules of sorting -------------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is sorted is taken from places that the operation itself returns: a
// gather at these places is the derivative forward, and a scatter back.
//
//===----------------------------------------------------------------------===//

#include "RuleFunctions.h"
#include "TensorBuilders.h"

using namespace atled;

namespace {
/// Elements of one tensor that become another's: along a dimension each comes
/// from the place that `places` says, and along the others stays where it is.
class Taking {
public:
  Taking(RuleBuilder &builder, Value places, int64_t dimension)
      : builder(builder), places(places), dimension(dimension) {
    int64_t rank = getTensorType(places).getRank();
    for (int64_t other : llvm::seq(rank))
      if (other != dimension)
        others.push_back(other);
    sizes.assign(rank, 1);
  }

  /// The tangent of `result`, which is taken from a tensor that has `tensor`.
  Value forward(Value tensor, Value result) {
    // There is no place in a tensor of no elements.
    if (isEmpty(tensor))
      return builder.zeroTangent(result);
    return GatherOp::create(builder, tensor, places, ValueRange(), sizes, {},
                            dimension, others, others, dimension, vector(),
                            OutOfRange::assume);
  }

  /// The cotangent of the tensor `like`.
  Value back(Value cotangent, Value like) {
    Value zero = builder.zeroTangent(like);
    if (isEmpty(like))
      return zero;
    return ScatterOp::create(builder, zero, places, cotangent, ScatterMode::add,
                             {}, dimension, others, others, dimension, vector(),
                             OutOfRange::assume);
  }

private:
  static bool isEmpty(Value tensor) {
    return llvm::is_contained(getTensorType(tensor).getShape(), 0);
  }
  /// Each element of `places` is an index vector.
  int64_t vector() const { return sizes.size(); }

  RuleBuilder &builder;
  Value places;
  int64_t dimension;
  SmallVector<int64_t> others, sizes;
};

/// What the operations of the family have in common: each result but the last
/// is taken from the operand with the same number, at the places in the last.
template <typename Model, typename OpTy>
struct SortingDerivative
    : DifferentiableOpInterface::ExternalModel<Model, OpTy> {
  DerivativeKind getDerivativeKind(Operation *, unsigned) const {
    return DerivativeKind::Exists;
  }

  LogicalResult buildTangents(Operation *operation, OpBuilder &base,
                              ArrayRef<Value> operandTangents,
                              MutableArrayRef<Value> resultTangents) const {
    RuleBuilder builder(base, operation);
    Taking taking = getTaking(builder, operation);
    for (auto [number, tangent] : llvm::enumerate(operandTangents))
      if (tangent)
        resultTangents[number] =
            taking.forward(tangent, operation->getResult(number));
    return builder.getStatus();
  }

  LogicalResult
  buildCotangents(Operation *operation, OpBuilder &base,
                  ArrayRef<Value> resultCotangents,
                  const llvm::SmallBitVector &wanted,
                  MutableArrayRef<Value> operandCotangents) const {
    RuleBuilder builder(base, operation);
    Taking taking = getTaking(builder, operation);
    for (unsigned number : wanted.set_bits())
      if (Value cotangent = resultCotangents[number])
        operandCotangents[number] =
            taking.back(cotangent, operation->getOperand(number));
    return builder.getStatus();
  }

private:
  static Taking getTaking(RuleBuilder &builder, Operation *operation) {
    Value places = operation->getResult(operation->getNumResults() - 1);
    return Taking(builder, places, cast<OpTy>(operation).getDimension());
  }
};

struct SortOpDerivative : SortingDerivative<SortOpDerivative, SortOp> {};
struct TopKOpDerivative : SortingDerivative<TopKOpDerivative, TopKOp> {};
} // namespace

void atled::attachSortingRules(MLIRContext *context) {
  SortOp::attachInterface<SortOpDerivative>(*context);
  TopKOp::attachInterface<TopKOpDerivative>(*context);
}
