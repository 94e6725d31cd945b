//===- Contraction.cpp - Rules of contractions that need code -------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The adjoint of a contraction is a contraction: the cotangent with the other
// operand, over the other operand's free dimensions.
//
//===----------------------------------------------------------------------===//

#include "RuleFunctions.h"
#include "TensorBuilders.h"

using namespace atled;

namespace {
/// One operand of a contraction as the adjoint sees it.
struct Side {
  Value value;
  ArrayRef<int64_t> batch, contracting;
  SmallVector<int64_t> free;
  /// Where the free dimensions stand in the result.
  int64_t firstFree;
};
} // namespace

/// Transposes `x`, whose dimension `i` is to become dimension `to[i]`.
static Value moveDimensions(RuleBuilder &builder, Value x,
                            ArrayRef<int64_t> to) {
  if (llvm::is_sorted(to))
    return x;
  return TransposeOp::create(
      builder, x,
      inversePermutation(builder, builder.getDenseI64ArrayAttr(to)));
}

/// What travels back to `mine`: its batch and free dimensions come from the
/// cotangent, its contracting ones from `other`, in the order in which they
/// stand there.
static Value buildAdjoint(RuleBuilder &builder, Value cotangent,
                          const Side &mine, const Side &other) {
  int64_t numBatch = mine.batch.size();
  SmallVector<int64_t> batch = llvm::to_vector(llvm::seq(numBatch));
  SmallVector<int64_t> contracted = llvm::to_vector(
      llvm::seq(other.firstFree, other.firstFree + int64_t(other.free.size())));
  Value product = ContractOp::create(builder, cotangent, other.value, batch,
                                     other.batch, contracted, other.free);

  SmallVector<int64_t> to(mine.batch);
  llvm::append_range(to, mine.free);
  SmallVector<int64_t> order =
      llvm::to_vector(llvm::seq(int64_t(other.contracting.size())));
  llvm::sort(order, [&](int64_t a, int64_t b) {
    return other.contracting[a] < other.contracting[b];
  });
  for (int64_t pair : order)
    to.push_back(mine.contracting[pair]);
  return moveDimensions(builder, product, to);
}

static std::pair<Side, Side> getSides(ContractOp op) {
  int64_t numBatch = op.getLhsBatch().size();
  Side lhs{op.getLhs(), op.getLhsBatch(), op.getLhsContracting(),
           op.getLhsFree(), numBatch};
  Side rhs{op.getRhs(), op.getRhsBatch(), op.getRhsContracting(),
           op.getRhsFree(), numBatch + int64_t(lhs.free.size())};
  return {lhs, rhs};
}

Value atled::contractionAdjointOfLhs(RuleBuilder &builder, Value cotangent,
                                     ContractOp op) {
  auto [lhs, rhs] = getSides(op);
  return buildAdjoint(builder, cotangent, lhs, rhs);
}

Value atled::contractionAdjointOfRhs(RuleBuilder &builder, Value cotangent,
                                     ContractOp op) {
  auto [lhs, rhs] = getSides(op);
  return buildAdjoint(builder, cotangent, rhs, lhs);
}

Value atled::scale(RuleBuilder &builder, Value scalar, Value tensor) {
  SmallVector<int64_t> all =
      llvm::to_vector(llvm::seq(getTensorType(tensor).getRank()));
  return MulOp::create(
      builder, buildBroadcastBack(builder, scalar, tensor, all), tensor);
}
