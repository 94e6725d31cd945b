//===- ExpandMath.cpp - math on floats becomes arithmetic -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Replaces elementary functions by straight-line code, which LLVM vectorises
// together with the loop around it:
//
//   %y = math.exp %x : f32
//
// becomes some twenty arith operations (and math.fma where the target has it).
//
//===----------------------------------------------------------------------===//

#include "ExpandMath.h"
#include "atled/Codegen/Passes.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Transforms/WalkPatternRewriteDriver.h"

namespace atled {
#define GEN_PASS_DEF_EXPANDMATHPASS
#include "atled/Codegen/Passes.h.inc"
} // namespace atled

using namespace atled;

/// 1 / √x.
static Real expandRsqrt(Real x) {
  MathContext &context = x.getContext();
  Value root = math::SqrtOp::create(context.builder, context.loc, x.getValue());
  return 1 / Real(context, root);
}

namespace {
/// Replaces a function of one argument by what `expand` builds. Half precision
/// is computed in f32 and rounded once more.
template <typename OpTy, Real (*expand)(Real)>
struct ExpandUnary : OpRewritePattern<OpTy> {
  ExpandUnary(MLIRContext *context, bool hasFMA)
      : OpRewritePattern<OpTy>(context), hasFMA(hasFMA) {}

  LogicalResult matchAndRewrite(OpTy op,
                                PatternRewriter &rewriter) const override {
    Type type = op.getType(), element = getElementTypeOrSelf(type);
    if (isa<TensorType>(type))
      return rewriter.notifyMatchFailure(op, "is on a whole tensor");
    MathContext context{rewriter, op.getLoc(), hasFMA};
    Real x(context, op.getOperand());
    if (element.isF32() || element.isF64()) {
      rewriter.replaceOp(op, expand(x).getValue());
      return success();
    }
    if (!element.isF16() && !element.isBF16())
      return rewriter.notifyMatchFailure(op, "is not on f16, bf16, f32 or f64");
    Value result = expand(x.extendToF32()).getValue();
    rewriter.replaceOpWithNewOp<arith::TruncFOp>(op, type, result);
    return success();
  }

  bool hasFMA;
};

struct ExpandMathPass : atled::impl::ExpandMathPassBase<ExpandMathPass> {
  using ExpandMathPassBase::ExpandMathPassBase;

  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<ExpandUnary<math::ExpOp, expandExp>,
                 ExpandUnary<math::ExpM1Op, expandExpm1>,
                 ExpandUnary<math::LogOp, expandLog>,
                 ExpandUnary<math::Log1pOp, expandLog1p>,
                 ExpandUnary<math::TanhOp, expandTanh>,
                 ExpandUnary<math::SinOp, expandSin>,
                 ExpandUnary<math::CosOp, expandCos>,
                 ExpandUnary<math::RsqrtOp, expandRsqrt>>(&getContext(), fma);
    walkAndApplyPatterns(getOperation(), std::move(patterns));
  }
};
} // namespace
