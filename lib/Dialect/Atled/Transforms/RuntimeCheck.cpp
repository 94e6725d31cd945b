//===- RuntimeCheck.cpp - What only a run tells ---------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RuntimeCheck.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"

using namespace atled;

bool atled::runsInOrder(Operation *op) {
  Operation *parent = op->getParentOp();
  while (isa_and_nonnull<scf::ForOp, scf::IfOp, scf::IndexSwitchOp,
                         scf::WhileOp, ad::CheckpointOp>(parent))
    parent = parent->getParentOp();
  return isa_and_nonnull<func::FuncOp>(parent);
}

void atled::buildCheck(ImplicitLocOpBuilder &b, Value holds, StringRef kind,
                       const Twine &place) {
  if (matchPattern(holds, m_One()))
    return;
  auto assertion = cf::AssertOp::create(b, holds, place.str());
  assertion->setAttr(ad::ADDialect::limitAttrName, b.getStringAttr(kind));
}
