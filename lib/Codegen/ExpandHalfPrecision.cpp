//===- ExpandHalfPrecision.cpp - f16 and bf16 become integers -------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Most processors have no instruction that converts f16 or bf16, and the
// functions that LLVM calls instead, now and then even to copy a bf16, are
// missing from some C libraries. Here every conversion becomes integer
// arithmetic on the representation, and what is stored becomes i16:
//
//   %y = arith.extf %x : bf16 to f32
//
// becomes an extension to i32, a shift and a bitcast.
//
// To round f64 or an integer to f16 or bf16 by way of f32 would round twice,
// which is wrong where the first rounding ends in the middle between two
// numbers. So the first one rounds to odd (Boldo and Melquiond): what is not
// exact becomes the neighbour whose last digit is 1, which is no middle.
//
//===----------------------------------------------------------------------===//

#include "atled/Codegen/Passes.h"
#include "atled/Support/Attributes.h"
#include "atled/Support/MathBuilder.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Transforms/WalkPatternRewriteDriver.h"

namespace atled {
#define GEN_PASS_DEF_EXPANDHALFPRECISIONPASS
#include "atled/Codegen/Passes.h.inc"
} // namespace atled

using namespace atled;

static bool isHalfPrecision(Type type) {
  Type element = getElementTypeOrSelf(type);
  return !isa<TensorType>(type) && (element.isF16() || element.isBF16());
}

//===----------------------------------------------------------------------===//
// Representations
//===----------------------------------------------------------------------===//

/// The representation of an f16 or bf16, in 32 bits.
static Bits loadBits(MathContext &context, Value half) {
  MathValue x(context, half);
  Value bits = arith::BitcastOp::create(
      context.builder, context.loc, x.withElement(context.builder.getI16Type()),
      half);
  return {context, arith::ExtUIOp::create(
                       context.builder, context.loc,
                       x.withElement(context.builder.getI32Type()), bits)};
}

/// The f16 or bf16, a `type`, whose representation is in the low 16 bits.
static Value storeBits(Bits bits, Type type) {
  MathContext &context = bits.getContext();
  Value low = arith::TruncIOp::create(
      context.builder, context.loc,
      bits.withElement(context.builder.getI16Type()), bits.getValue());
  return arith::BitcastOp::create(context.builder, context.loc, type, low);
}

/// The f32 with this exponent, and zeros for digits.
static constexpr uint32_t powerOfTwo(int exponent) {
  return uint32_t(exponent + 127) << 23;
}

static constexpr uint32_t signF32 = uint32_t(1) << 31;
static constexpr uint32_t infinityF32 = powerOfTwo(128);

//===----------------------------------------------------------------------===//
// To f32
//===----------------------------------------------------------------------===//

/// A bf16 is the upper half of an f32.
static Real extendBF16(Bits bits) { return toReal(bits << 16); }

static Real extendF16(Bits bits) {
  constexpr uint32_t infinityF16 = 0x7c00, leastNormalF16 = 0x0400;
  Bits magnitude = bits & 0x7fff;
  Bits shifted = magnitude << 13;
  Bits normal = shifted + (powerOfTwo(0) - (15u << 23));
  // The exponent of infinities and NaNs is all ones in both.
  Bits special = shifted | infinityF32;
  // Digits times 2^-24: put behind the point of 2^-14, which is then taken
  // away.
  Real subnormal = toReal(shifted + powerOfTwo(-14)) - std::ldexp(1.0, -14);

  Bits result = select(magnitude < infinityF16, normal, special);
  result = select(magnitude < leastNormalF16, toBits(subnormal), result);
  return toReal(result | (bits & 0x8000) << 16);
}

/// `half`, an f16 or bf16, as f32.
static Real extend(MathContext &context, Value half) {
  Bits bits = loadBits(context, half);
  bool isBF16 = getElementTypeOrSelf(half).isBF16();
  return isBF16 ? extendBF16(bits) : extendF16(bits);
}

//===----------------------------------------------------------------------===//
// From f32
//===----------------------------------------------------------------------===//

/// `bits` without the last `count`, rounded to nearest even.
static Bits roundOff(Bits bits, unsigned count) {
  Bits isOdd = bits >> count & 1;
  return (bits + ((uint64_t(1) << (count - 1)) - 1) + isOdd) >> count;
}

static Bits roundToBF16(Real x) {
  Bits bits = toBits(x);
  // Rounding could take the digits of a NaN away: one is set.
  return select(x.isNaN(), (bits >> 16) | 0x40, roundOff(bits, 16));
}

static Bits roundToF16(Real x) {
  Bits bits = toBits(x);
  Bits magnitude = bits & (signF32 - 1);
  // An overflow carries into the exponent, and is infinity from 2^16 on.
  Bits normal = roundOff(magnitude - (powerOfTwo(0) - (15u << 23)), 13);
  // Added to a number whose last digit is 2^-24, it is rounded to that digit.
  Real shifter = x.constant(0.5);
  Bits subnormal = toBits(toReal(magnitude) + shifter) - powerOfTwo(-1);
  Bits infinity = bits.constant(0x7c00), nan = bits.constant(0x7e00);

  Bits result = select(magnitude < powerOfTwo(16), normal, infinity);
  result = select(magnitude < powerOfTwo(-14), subnormal, result);
  result = select(x.isNaN(), nan, result);
  return result | ((bits & signF32) >> 16);
}

/// `x`, an f32, as a `type`, which is f16 or bf16.
static Value narrow(Real x, Type type) {
  bool isBF16 = getElementTypeOrSelf(type).isBF16();
  return storeBits(isBF16 ? roundToBF16(x) : roundToF16(x), type);
}

//===----------------------------------------------------------------------===//
// From wider types, rounded once
//===----------------------------------------------------------------------===//

/// `x`, an f64, as f32, rounded to odd.
static Real roundToOddF32(Real x) {
  Real nearest = x.roundToF32();
  Real error = nearest.extendToF64() - x;
  Bits bits = toBits(nearest);
  // Towards zero the representation decreases. Where it is odd it stays.
  Mask isTooGreat = abs(nearest.extendToF64()) > abs(x);
  Bits neighbour = select(isTooGreat, bits - 1, bits + 1);
  Mask isInexact = (error < 0.0) | (error > 0.0);
  Mask isEven = (bits & 1) == 0;
  return toReal(select(isInexact & isEven, neighbour, bits));
}

/// An integer of 64 bits, as another that f64 represents and that is rounded to
/// f16 and bf16 as this one. In what has more than 53 digits, the last 11 are
/// as good as one that tells whether they are 0.
static Bits dropDigits(Bits x, bool isSigned) {
  constexpr uint64_t exact = uint64_t(1) << 53, last = 1 << 11;
  Mask isShort = isSigned ? x + exact < 2 * exact : x < exact;
  Bits kept = x & -last;
  Mask isWhole = (x & (last - 1)) == 0;
  return select(isShort, x, select(isWhole, kept, kept | last));
}

static Value buildIntegerToFloat(MathContext &context, Value x, Type type,
                                 bool isSigned) {
  if (isSigned)
    return arith::SIToFPOp::create(context.builder, context.loc, type, x);
  return arith::UIToFPOp::create(context.builder, context.loc, type, x);
}

/// `x`, integers, as a `type`, which is f16 or bf16.
static Value convertInteger(MathContext &context, Value x, Type type,
                            bool isSigned) {
  Bits bits(context, x);
  Type f32 = bits.withElement(context.builder.getF32Type());
  Type f64 = bits.withElement(context.builder.getF64Type());
  if (bits.getWidth() < 24)
    return narrow({context, buildIntegerToFloat(context, x, f32, isSigned)},
                  type);
  if (bits.getWidth() == 64)
    x = dropDigits(bits, isSigned).getValue();
  Real wide(context, buildIntegerToFloat(context, x, f64, isSigned));
  return narrow(roundToOddF32(wide), type);
}

//===----------------------------------------------------------------------===//
// Patterns
//===----------------------------------------------------------------------===//

static MathContext makeContext(Operation *op, RewriterBase &rewriter) {
  return {rewriter, op->getLoc(), /*hasFMA=*/false};
}

namespace {
struct ExpandExtension : OpRewritePattern<arith::ExtFOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(arith::ExtFOp op,
                                PatternRewriter &rewriter) const override {
    if (!isHalfPrecision(op.getIn().getType()))
      return rewriter.notifyMatchFailure(op, "is not from f16 or bf16");
    MathContext context = makeContext(op, rewriter);
    Real result = extend(context, op.getIn());
    if (getElementTypeOrSelf(op.getType()).isF64())
      result = result.extendToF64();
    rewriter.replaceOp(op, result.getValue());
    return success();
  }
};

struct ExpandTruncation : OpRewritePattern<arith::TruncFOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(arith::TruncFOp op,
                                PatternRewriter &rewriter) const override {
    if (!isHalfPrecision(op.getType()))
      return rewriter.notifyMatchFailure(op, "is not to f16 or bf16");
    MathContext context = makeContext(op, rewriter);
    Real x(context, op.getIn());
    rewriter.replaceOp(op,
                       narrow(x.isF32() ? x : roundToOddF32(x), op.getType()));
    return success();
  }
};

template <typename OpTy, bool isSigned>
struct ExpandFromInteger : OpRewritePattern<OpTy> {
  using OpRewritePattern<OpTy>::OpRewritePattern;

  LogicalResult matchAndRewrite(OpTy op,
                                PatternRewriter &rewriter) const override {
    if (!isHalfPrecision(op.getType()))
      return rewriter.notifyMatchFailure(op, "is not to f16 or bf16");
    MathContext context = makeContext(op, rewriter);
    rewriter.replaceOp(
        op, convertInteger(context, op.getIn(), op.getType(), isSigned));
    return success();
  }
};

/// Computes in f32 what takes floats and returns something else.
template <typename OpTy>
struct ExtendOperands : OpRewritePattern<OpTy> {
  using OpRewritePattern<OpTy>::OpRewritePattern;

  LogicalResult matchAndRewrite(OpTy op,
                                PatternRewriter &rewriter) const override {
    if (!isHalfPrecision(op->getOperand(0).getType()))
      return rewriter.notifyMatchFailure(op, "is not on f16 or bf16");
    MathContext context = makeContext(op, rewriter);
    rewriter.modifyOpInPlace(op, [&] {
      for (OpOperand &operand : op->getOpOperands())
        operand.set(extend(context, operand.get()).getValue());
    });
    return success();
  }
};

} // namespace

static void expandConversions(ModuleOp module) {
  RewritePatternSet patterns(module.getContext());
  patterns.add<ExpandExtension, ExpandTruncation,
               ExpandFromInteger<arith::SIToFPOp, true>,
               ExpandFromInteger<arith::UIToFPOp, false>,
               ExtendOperands<arith::CmpFOp>, ExtendOperands<arith::FPToSIOp>,
               ExtendOperands<arith::FPToUIOp>>(module.getContext());
  walkAndApplyPatterns(module, std::move(patterns));
}

//===----------------------------------------------------------------------===//
// Storage
//===----------------------------------------------------------------------===//

/// Replaces f16 and bf16 in every type and constant by i16.
static void storeAsIntegers(ModuleOp module) {
  Type i16 = IntegerType::get(module.getContext(), 16);
  AttrTypeReplacer replacer;
  replacer.addReplacement([=](FloatType type) -> Type {
    return isHalfPrecision(type) ? i16 : type;
  });
  replacer.addReplacement([=](FloatAttr number) -> Attribute {
    if (!isHalfPrecision(number.getType()))
      return number;
    return IntegerAttr::get(i16, number.getValue().bitcastToAPInt());
  });
  replacer.addReplacement(
      [=](DenseIntOrFPElementsAttr numbers)
          -> std::optional<std::pair<Attribute, WalkResult>> {
        if (!isHalfPrecision(numbers.getElementType()))
          return std::make_pair(numbers, WalkResult::skip());
        return std::make_pair(numbers.bitcast(i16), WalkResult::skip());
      });
  replacer.recursivelyReplaceElementsIn(module, /*replaceAttrs=*/true,
                                        /*replaceLocs=*/false,
                                        /*replaceTypes=*/true);
}

/// Every buffer of f16 or bf16 that is an argument, and its element type.
static SmallVector<std::pair<BlockArgument, Type>>
getHalfPrecisionArguments(ModuleOp module) {
  SmallVector<std::pair<BlockArgument, Type>> arguments;
  for (auto function : module.getOps<func::FuncOp>())
    for (BlockArgument argument : function.getArguments())
      if (isHalfPrecision(argument.getType()))
        arguments.emplace_back(argument,
                               getElementTypeOrSelf(argument.getType()));
  return arguments;
}

namespace {
struct ExpandHalfPrecisionPass
    : atled::impl::ExpandHalfPrecisionPassBase<ExpandHalfPrecisionPass> {
  void runOnOperation() override {
    expandConversions(getOperation());
    auto arguments = getHalfPrecisionArguments(getOperation());
    storeAsIntegers(getOperation());
    for (auto [argument, element] : arguments)
      cast<func::FuncOp>(argument.getOwner()->getParentOp())
          .setArgAttr(argument.getArgNumber(), elementTypeAttrName,
                      TypeAttr::get(element));
  }
};
} // namespace
