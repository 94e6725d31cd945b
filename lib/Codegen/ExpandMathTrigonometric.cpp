//===- ExpandMathTrigonometric.cpp - sin, cos and tan ---------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All start from x = n π/2 + r with an integer n and |r| <= π/4, and
//
//   sin(r) = r + r z S(z)             z = r²
//   cos(r) = 1 - z/2 + z² C(z)
//
// of which n mod 4 says which one, and its sign. π/2 is a sum of constants that
// are so short that their products with n are exact (W. J. Cody and W. Waite,
// Software Manual for the Elementary Functions, 1980). f32 is computed in f64,
// and rounded once.
//
// Beyond 2^20 n has too many digits for that: such arguments are rare, and the
// C library's function computes them, one by one, behind a branch that is not
// taken otherwise.
//
//===----------------------------------------------------------------------===//

#include "ExpandMath.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

using namespace atled;

/// The greatest argument that is reduced here.
static constexpr double greatest = 0x1p20;
/// Added to an f64 of smaller magnitude than 2^51, rounds it to an integer and
/// shows that in its low digits.
static constexpr double roundingShift64 = 0x1.8p52;

// minimax.py sin-f64, cos-f64, sin-f32, cos-f32
static const double sin64[] = {-0x1.5555555555549p-3,  0x1.111111110f87bp-7,
                               -0x1.a01a019c11a67p-13, 0x1.71de3577c1970p-19,
                               -0x1.ae5e6642cefeep-26, 0x1.5d9303490485bp-33};
static const double cos64[] = {0x1.555555555554cp-5,  -0x1.6c16c16c1517ep-10,
                               0x1.a01a019cb1cf7p-16, -0x1.27e4f809fce61p-22,
                               0x1.1ee9ebf1514ccp-29, -0x1.8faea09da1258p-37};
static const double sin32[] = {-0x1.5555554cb9281p-3, 0x1.11110895ba320p-7,
                               -0x1.a00f9d2e95dd4p-13, 0x1.6cd83b5502192p-19};
static const double cos32[] = {0x1.5555554f4deeep-5, -0x1.6c16b898ac54ap-10,
                               0x1.a0112023484fap-16, -0x1.242ad5e204345p-22};

namespace {
/// x = n π/2 + r, r as a sum; n in the low digits of `shiftedN`.
struct Angle {
  Real shiftedN;
  RealPair r;
};
} // namespace

/// With 33 digits of π/2 in each constant, all products with n are exact but
/// the last. Four of them leave a relative error of r of 2^-70 where an f64
/// comes closest to a multiple of π/2.
static Angle reduce64(Real x) {
  Real shiftedN = fma(x, x.constant(0x1.45f306dc9c883p-1), roundingShift64);
  Real n = shiftedN - roundingShift64;
  RealPair second = twoSum(x - n * 0x1.921fb544p+0, -(n * 0x1.0b4611a6p-34));
  RealPair third = twoSum(second.high, -(n * 0x1.3198a2ep-69));
  Real low = second.low + third.low - n * 0x1.b839a252049c1p-104;
  return {shiftedN, fastTwoSum(third.high, low)};
}

/// For an x of f32, two constants do.
static Angle reduce32(Real x) {
  Real shiftedN = fma(x, x.constant(0x1.45f306dc9c883p-1), roundingShift64);
  Real n = shiftedN - roundingShift64;
  Real r = (x - n * 0x1.921fb544p+0) - n * 0x1.0b4611a626331p-34;
  return {shiftedN, {r, r.constant(0)}};
}

/// sin(r), which is r + low to first order in low, with cos(r) = 1 - z/2.
static Real sine(RealPair r, ArrayRef<double> coefficients) {
  Real z = r.high * r.high;
  Real correction = fma(z * -0.5, r.low, r.low);
  return r.high + fma(r.high * z, polynomial(z, coefficients), correction);
}

/// cos(r): what 1 - z/2 loses is added with the rest, and so is -r low.
static Real cosine(RealPair r, ArrayRef<double> coefficients) {
  Real z = r.high * r.high;
  Real half = z * 0.5;
  Real main = 1 - half;
  Real lost = (1 - main) - half;
  Real tail = fma(z * z, polynomial(z, coefficients), -(r.high * r.low));
  return main + (lost + tail);
}

/// sin(x + quarters π/2), |x| <= 2^20.
static Real sineOfReduced(const Angle &angle, uint64_t quarters,
                          ArrayRef<double> s, ArrayRef<double> c) {
  Bits n = toBits(angle.shiftedN) + quarters;
  Real value = select((n & 1) == 0, sine(angle.r, s), cosine(angle.r, c));
  return toReal(toBits(value) ^ ((n & 2) << 62));
}

/// tan(x) = sin(r) / cos(r) or -cos(r) / sin(r), as sums of two each: the
/// quotient of their first summands, and what it lacks.
static Real tangentOfReduced(const Angle &angle, ArrayRef<double> s,
                             ArrayRef<double> c) {
  RealPair r = angle.r;
  Real z = r.high * r.high, half = z * 0.5, main = 1 - half;
  Real sineTail =
      fma(r.high * z, polynomial(z, s), fma(z * -0.5, r.low, r.low));
  Real cosineTail = fma(z * z, polynomial(z, c), -(r.high * r.low));
  RealPair sine = fastTwoSum(r.high, sineTail);
  RealPair cosine = fastTwoSum(main, ((1 - main) - half) + cosineTail);

  Bits n = toBits(angle.shiftedN);
  Mask isEven = (n & 1) == 0;
  RealPair numerator = {select(isEven, sine.high, cosine.high),
                        select(isEven, sine.low, cosine.low)};
  RealPair denominator = {select(isEven, cosine.high, sine.high),
                          select(isEven, cosine.low, sine.low)};
  Real quotient = numerator.high / denominator.high;
  RealPair product = twoProduct(quotient, denominator.high);
  Real rest = ((numerator.high - product.high) - product.low) +
              (numerator.low - quotient * denominator.low);
  Real value = quotient + rest / denominator.high;
  return toReal(toBits(value) ^ ((n & 1) << 63));
}

/// Replaces the elements of `result` whose argument is too large by what `OpTy`
/// on them alone gives.
template <typename OpTy>
static Value callForLarge(Real x, Value result) {
  MathContext &context = x.getContext();
  Value large = (abs(x) > greatest).getValue();
  auto type = dyn_cast<VectorType>(result.getType());
  Value any = large;
  if (type)
    any = vector::ReductionOp::create(context.builder, context.loc,
                                      vector::CombiningKind::OR, large);
  auto callOne = [&](OpBuilder &builder, Location loc) {
    scf::YieldOp::create(builder, loc,
                         OpTy::create(builder, loc, x.getValue()).getResult());
  };
  auto callEach = [&](OpBuilder &base, Location loc) {
    ImplicitLocOpBuilder b(loc, base);
    Value zero = arith::ConstantIndexOp::create(b, 0);
    Value one = arith::ConstantIndexOp::create(b, 1);
    Value count = arith::ConstantIndexOp::create(b, type.getNumElements());
    auto loop = scf::ForOp::create(
        b, zero, count, one, result,
        [&](OpBuilder &inner, Location, Value i, ValueRange carried) {
          ImplicitLocOpBuilder b(loc, inner);
          Value argument = vector::ExtractOp::create(b, x.getValue(), i);
          Value isLarge = vector::ExtractOp::create(b, large, i);
          Value fast = vector::ExtractOp::create(b, carried[0], i);
          auto called = scf::IfOp::create(
              b, isLarge,
              [&](OpBuilder &then, Location) {
                Value exact = OpTy::create(then, loc, argument);
                scf::YieldOp::create(then, loc, exact);
              },
              [&](OpBuilder &otherwise, Location) {
                scf::YieldOp::create(otherwise, loc, fast);
              });
          Value next =
              vector::InsertOp::create(b, called.getResult(0), carried[0], i);
          scf::YieldOp::create(b, next);
        });
    scf::YieldOp::create(b, loop.getResults());
  };
  auto keep = [&](OpBuilder &builder, Location loc) {
    scf::YieldOp::create(builder, loc, result);
  };
  if (type)
    return scf::IfOp::create(context.builder, context.loc, any, callEach, keep)
        .getResult(0);
  return scf::IfOp::create(context.builder, context.loc, any, callOne, keep)
      .getResult(0);
}

template <typename OpTy>
static Real expandSine(Real x, uint64_t quarters) {
  MathContext &context = x.getContext();
  Real result = x.isF32() ? sineOfReduced(reduce32(x.extendToF64()), quarters,
                                          sin32, cos32)
                                .roundToF32()
                          : sineOfReduced(reduce64(x), quarters, sin64, cos64);
  return {context, callForLarge<OpTy>(x, result.getValue())};
}

/// Near 0 it is x, of which the reduction would lose the sign of a zero.
Real atled::expandSin(Real x) {
  Real tiny = x.constant(std::ldexp(1.0, -int(x.getMantissaBits()) / 2 - 2));
  return select(abs(x) < tiny, x, expandSine<math::SinOp>(x, 0));
}

Real atled::expandCos(Real x) { return expandSine<math::CosOp>(x, 1); }

Real atled::expandTan(Real x) {
  MathContext &context = x.getContext();
  Real result = x.isF32()
                    ? tangentOfReduced(reduce32(x.extendToF64()), sin32, cos32)
                          .roundToF32()
                    : tangentOfReduced(reduce64(x), sin64, cos64);
  result = {context, callForLarge<math::TanOp>(x, result.getValue())};
  Real tiny = x.constant(std::ldexp(1.0, -int(x.getMantissaBits()) / 2 - 2));
  return select(abs(x) < tiny, x, result);
}
