//===- MathBuilder.h - Formulas as C++ expressions -------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Values of a floating-point type, of the integer type of the same width, and
// of i1, with the operators of C++: a formula written with them builds the
// operations that compute it. Scalars and vectors are treated alike. An
// operator builds exactly one operation, rounded once and without fast-math
// flags, so that error-free transformations may be written as they stand in the
// books.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_SUPPORT_MATHBUILDER_H
#define ATLED_SUPPORT_MATHBUILDER_H

#include "atled/Support/LLVM.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/APFloat.h"
#include <cmath>

namespace atled {

/// Where a formula is built, and whether a fused multiply-add is one
/// instruction there.
struct MathContext {
  OpBuilder &builder;
  Location loc;
  bool hasFMA;
};

/// What all three kinds of value share.
class MathValue {
public:
  MathValue(MathContext &context, Value value)
      : context(&context), value(value) {}

  Value getValue() const { return value; }
  MathContext &getContext() const { return *context; }
  Type getElementType() const { return getElementTypeOrSelf(value); }
  /// `element` itself, or a vector of it if this value is one.
  Type withElement(Type element) const;

protected:
  template <typename OpTy, typename... Args>
  Value build(Args &&...args) const {
    return OpTy::create(context->builder, context->loc,
                        std::forward<Args>(args)...);
  }

  MathContext *context;
  Value value;
};

/// An i1: what selects.
class Mask : public MathValue {
public:
  using MathValue::MathValue;

  Mask operator&(Mask other) const;
  Mask operator|(Mask other) const;
  Mask operator!() const;
};

/// An integer as wide as the floats at hand; arithmetic wraps, shifts are
/// logical and comparisons unsigned.
class Bits : public MathValue {
public:
  using MathValue::MathValue;

  Bits constant(uint64_t number) const;
  unsigned getWidth() const { return getElementType().getIntOrFloatBitWidth(); }

  Bits operator+(Bits other) const;
  Bits operator-(Bits other) const;
  Bits operator&(Bits other) const;
  Bits operator|(Bits other) const;
  Bits operator^(Bits other) const;
  Bits operator<<(unsigned amount) const;
  Bits operator>>(unsigned amount) const;
  Bits operator+(uint64_t number) const { return *this + constant(number); }
  Bits operator-(uint64_t number) const { return *this - constant(number); }
  Bits operator&(uint64_t number) const { return *this & constant(number); }
  Bits operator|(uint64_t number) const { return *this | constant(number); }
  Mask operator==(uint64_t number) const;
  Mask operator<(uint64_t number) const;
};

/// An f32 or f64.
class Real : public MathValue {
public:
  using MathValue::MathValue;

  /// The number, which the type must represent exactly.
  Real constant(double number) const;
  Real infinity() const;
  Real nan() const;

  bool isF32() const { return getElementType().isF32(); }
  const llvm::fltSemantics &getSemantics() const;
  /// Digits after the leading one: 23 or 52.
  unsigned getMantissaBits() const;
  /// What is added to an exponent when it is stored: 127 or 1023.
  uint64_t getBias() const;

  Real operator+(Real other) const;
  Real operator-(Real other) const;
  Real operator*(Real other) const;
  Real operator/(Real other) const;
  Real operator-() const;
  Real operator+(double number) const { return *this + constant(number); }
  Real operator-(double number) const { return *this - constant(number); }
  Real operator*(double number) const { return *this * constant(number); }

  /// Ordered comparisons: false if either is NaN.
  Mask operator<(Real other) const;
  Mask operator>(Real other) const;
  Mask operator>=(Real other) const;
  Mask operator==(Real other) const;
  Mask operator<(double number) const { return *this < constant(number); }
  Mask operator>(double number) const { return *this > constant(number); }
  Mask operator>=(double number) const { return *this >= constant(number); }
  Mask operator==(double number) const { return *this == constant(number); }
  Mask isNaN() const;

  Real extendToF32() const;
  Real extendToF64() const;
  Real roundToF32() const;
};

inline Real operator+(double number, Real x) { return x.constant(number) + x; }
inline Real operator-(double number, Real x) { return x.constant(number) - x; }
inline Real operator*(double number, Real x) { return x.constant(number) * x; }
inline Real operator/(double number, Real x) { return x.constant(number) / x; }

/// a b + c, rounded once where the target has a fused multiply-add, else twice.
Real fma(Real a, Real b, Real c);
Real fma(Real a, double b, Real c);
Real fma(Real a, Real b, double c);

/// The representation of x, and the number that bits represent.
Bits toBits(Real x);
Real toReal(Bits bits);

Real abs(Real x);
/// `magnitude`, which is not negative, with the sign of `sign`.
Real withSign(Real magnitude, Real sign);

Real select(Mask mask, Real onTrue, Real onFalse);
Real select(Mask mask, Real onTrue, double onFalse);
Real select(Mask mask, double onTrue, Real onFalse);
Bits select(Mask mask, Bits onTrue, Bits onFalse);

/// x limited to [low, high]; NaN stays.
Real clamp(Real x, double low, double high);

/// The sum of coefficients[i] x^i, by Horner's rule.
Real polynomial(Real x, ArrayRef<double> coefficients);
/// The coefficients of a polynomial where `where` is true.
struct Piece {
  Mask where;
  ArrayRef<double> coefficients;
};
/// The same about the middle of an interval, where the first coefficient
/// outweighs the others: it is added last, so that their roundings count
/// little. The coefficients are those of the last piece that is there, if one
/// is.
Real centredPolynomial(Real x, ArrayRef<double> coefficients,
                       ArrayRef<Piece> pieces = {});

/// A number written as an unevaluated sum, |low| at most half an ulp of high.
struct RealPair {
  Real high, low;
};

/// a + b exactly (Knuth), and exactly if |a| >= |b| or a is 0 (Dekker).
RealPair twoSum(Real a, Real b);
RealPair fastTwoSum(Real a, Real b);
/// a b exactly, short of underflow: by fma or by Veltkamp's and Dekker's split.
RealPair twoProduct(Real a, Real b);
/// (n.high + n.low) / (d.high + d.low), both normal; `inverse` is 1 / d.high,
/// right to a few ulps. The sum of the two is right to nearly twice the digits.
RealPair divide(RealPair n, RealPair d, Real inverse);
/// What `divide` returned times x, right to as many digits.
RealPair multiply(RealPair quotient, RealPair x);

} // namespace atled

#endif // ATLED_SUPPORT_MATHBUILDER_H
