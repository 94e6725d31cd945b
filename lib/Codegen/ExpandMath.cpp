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
#include "atled/Dialect/Special/IR/Special.h"
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

/// A function that is computed in f64, and rounded to f32 from there.
template <Real (*function)(Real)>
static Real inF64(Real x) {
  return x.isF32() ? function(x.extendToF64()).roundToF32() : function(x);
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

/// The same for a function that processors with a fused multiply-add compute in
/// one instruction.
template <typename OpTy, Real (*expand)(Real)>
struct ExpandRounding : ExpandUnary<OpTy, expand> {
  using ExpandUnary<OpTy, expand>::ExpandUnary;

  LogicalResult matchAndRewrite(OpTy op,
                                PatternRewriter &rewriter) const override {
    if (this->hasFMA)
      return rewriter.notifyMatchFailure(op, "is one instruction");
    return ExpandUnary<OpTy, expand>::matchAndRewrite(op, rewriter);
  }
};

/// In f64, and rounded once to a smaller type.
struct ExpandAtan2 : OpRewritePattern<math::Atan2Op> {
  ExpandAtan2(MLIRContext *context, bool hasFMA)
      : OpRewritePattern(context), hasFMA(hasFMA) {}

  LogicalResult matchAndRewrite(math::Atan2Op op,
                                PatternRewriter &rewriter) const override {
    Type type = op.getType(), element = getElementTypeOrSelf(type);
    if (isa<TensorType>(type) || !(element.isF32() || element.isF64()))
      return rewriter.notifyMatchFailure(op, "is not on f32 or f64");
    MathContext context{rewriter, op.getLoc(), hasFMA};
    Real y(context, op.getLhs()), x(context, op.getRhs());
    Real result =
        element.isF64()
            ? expandAtan2(y, x)
            : expandAtan2(y.extendToF64(), x.extendToF64()).roundToF32();
    rewriter.replaceOp(op, result.getValue());
    return success();
  }

  bool hasFMA;
};

struct ExpandPolygamma : OpRewritePattern<special::PolygammaOp> {
  ExpandPolygamma(MLIRContext *context, bool hasFMA)
      : OpRewritePattern(context), hasFMA(hasFMA) {}

  LogicalResult matchAndRewrite(special::PolygammaOp op,
                                PatternRewriter &rewriter) const override {
    Type type = op.getType(), element = getElementTypeOrSelf(type);
    if (isa<TensorType>(type) || !(element.isF32() || element.isF64()))
      return rewriter.notifyMatchFailure(op, "is not on f32 or f64");
    MathContext context{rewriter, op.getLoc(), hasFMA};
    Real x(context, op.getOperand());
    auto order = static_cast<int64_t>(op.getOrder());
    Real result = element.isF64()
                      ? expandPolygamma(x, order)
                      : expandPolygamma(x.extendToF64(), order).roundToF32();
    rewriter.replaceOp(op, result.getValue());
    return success();
  }

  bool hasFMA;
};

struct ExpandFma : OpRewritePattern<math::FmaOp> {
  ExpandFma(MLIRContext *context, bool hasFMA)
      : OpRewritePattern(context), hasFMA(hasFMA) {}

  LogicalResult matchAndRewrite(math::FmaOp op,
                                PatternRewriter &rewriter) const override {
    if (hasFMA)
      return rewriter.notifyMatchFailure(op, "is one instruction");
    if (isa<TensorType>(op.getType()) ||
        !getElementTypeOrSelf(op.getType()).isF32())
      return rewriter.notifyMatchFailure(op, "is not on f32");
    MathContext context{rewriter, op.getLoc(), hasFMA};
    Real result = expandFma32({context, op.getA()}, {context, op.getB()},
                              {context, op.getC()});
    rewriter.replaceOp(op, result.getValue());
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
                 ExpandUnary<math::RsqrtOp, expandRsqrt>,
                 ExpandUnary<math::Exp2Op, expandExp2>,
                 ExpandUnary<math::Log2Op, inF64<expandLog2>>,
                 ExpandUnary<math::Log10Op, inF64<expandLog10>>,
                 ExpandUnary<math::CbrtOp, inF64<expandCbrt>>,
                 ExpandUnary<math::ErfOp, inF64<expandErf>>,
                 ExpandUnary<math::ErfcOp, inF64<expandErfc>>,
                 ExpandUnary<math::SinhOp, expandSinh>,
                 ExpandUnary<math::CoshOp, expandCosh>,
                 ExpandUnary<math::TanOp, expandTan>,
                 ExpandUnary<math::AsinOp, inF64<expandAsin>>,
                 ExpandUnary<math::AcosOp, inF64<expandAcos>>,
                 ExpandUnary<math::AtanOp, inF64<expandAtan>>,
                 ExpandUnary<math::AsinhOp, inF64<expandAsinh>>,
                 ExpandUnary<math::AcoshOp, inF64<expandAcosh>>,
                 ExpandUnary<math::AtanhOp, inF64<expandAtanh>>, ExpandAtan2,
                 ExpandUnary<special::LogisticOp, expandLogistic>,
                 ExpandUnary<special::SoftplusOp, expandSoftplus>,
                 ExpandUnary<special::SiluOp, expandSilu>,
                 ExpandUnary<special::GeluOp, inF64<expandGelu>>,
                 ExpandUnary<special::GeluTanhOp, expandGeluTanh>,
                 ExpandUnary<special::ErfInvOp, inF64<expandErfInv>>,
                 ExpandUnary<special::LgammaOp, inF64<expandLgamma>>,
                 ExpandUnary<special::DigammaOp, inF64<expandDigamma>>,
                 ExpandPolygamma, ExpandUnary<math::RoundOp, expandRound>,
                 ExpandRounding<math::RoundEvenOp, expandRoundEven>,
                 ExpandRounding<math::CeilOp, expandCeil>,
                 ExpandRounding<math::FloorOp, expandFloor>,
                 ExpandRounding<math::TruncOp, expandTrunc>, ExpandFma>(
        &getContext(), fma);
    walkAndApplyPatterns(getOperation(), std::move(patterns));
  }
};
} // namespace
