//===- Select.cpp - Rule of arith.select ----------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What upstream's canonicalizer leaves of a branch that computes nothing. It is
// linear: the cotangent goes to the value that was chosen.
//
//===----------------------------------------------------------------------===//

#include "ControlFlow/ControlFlow.h"
#include "atled/Interfaces/DerivativeRules.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace atled;
using llvm::SmallBitVector;

namespace {
struct SelectRule {
  static constexpr bool isCheap = true;
  static constexpr bool isSingular = false;
  static constexpr bool isLastFirst = false;
  /// The operands: condition, value if true, value if false.
  static DerivativeKind kind(arith::SelectOp op, unsigned operand) {
    return operand == 0 ? DerivativeKind::None : DerivativeKind::Exists;
  }
  static Value apply(RuleBuilder &builder, arith::SelectOp op, unsigned operand,
                     Value cotangent) {
    Value zero = builder.zeroTangent(op.getResult());
    bool isTrue = operand == 1;
    return arith::SelectOp::create(builder, op.getCondition(),
                                   isTrue ? cotangent : zero,
                                   isTrue ? zero : cotangent);
  }
};
} // namespace

void atled::registerSelectRule(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, arith::ArithDialect *) {
    arith::SelectOp::attachInterface<LinearModel<SelectRule, arith::SelectOp>>(
        *context);
  });
}
