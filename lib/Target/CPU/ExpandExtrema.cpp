//===- ExpandExtrema.cpp - Extrema where the processor has none -----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Target/CPU/Passes.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace atled {
#define GEN_PASS_DEF_EXPANDEXTREMAPASS
#include "atled/Target/CPU/Passes.h.inc"
} // namespace atled

using namespace atled;

/// The greater of two numbers, or the lesser. NaN if one is NaN; 0 is greater
/// than -0.
static Value buildExtremum(ImplicitLocOpBuilder &b, Value x, Value y,
                           bool isMaximum) {
  auto compare = [&](arith::CmpFPredicate predicate) -> Value {
    return arith::CmpFOp::create(b, predicate, x, y);
  };
  Type type = x.getType();
  Type bitsType =
      b.getIntegerType(getElementTypeOrSelf(type).getIntOrFloatBitWidth());
  if (auto vector = dyn_cast<VectorType>(type))
    bitsType = vector.clone(bitsType);
  Value xBits = arith::BitcastOp::create(b, bitsType, x);
  Value yBits = arith::BitcastOp::create(b, bitsType, y);
  // Numbers that are equal have other bits only where one is -0.
  Value either = isMaximum ? arith::AndIOp::create(b, xBits, yBits).getResult()
                           : arith::OrIOp::create(b, xBits, yBits).getResult();
  Value isX = compare(isMaximum ? arith::CmpFPredicate::OGT
                                : arith::CmpFPredicate::OLT);
  Value unequal = arith::SelectOp::create(b, isX, x, y);
  Value number = arith::SelectOp::create(
      b, compare(arith::CmpFPredicate::OEQ),
      arith::BitcastOp::create(b, type, either), unequal);
  return arith::SelectOp::create(b, compare(arith::CmpFPredicate::UNO),
                                 arith::AddFOp::create(b, x, y), number);
}

namespace {
struct ExpandExtremaPass
    : atled::impl::ExpandExtremaPassBase<ExpandExtremaPass> {
  void runOnOperation() override {
    getOperation().walk([](Operation *op) {
      if (!isa<arith::MaximumFOp, arith::MinimumFOp>(op))
        return;
      ImplicitLocOpBuilder b(op->getLoc(), op);
      op->getResult(0).replaceAllUsesWith(buildExtremum(
          b, op->getOperand(0), op->getOperand(1), isa<arith::MaximumFOp>(op)));
      op->erase();
    });
  }
};
} // namespace
