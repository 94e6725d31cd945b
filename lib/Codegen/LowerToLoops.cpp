//===- LowerToLoops.cpp - linalg on buffers becomes loops -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Codegen/Passes.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

namespace atled {
#define GEN_PASS_DEF_LOWERTOLOOPSPASS
#include "atled/Codegen/Passes.h.inc"
} // namespace atled

using namespace atled;

namespace {
struct LowerToLoopsPass : atled::impl::LowerToLoopsPassBase<LowerToLoopsPass> {
  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    WalkResult result = getOperation().walk([&](linalg::LinalgOp op) {
      if (!op.hasPureBufferSemantics())
        return WalkResult(op.emitOpError(
            "works on tensors, not on buffers: run 'atled-bufferize' first"));
      rewriter.setInsertionPoint(op);
      if (failed(linalg::linalgOpToLoops(rewriter, op)))
        llvm_unreachable("every operation on buffers has loops");
      rewriter.eraseOp(op);
      return WalkResult::advance();
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }
};
} // namespace
