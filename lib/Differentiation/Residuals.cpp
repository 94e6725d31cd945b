//===- Residuals.cpp - What the way back needs of the primal --------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The reverse half of a split function was built as if it stood below the
// primal half:
//
//   func @f.fwd(%x) { %y = sin %x; return %y }
//   func @f.bwd(%dy) { %c = cos %x; %dx = mul %dy, %c; return %dx }
//
// Here the uses that cross over become residuals:
//
//   func @f.bwd(%x, %dy) { ... }
//
//===----------------------------------------------------------------------===//

#include "Residuals.h"
#include "mlir/IR/Matchers.h"

using namespace atled;

/// The operands of operations in `reverse` that are defined in `primal`.
static llvm::MapVector<Value, SmallVector<OpOperand *>> findCrossingUses(Block &primal,
                                                                         Block &reverse) {
  llvm::MapVector<Value, SmallVector<OpOperand *>> uses;
  reverse.walk([&](Operation *op) {
    for (OpOperand &operand : op->getOpOperands())
      if (operand.get().getParentBlock() == &primal)
        uses[operand.get()].push_back(&operand);
  });
  return uses;
}

static void updateType(func::FuncOp function) {
  Block &body = function.getBody().front();
  function.setType(FunctionType::get(function.getContext(), body.getArgumentTypes(),
                                     body.getTerminator()->getOperandTypes()));
}

void atled::passResiduals(SplitFunction &split) {
  Block &primal = split.primal.getBody().front();
  Block &reverse = split.reverse.getBody().front();
  Operation *primalReturn = primal.getTerminator();
  SmallVector<Value> returned(primalReturn->getOperands());
  auto builder = OpBuilder::atBlockBegin(&reverse);

  for (auto &[value, uses] : findCrossingUses(primal, reverse)) {
    Value replacement;
    if (matchPattern(value, m_Constant())) {
      replacement = builder.clone(*value.getDefiningOp())->getResult(0);
    } else {
      replacement = reverse.insertArgument(split.residuals.size(), value.getType(),
                                           value.getLoc());
      if (auto argument = dyn_cast<BlockArgument>(value)) {
        split.residuals.push_back(
            {SplitFunction::Residual::Argument, argument.getArgNumber()});
      } else {
        auto it = llvm::find(returned, value);
        unsigned index = it - returned.begin();
        if (it == returned.end())
          returned.push_back(value);
        split.residuals.push_back({SplitFunction::Residual::Result, index});
      }
    }
    for (OpOperand *use : uses)
      use->set(replacement);
  }
  primalReturn->setOperands(returned);
  updateType(split.primal);
  updateType(split.reverse);
}
