//===- DerivativeRules.h - What generated rules are made of ----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// atled-tblgen writes, for each rule, a class with the mathematics alone:
//
//   struct SinOpRule {
//     static constexpr bool isCheap = true;
//     static constexpr bool isSingular = false;
//     static constexpr bool isLastFirst = false;
//     static DerivativeKind kind(SinOp op, unsigned operand);
//     static Value apply(RuleBuilder &builder, SinOp op, unsigned operand,
//                        Value direction);
//   };
//
// The models below turn it into both modes of DifferentiableOpInterface.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_INTERFACES_DERIVATIVERULES_H
#define ATLED_INTERFACES_DERIVATIVERULES_H

#include "atled/Interfaces/DifferentiableOpInterface.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace atled {

/// Builds what a rule says, at the location of its operation.
class RuleBuilder : public ImplicitLocOpBuilder {
public:
  RuleBuilder(OpBuilder &builder, Operation *op)
      : ImplicitLocOpBuilder(op->getLoc(), builder), op(op) {}

  /// A constant of the type of the operation's first result.
  Value splat(double value);
  Value sum(ValueRange terms);
  Value product(Value lhs, Value rhs);
  /// The zero that stands beside `primal`.
  Value zeroTangent(Value primal);

  /// For what a rule cannot do: reports it at the operation, with the cure. The
  /// value is null, and the rule fails.
  Value fail(const Twine &message);
  LogicalResult getStatus() const { return status; }

private:
  Operation *op;
  LogicalResult status = success();
};

namespace detail {
/// Which of the operands named in the operation's definition `operand` is.
template <typename OpTy>
unsigned getDefinedOperand(OpTy op, unsigned operand, unsigned numDefined) {
  for (unsigned index = 0; index < numDefined; ++index) {
    auto [start, length] = op.getODSOperandIndexAndLength(index);
    if (operand >= start && operand < start + length)
      return index;
  }
  llvm_unreachable("operand number out of range");
}

/// Builds `op` again on `operands`.
SmallVector<Value> rebuild(RuleBuilder &builder, Operation *op,
                           ValueRange operands);

/// Whether the operation has a method `countOperations`.
template <typename OpTy, typename = void>
struct CountsOperations : std::false_type {};
template <typename OpTy>
struct CountsOperations<
    OpTy, std::void_t<decltype(std::declval<OpTy>().countOperations())>>
    : std::true_type {};

template <typename Rule, typename OpTy, typename Model>
struct RuleModel : DifferentiableOpInterface::ExternalModel<Model, OpTy> {
  DerivativeKind getDerivativeKind(Operation *op, unsigned operand) const {
    return Rule::kind(cast<OpTy>(op), operand);
  }

  bool isCheap(Operation *) const { return Rule::isCheap; }

  bool isSingular(Operation *) const { return Rule::isSingular; }

  std::optional<int64_t> getNumOperations(Operation *op) const {
    if constexpr (CountsOperations<OpTy>::value)
      return cast<OpTy>(op).countOperations();
    else
      return countElements(op);
  }

  LogicalResult
  buildCotangents(Operation *operation, OpBuilder &base,
                  ArrayRef<Value> resultCotangents,
                  const llvm::SmallBitVector &wanted,
                  MutableArrayRef<Value> operandCotangents) const {
    if (!resultCotangents[0])
      return success();
    auto op = cast<OpTy>(operation);
    RuleBuilder builder(base, op);
    SmallVector<unsigned> operands(wanted.set_bits());
    if (Rule::isLastFirst)
      std::reverse(operands.begin(), operands.end());
    for (unsigned operand : operands)
      operandCotangents[operand] =
          Rule::apply(builder, op, operand, resultCotangents[0]);
    return builder.getStatus();
  }
};
} // namespace detail

/// `Partials`: a tangent passes to the result as a cotangent returns to the
/// operand.
template <typename Rule, typename OpTy>
struct PartialsModel
    : detail::RuleModel<Rule, OpTy, PartialsModel<Rule, OpTy>> {
  LogicalResult buildTangents(Operation *operation, OpBuilder &base,
                              ArrayRef<Value> operandTangents,
                              MutableArrayRef<Value> resultTangents) const {
    auto op = cast<OpTy>(operation);
    RuleBuilder builder(base, op);
    SmallVector<Value> terms;
    for (auto [operand, tangent] : llvm::enumerate(operandTangents))
      if (tangent)
        terms.push_back(Rule::apply(builder, op, operand, tangent));
    if (failed(builder.getStatus()))
      return failure();
    if (!terms.empty())
      resultTangents[0] = builder.sum(terms);
    return success();
  }
};

/// `Linear`: the tangent is the operation on all tangents. Operands without a
/// derivative stay what they are.
template <typename Rule, typename OpTy>
struct LinearModel : detail::RuleModel<Rule, OpTy, LinearModel<Rule, OpTy>> {
  LogicalResult buildTangents(Operation *operation, OpBuilder &base,
                              ArrayRef<Value> operandTangents,
                              MutableArrayRef<Value> resultTangents) const {
    auto op = cast<OpTy>(operation);
    RuleBuilder builder(base, op);
    SmallVector<Value> operands;
    for (auto [operand, primal] : llvm::enumerate(operation->getOperands())) {
      if (Rule::kind(op, operand) != DerivativeKind::Exists)
        operands.push_back(primal);
      else if (Value tangent = operandTangents[operand])
        operands.push_back(tangent);
      else
        operands.push_back(builder.zeroTangent(primal));
    }
    llvm::copy(detail::rebuild(builder, operation, operands),
               resultTangents.begin());
    return success();
  }
};

/// `Multilinear`: the tangent is the sum of the operation with one operand at a
/// time replaced by its tangent.
template <typename Rule, typename OpTy>
struct MultilinearModel
    : detail::RuleModel<Rule, OpTy, MultilinearModel<Rule, OpTy>> {
  LogicalResult buildTangents(Operation *operation, OpBuilder &base,
                              ArrayRef<Value> operandTangents,
                              MutableArrayRef<Value> resultTangents) const {
    RuleBuilder builder(base, operation);
    SmallVector<Value> terms;
    for (auto [operand, tangent] : llvm::enumerate(operandTangents)) {
      if (!tangent)
        continue;
      SmallVector<Value> operands(operation->getOperands());
      operands[operand] = tangent;
      terms.push_back(detail::rebuild(builder, operation, operands).front());
    }
    if (!terms.empty())
      resultTangents[0] = builder.sum(terms);
    return success();
  }
};

} // namespace atled

#endif // ATLED_INTERFACES_DERIVATIVERULES_H
