//===- ExpandMathError.cpp - erf, erfc, erf_inv as arithmetic -------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   erfc(a) = exp(-a²) (1 + G(t)) / (1 + 3/2 a)  t = (a - 4) / (a + 4), a >= 0
//   erf(x)  = x + x E(x²)                        near 0, else 1 - erfc(x)
//   erf_inv(x) = x P(w), w = -log(1 - x²)        near 0, else x Q(√w)
//
// with polynomials G, E, P and Q, of which there are two (the first after M.
// Shepherd and J. Laframboise, Chebyshev Approximation of (1 + 2x) exp(x²) erfc
// x, 1981; P and Q after M. Giles, Approximating the erfinv function, 2010).
// Square, exponential and quotient are sums of two floats each. All is computed
// in f64.
//
//===----------------------------------------------------------------------===//

#include "ExpandMath.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace atled;

/// erfc is 0 from here on.
static constexpr double last = 28;

// minimax.py erf-f64, erfc-f64, erf-inv-near-f64, -middle-, -far-
static const double erf64[] = {
    0x1.06eba8214db69p-3,   -0x1.812746b0379e6p-2,  0x1.ce2f21a042b20p-4,
    -0x1.b82ce3128498dp-6,  0x1.565bcd0db0059p-8,   -0x1.c02db3d8e57f3p-11,
    0x1.f9a321a035555p-14,  -0x1.f4d1df2729839p-17, 0x1.b9def0ad0f1b1p-20,
    -0x1.5f1d2e8595448p-23, 0x1.f7a3b6ef3c98bp-27,  -0x1.38699f0a4c6e1p-30,
    0x1.05768741a4828p-34};
static const double erfc64[] = {
    -0x1.4fe731b075ac9p-5,  -0x1.5b19d309b1b81p-3,  0x1.0f371a217004dp-4,
    0x1.47f403036a93fp-7,   -0x1.8da09f8ab071ap-5,  0x1.bea654d298751p-5,
    -0x1.576eecbc677a5p-5,  0x1.941b0a743a5f9p-6,   -0x1.6cd057502fe39p-7,
    0x1.d47a1aa75a7c7p-9,   -0x1.2cd22c1d77037p-11, -0x1.0ffdf72f45f71p-13,
    0x1.c22a6e5e8adabp-14,  -0x1.3b0a4a406a545p-16, -0x1.01cb41cb98c4cp-17,
    0x1.18e177c9fb7f7p-18,  0x1.4dacacd26fa40p-23,  -0x1.42c03517c2f46p-21,
    0x1.ca6d29c986deap-25,  0x1.5f41f65647e87p-24,  -0x1.cbedfa5255b51p-28,
    -0x1.46b0a607b151fp-27, -0x1.346fb7887cad1p-30};

static const double erfInvNear64[] = {
    0x1.805c5cfcedef5p+0,   0x1.f91e8993f0d14p-3,   -0x1.11c3c302dfe33p-8,
    -0x1.4863cdfb61709p-10, 0x1.c9b437ed2a201p-13,  -0x1.4f47fe72fdfedp-18,
    -0x1.ca9227ca85485p-19, 0x1.01037e3863384p-21,  0x1.ccff739afb479p-27,
    -0x1.752fda62139c7p-27, 0x1.f2cbaa2265521p-31,  0x1.0704c60d20427p-33,
    -0x1.11957522a92fbp-35, 0x1.009430b3d402dp-40,  0x1.2d8d0c1df5071p-41,
    -0x1.56d48c9a8c852p-44, -0x1.9ffc470b0b016p-49, 0x1.114a75982cffep-49,
    -0x1.398a0d9822bedp-53, -0x1.ee621f801bc57p-56, 0x1.67097d2bf128fp-58,
    0x1.8f965519df09fp-63,  -0x1.3f6653e5d94c6p-64};
static const double erfInvMiddle64[] = {
    0x1.6a9efbd66eae6p+1,  0x1.006dca7a9c22bp+0,   0x1.3582c8114c01bp-7,
    -0x1.f4f1c6f0c1b7dp-8, 0x1.7495888ea8203p-8,   -0x1.d2754fd1cd7d9p-9,
    0x1.84f3ed6e46e2dp-10, -0x1.38431027c0066p-13, -0x1.28e0a13016c2ap-12,
    0x1.aeffe619d119cp-13, -0x1.85bce08ab5421p-15, -0x1.7fbfd6436c3dap-16,
    0x1.6ffc488e0fd7ep-16, -0x1.8f1aae4e31a2dp-18, -0x1.ba740d63317c7p-20,
    0x1.0c318d222fce1p-19, -0x1.5f4756a313efep-21, -0x1.475b147b9dcb6p-24,
    0x1.86b61bdcd0454p-23, -0x1.2337b4c22b6e3p-24, -0x1.d928337245c2ep-27,
    0x1.c169ec05541bep-27};
static const double erfInvFar64[] = {
    0x1.2e4fbe28e61acp+2,   0x1.02a49f7855b35p+0,   -0x1.a819f17830f20p-15,
    -0x1.0cbcfbbf2da51p-12, 0x1.7717f03733ecep-14,  -0x1.8915127cbf0cbp-16,
    0x1.71a25d071529dp-18,  -0x1.5476e811fd016p-20, 0x1.63ecc93754706p-22,
    -0x1.03d1e36473651p-23, 0x1.031c8df759d0ap-24,  -0x1.159a5d04aaeaep-25,
    0x1.0fb41b1f15b72p-26,  -0x1.c134a66b5a0d0p-28, 0x1.212a53114e943p-29,
    -0x1.dc3b9afae19fdp-32, -0x1.b9bc9ca90dc66p-38, 0x1.1327085911021p-34,
    -0x1.660020541a0f8p-35, 0x1.9d186c560d15bp-37,  0x1.1b8dbe985b4dep-40,
    -0x1.14cb3bfcb2eb1p-40};

/// t has the rounded sum b + 6, and makes up for what that loses near 0, where
/// G's slope is greatest and 5/32 is about 1 / (b + 6). The polynomial's first
/// terms, which outweigh the others, are added last.
Real atled::expandTimesErfc(Real factor, RealPair b, RealPair square) {
  Real sum = b.high + 6;
  Real lost = b.high - (sum - 6);
  Real quotient = (sum - 12) / sum;
  Real t = fma(lost * 0.15625, 1 - quotient, quotient);
  Real g = polynomial(t, ArrayRef(erfc64).drop_front(2));
  g = fma(t, fma(t, g, t.constant(erfc64[1])), t.constant(erfc64[0]));

  RealPair divisor = twoSum(b.high.constant(1), b.high);
  divisor.low = divisor.low + b.low;
  RealPair share =
      divide({factor, factor.constant(-0.0)}, divisor, 1 / divisor.high);
  Scaled e = expandScaledExp(-square.high, -square.low);
  RealPair w = multiply(share, e.mantissa);
  Real result = w.high + fma(w.high, g, fma(w.low, g, w.low));
  return expandScale(result, e.shiftedK);
}

/// erfc(a), a between 0 and `last`. 3/2 a is a sum of two.
static Real complement(Real a) {
  return expandTimesErfc(a.constant(1), fastTwoSum(a, a * 0.5),
                         twoProduct(a, a));
}

/// erf(x) - x, |x| < 1.
static Real beyondArgument(Real x) { return x * polynomial(x * x, erf64); }

Real atled::expandErf(Real x) {
  Real a = abs(x);
  Real near = x + beyondArgument(x);
  Real far = withSign(1 - complement(clamp(a, 0, last)), x);
  return select(a < 1.0, near, far);
}

Real atled::expandErfc(Real x) {
  Real right = complement(clamp(abs(x), 0, last));
  return select(x < 0.0, 2 - right, right);
}

Real atled::expandErfInv(Real x) {
  MathContext &context = x.getContext();
  Real a = abs(x);
  Real w = -expandLog((1 - a) * (1 + a));
  Real root(context,
            math::SqrtOp::create(context.builder, context.loc, w.getValue()));
  Mask isNear = w < 5.0, isFar = root > 3.75;
  Real t = select(isNear, w - 2.5, select(isFar, root - 4.875, root - 3));
  Real result =
      x * centredPolynomial(t, erfInvNear64,
                            {{!isNear, erfInvMiddle64}, {isFar, erfInvFar64}});
  return select(a == 1, withSign(a.infinity(), x), result);
}
