//===- BodyCost.cpp - What an element costs -------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BodyCost.h"
#include "atled/Dialect/Special/IR/Special.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace atled;

static int64_t getCost(Operation *op) {
  if (op->hasTrait<OpTrait::ConstantLike>() ||
      op->hasTrait<OpTrait::IsTerminator>() || isa<linalg::IndexOp>(op))
    return 0;
  if (isa<arith::DivFOp, arith::RemFOp, arith::DivSIOp, arith::DivUIOp,
          arith::RemSIOp, arith::RemUIOp, math::SqrtOp>(op))
    return 4;
  if (isa<math::FmaOp, math::AbsFOp, math::AbsIOp, math::CopySignOp,
          math::CeilOp, math::FloorOp, math::TruncOp, math::RoundEvenOp>(op) ||
      !isa<math::MathDialect, special::SpecialDialect>(op->getDialect()))
    return 1;
  return 16;
}

int64_t atled::getBodyCost(linalg::LinalgOp op) {
  int64_t cost = 0;
  op.getBlock()->walk([&](Operation *nested) { cost += getCost(nested); });
  return cost;
}
