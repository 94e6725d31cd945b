//===- FuseMultiplyAdd.cpp - Contractions round once per step -------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Codegen/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"

namespace atled {
#define GEN_PASS_DEF_FUSEMULTIPLYADDPASS
#include "atled/Codegen/Passes.h.inc"
} // namespace atled

using namespace atled;

/// Replaces `output + a * b`, which `op` accumulates, by one rounding.
static void fuseMultiplyAdd(linalg::GenericOp op) {
  Block *body = op.getBlock();
  for (BlockArgument output : op.getRegionOutputArgs()) {
    if (!output.hasOneUse())
      continue;
    auto add = dyn_cast<arith::AddFOp>(*output.user_begin());
    if (!add || add->getBlock() != body)
      continue;
    auto multiply = (add.getLhs() == output ? add.getRhs() : add.getLhs())
                        .getDefiningOp<arith::MulFOp>();
    if (!multiply || !multiply->hasOneUse())
      continue;
    OpBuilder builder(add);
    Value fused = math::FmaOp::create(builder, add.getLoc(), multiply.getLhs(),
                                      multiply.getRhs(), output);
    add.replaceAllUsesWith(fused);
    add.erase();
    multiply.erase();
  }
}

namespace {
struct FuseMultiplyAddPass
    : atled::impl::FuseMultiplyAddPassBase<FuseMultiplyAddPass> {
  void runOnOperation() override {
    getOperation().walk([](linalg::GenericOp op) {
      if (op.getNumReductionLoops() > 0)
        fuseMultiplyAdd(op);
    });
  }
};
} // namespace
