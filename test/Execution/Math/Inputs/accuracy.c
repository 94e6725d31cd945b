//===- accuracy.c - How far elementary functions are from the truth -------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs every compiled kernel on random arguments (uniform as numbers, over the
// function's range and near 0, and uniform as bit patterns) and on all pairs of
// special ones, compares with MPFR, prints the largest error in units in the
// last place, and fails where it exceeds the function's bound or where a
// special value differs. `accuracy bench` prints nanoseconds per element
// instead; `accuracy 200000 exp` tries so many arguments, of one function.
//
//===----------------------------------------------------------------------===//

#include "composites.h"
#include <math.h>
#include <mpfr.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { N = 4096 };

typedef void Kernel(const void *x, const void *yOrResult, void *result);
typedef int Entry(const void *const *inputs, void *const *outputs,
                  const int64_t *extents, void *workspace, size_t size,
                  const void *execution);
typedef int Reference(mpfr_t result, const mpfr_t x, const mpfr_t y);

//===----------------------------------------------------------------------===//
// Functions and kernels
//===----------------------------------------------------------------------===//

#define UNARY_REFERENCE(name, call)                                            \
  static int name(mpfr_t r, const mpfr_t x, const mpfr_t y) {                  \
    return call(r, x, MPFR_RNDN);                                              \
  }
UNARY_REFERENCE(refExp, mpfr_exp)
UNARY_REFERENCE(refExpm1, mpfr_expm1)
UNARY_REFERENCE(refLog, mpfr_log)
UNARY_REFERENCE(refLog1p, mpfr_log1p)
UNARY_REFERENCE(refTanh, mpfr_tanh)
UNARY_REFERENCE(refSin, mpfr_sin)
UNARY_REFERENCE(refCos, mpfr_cos)
UNARY_REFERENCE(refRsqrt, mpfr_rec_sqrt)
UNARY_REFERENCE(refExp2, mpfr_exp2)
UNARY_REFERENCE(refLog2, mpfr_log2)
UNARY_REFERENCE(refLog10, mpfr_log10)
UNARY_REFERENCE(refCbrt, mpfr_cbrt)
UNARY_REFERENCE(refTan, mpfr_tan)
UNARY_REFERENCE(refAsin, mpfr_asin)
UNARY_REFERENCE(refAcos, mpfr_acos)
UNARY_REFERENCE(refAtan, mpfr_atan)
UNARY_REFERENCE(refSinh, mpfr_sinh)
UNARY_REFERENCE(refCosh, mpfr_cosh)
UNARY_REFERENCE(refAsinh, mpfr_asinh)
UNARY_REFERENCE(refAcosh, mpfr_acosh)
UNARY_REFERENCE(refAtanh, mpfr_atanh)
UNARY_REFERENCE(refErf, mpfr_erf)
UNARY_REFERENCE(refErfc, mpfr_erfc)
UNARY_REFERENCE(refCeil, mpfr_rint_ceil)
UNARY_REFERENCE(refFloor, mpfr_rint_floor)
UNARY_REFERENCE(refTrunc, mpfr_rint_trunc)
UNARY_REFERENCE(refRound, mpfr_rint_round)
UNARY_REFERENCE(refRoundEven, mpfr_rint_roundeven)
static int refAtan2(mpfr_t r, const mpfr_t y, const mpfr_t x) {
  return mpfr_atan2(r, y, x, MPFR_RNDN);
}
static int refPow(mpfr_t r, const mpfr_t x, const mpfr_t y) {
  return mpfr_pow(r, x, y, MPFR_RNDN);
}

//===----------------------------------------------------------------------===//
// What MPFR does not have as it is
//===----------------------------------------------------------------------===//

static int refLgamma(mpfr_t r, const mpfr_t x, const mpfr_t y) {
  int sign;
  return mpfr_lgamma(r, &sign, x, MPFR_RNDN);
}
static int refDigamma(mpfr_t r, const mpfr_t x, const mpfr_t y) {
  return mpfr_digamma(r, x, MPFR_RNDN);
}

/// Newton's method on erf(r) = x; on erfc(r) = 1 - x where x is near 1.
static int refErfInv(mpfr_t r, const mpfr_t x, const mpfr_t y) {
  if (mpfr_nan_p(x) || mpfr_cmpabs_ui(x, 1) > 0) {
    mpfr_set_nan(r);
    return 0;
  }
  if (mpfr_cmpabs_ui(x, 1) == 0) {
    mpfr_set_inf(r, mpfr_sgn(x));
    return 0;
  }
  if (mpfr_zero_p(x))
    return mpfr_set(r, x, MPFR_RNDN);
  mpfr_t a, root, value, slope, rest;
  mpfr_inits2(160, a, root, value, slope, rest, (mpfr_ptr)0);
  mpfr_abs(a, x, MPFR_RNDN);
  mpfr_ui_sub(rest, 1, a, MPFR_RNDN);
  // Less than the root, from where the steps go up: 0.8 a, or what has the
  // leading term of erfc.
  double start = 0.8 * mpfr_get_d(a, MPFR_RNDN);
  double tail = mpfr_get_d(rest, MPFR_RNDN);
  if (tail < 0.01)
    start = sqrt(-log(tail) - 2);
  mpfr_set_d(root, start, MPFR_RNDN);
  for (int step = 0; step < 60; ++step) {
    mpfr_erfc(value, root, MPFR_RNDN);
    mpfr_sub(value, value, rest, MPFR_RNDN);
    if (mpfr_get_d(a, MPFR_RNDN) < 0.5) {
      mpfr_erf(value, root, MPFR_RNDN);
      mpfr_sub(value, a, value, MPFR_RNDN);
    }
    // 2/√π exp(-r²) is the slope.
    mpfr_sqr(slope, root, MPFR_RNDN);
    mpfr_exp(slope, slope, MPFR_RNDN);
    mpfr_mul(value, value, slope, MPFR_RNDN);
    mpfr_const_pi(slope, MPFR_RNDN);
    mpfr_sqrt(slope, slope, MPFR_RNDN);
    mpfr_mul(value, value, slope, MPFR_RNDN);
    mpfr_div_2ui(value, value, 1, MPFR_RNDN);
    mpfr_add(root, root, value, MPFR_RNDN);
    if (mpfr_zero_p(value) || mpfr_get_exp(value) < mpfr_get_exp(root) - 120)
      break;
  }
  mpfr_setsign(r, root, mpfr_signbit(x), MPFR_RNDN);
  mpfr_clears(a, root, value, slope, rest, (mpfr_ptr)0);
  return 0;
}

/// |ψn(x)| of x > 0: Euler's and Maclaurin's sum from 40 on.
static void sumOfPowers(mpfr_t r, const mpfr_t x, unsigned n) {
  enum { terms = 24 };
  static mpfr_t bernoulli[terms];
  static int ready;
  mpfr_t a, sum, p, rising;
  mpfr_inits2(160, a, sum, p, rising, (mpfr_ptr)0);
  for (int j = 0; j < terms && !ready; ++j) { // B(2j+2) / (2j+2)!
    mpfr_init2(bernoulli[j], 160);
    mpfr_const_pi(p, MPFR_RNDN);
    mpfr_mul_2ui(p, p, 1, MPFR_RNDN);
    mpfr_pow_ui(p, p, 2 * j + 2, MPFR_RNDN);
    mpfr_zeta_ui(bernoulli[j], 2 * j + 2, MPFR_RNDN);
    mpfr_div(bernoulli[j], bernoulli[j], p, MPFR_RNDN);
    mpfr_mul_si(bernoulli[j], bernoulli[j], j % 2 ? -2 : 2, MPFR_RNDN);
  }
  ready = 1;
  mpfr_set(a, x, MPFR_RNDN);
  mpfr_set_zero(r, 1);
  for (; mpfr_cmp_ui(a, 40) < 0; mpfr_add_ui(a, a, 1, MPFR_RNDN)) {
    mpfr_pow_ui(p, a, n + 1, MPFR_RNDN);
    mpfr_ui_div(p, 1, p, MPFR_RNDN);
    mpfr_add(r, r, p, MPFR_RNDN);
  }
  mpfr_mul_ui(r, r, n, MPFR_RNDN);
  mpfr_ui_div(sum, n, a, MPFR_RNDN);
  mpfr_div_2ui(sum, sum, 1, MPFR_RNDN);
  mpfr_add_ui(sum, sum, 1, MPFR_RNDN);
  mpfr_set_ui(rising, 1, MPFR_RNDN);
  for (unsigned j = 0; j < terms; ++j) {
    mpfr_mul_ui(rising, rising, (n + 2 * j) * (n + 2 * j + 1), MPFR_RNDN);
    mpfr_div(rising, rising, a, MPFR_RNDN);
    mpfr_div(rising, rising, a, MPFR_RNDN);
    mpfr_mul(p, rising, bernoulli[j], MPFR_RNDN);
    mpfr_add(sum, sum, p, MPFR_RNDN);
  }
  mpfr_pow_ui(p, a, n, MPFR_RNDN);
  mpfr_div(sum, sum, p, MPFR_RNDN);
  mpfr_add(r, r, sum, MPFR_RNDN);
  mpfr_fac_ui(p, n - 1, MPFR_RNDN);
  mpfr_mul(r, r, p, MPFR_RNDN);
  mpfr_clears(a, sum, p, rising, (mpfr_ptr)0);
}

/// ψ1 and ψ2, less than 0 by ψ1(x) = π² / sin² πx - ψ1(1 - x) and ψ2(x) =
/// ψ2(1 - x) - 2 π³ cos πx / sin³ πx.
static int refPolygamma(mpfr_t r, const mpfr_t x, unsigned n) {
  if (mpfr_nan_p(x) || (mpfr_inf_p(x) && mpfr_sgn(x) < 0)) {
    mpfr_set_nan(r);
    return 0;
  }
  if (mpfr_inf_p(x)) {
    mpfr_set_zero(r, n == 1 ? 1 : -1);
    return 0;
  }
  if (mpfr_integer_p(x) && mpfr_sgn(x) <= 0) {
    if (n == 1)
      mpfr_set_inf(r, 1);
    else if (mpfr_zero_p(x))
      mpfr_set_inf(r, mpfr_signbit(x) ? 1 : -1);
    else
      mpfr_set_nan(r);
    return 0;
  }
  mpfr_t u, sine, cosine, whole;
  mpfr_inits2(1200, u, sine, cosine, whole, (mpfr_ptr)0);
  mpfr_set(u, x, MPFR_RNDN);
  if (mpfr_sgn(x) < 0)
    mpfr_ui_sub(u, 1, x, MPFR_RNDN);
  mpfr_prec_round(u, 160, MPFR_RNDN);
  sumOfPowers(r, u, n);
  if (n == 2)
    mpfr_neg(r, r, MPFR_RNDN);
  if (mpfr_sgn(x) < 0) {
    mpfr_rint(whole, x, MPFR_RNDN);
    mpfr_sub(u, x, whole, MPFR_RNDN);
    mpfr_set_prec(cosine, 160);
    mpfr_set_prec(sine, 160);
    mpfr_const_pi(cosine, MPFR_RNDN);
    mpfr_set(whole, cosine, MPFR_RNDN);
    mpfr_mul(u, u, cosine, MPFR_RNDN);
    mpfr_sin_cos(sine, cosine, u, MPFR_RNDN);
    mpfr_div(whole, whole, sine, MPFR_RNDN);
    mpfr_sqr(u, whole, MPFR_RNDN);
    if (n == 2) {
      mpfr_mul(u, u, whole, MPFR_RNDN);
      mpfr_mul(u, u, cosine, MPFR_RNDN);
      mpfr_mul_2ui(u, u, 1, MPFR_RNDN);
      mpfr_neg(u, u, MPFR_RNDN);
      mpfr_add(r, r, u, MPFR_RNDN);
    } else {
      mpfr_sub(r, u, r, MPFR_RNDN);
    }
  }
  mpfr_clears(u, sine, cosine, whole, (mpfr_ptr)0);
  return 0;
}
static int refTrigamma(mpfr_t r, const mpfr_t x, const mpfr_t y) {
  return refPolygamma(r, x, 1);
}
static int refTetragamma(mpfr_t r, const mpfr_t x, const mpfr_t y) {
  return refPolygamma(r, x, 2);
}

// What errors are relative to at least: left of 0 there are roots whose
// neighbours are differences.
static double scaleLgamma(double x, double y) { return x < 0 ? 1 : 0; }
static double scaleDigamma(double x, double y) {
  return x < 0 ? fmax(1, log(-x)) : 0;
}
static double scaleTetragamma(double x, double y) {
  return x < 0 ? 2 / ((1 - x) * (1 - x)) : 0;
}

static double rsqrt(double x) { return 1 / sqrt(x); }
static float rsqrtf(float x) { return 1 / sqrtf(x); }

typedef struct {
  const char *name;
  Reference *reference;
  // Where arguments are drawn from, as numbers.
  double low, high;
  // What is allowed, in units in the last place.
  double bound;
  // The C library's, to compare the speed with.
  void *libm32, *libm64;
  int operands;
  // The greatest finite argument for which the bound holds, if there is one:
  // what lies beyond is left to the C library.
  double greatest;
  // What an error at x, y is relative to at least, if it is not the result.
  double (*scale)(double x, double y);
  // Whether the reference is slow, so that fewer arguments have to do.
  int isSlow;
  // For operations on rows of so many.
  int row;
  void (*rowReference)(Row);
} Function;

static const Function functions[] = {
    {"exp", refExp, -760, 720, 1.2, expf, exp, 1},
    {"expm1", refExpm1, -50, 720, 1.5, expm1f, expm1, 1},
    {"log", refLog, 0, 1e4, 1, logf, log, 1},
    {"log1p", refLog1p, -1, 1e4, 1.5, log1pf, log1p, 1},
    {"tanh", refTanh, -20, 20, 1.5, tanhf, tanh, 1},
    {"sin", refSin, -1e4, 1e4, 1, sinf, sin, 1, 0x1p20},
    {"cos", refCos, -1e4, 1e4, 1, cosf, cos, 1, 0x1p20},
    {"rsqrt", refRsqrt, 0, 1e4, 1.5, rsqrtf, rsqrt, 1},
    {"exp2", refExp2, -1080, 1030, 1.2, exp2f, exp2, 1},
    {"log2", refLog2, 0, 1e4, 1.2, log2f, log2, 1},
    {"log10", refLog10, 0, 1e4, 1.2, log10f, log10, 1},
    {"cbrt", refCbrt, -1e4, 1e4, 1, cbrtf, cbrt, 1},
    {"tan", refTan, -1e4, 1e4, 1.2, tanf, tan, 1, 0x1p20},
    {"asin", refAsin, -1, 1, 1.2, asinf, asin, 1},
    {"acos", refAcos, -1, 1, 1.2, acosf, acos, 1},
    {"atan", refAtan, -10, 10, 1.2, atanf, atan, 1},
    {"sinh", refSinh, -720, 720, 2, sinhf, sinh, 1},
    {"cosh", refCosh, -720, 720, 2, coshf, cosh, 1},
    {"asinh", refAsinh, -10, 10, 1.5, asinhf, asinh, 1},
    {"acosh", refAcosh, 1, 10, 1.5, acoshf, acosh, 1},
    {"atanh", refAtanh, -1, 1, 1.5, atanhf, atanh, 1},
    {"atan2", refAtan2, -10, 10, 2, atan2f, atan2, 2},
    {"erf", refErf, -6, 6, 1.5, erff, erf, 1},
    {"erfc", refErfc, -6, 28, 2, erfcf, erfc, 1},
    {"erf_inv", refErfInv, -1, 1, 4, NULL, NULL, 1, 0, NULL, 1},
    {"lgamma", refLgamma, -30, 10, 4, lgammaf, lgamma, 1, 0, scaleLgamma, 1},
    {"digamma", refDigamma, -10, 10, 4, NULL, NULL, 1, 0, scaleDigamma, 1},
    {"trigamma", refTrigamma, -10, 30, 4, NULL, NULL, 1, 0, NULL, 1},
    {"tetragamma", refTetragamma, -10, 30, 10, NULL, NULL, 1, 0,
     scaleTetragamma, 1},
    {"ceil", refCeil, -10, 10, 0, ceilf, ceil, 1},
    {"floor", refFloor, -10, 10, 0, floorf, floor, 1},
    {"trunc", refTrunc, -10, 10, 0, truncf, trunc, 1},
    {"round", refRound, -10, 10, 0, roundf, round, 1},
    {"roundeven", refRoundEven, -10, 10, 0, rintf, rint, 1},
    {"pow", refPow, 0, 1e2, 1, powf, pow, 2},
    {"logistic", refLogistic, -760, 50, 2, NULL, NULL, 1, 0, NULL, 1},
    {"silu", refSilu, -760, 50, 2, NULL, NULL, 1, 0, NULL, 1},
    {"softplus", refSoftplus, -760, 50, 2, NULL, NULL, 1, 0, NULL, 1},
    {"gelu", refGelu, -40, 10, 2, NULL, NULL, 1, 0, NULL, 1},
    {"gelu_tanh", refGeluTanh, -23, 10, 2, NULL, NULL, 1, 0, NULL, 1},
    {"hypot", refHypot, -10, 10, 1.5, hypotf, hypot, 2},
    {"logaddexp", refLogAddExp, -10, 10, 2, NULL, NULL, 2, 0, scaleLogAddExp},
    // A sum of 64 goes through 8 additions at the most.
    {"reduce_sum", NULL, -10, 10, 4, NULL, NULL, 1, 0, NULL, 1, 64, refSum},
    {"cumsum", NULL, -10, 10, 31.5, NULL, NULL, 1, 0, NULL, 1, 64, refCumSum},
    {"reduce_prod", NULL, -2, 2, 31.5, NULL, NULL, 1, 0, NULL, 1, 64, refProd},
    {"cumprod", NULL, -2, 2, 31.5, NULL, NULL, 1, 0, NULL, 1, 64, refCumProd},
    {"mean", NULL, -10, 10, 4.5, NULL, NULL, 1, 0, NULL, 1, 64, refMean},
    {"variance", NULL, -10, 10, 8, NULL, NULL, 1, 0, NULL, 1, 64, refVariance},
    {"norm", NULL, -10, 10, 4, NULL, NULL, 1, 0, NULL, 1, 64, refNorm},
    {"logsumexp", NULL, -99, 99, 4, NULL, NULL, 1, 0, NULL, 1, 64,
     refLogSumExp},
    {"softmax", NULL, -99, 99, 8, NULL, NULL, 1, 0, NULL, 1, 64, refSoftmax},
    {"log_softmax", NULL, -99, 99, 4, NULL, NULL, 1, 0, NULL, 1, 64,
     refLogSoftmax},
    {"cumlogsumexp", NULL, -99, 99, 4, NULL, NULL, 1, 0, NULL, 1, 64,
     refCumLogSumExp},
};

typedef struct {
  const char *name, *mode;
  int is32;
  // Of the two, the one that there is.
  Kernel *run;
  Entry *call;
} Compiled;

typedef enum { f32 = 1, f64 = 0 } Element;
#define KERNEL(name, element, mode) void name##_##element##_##mode();
#define ENTRY(name, element, mode) int name##_##element##_##mode();
#include "kernels.inc"
#undef KERNEL
#undef ENTRY
#define KERNEL(name, element, mode)                                            \
  {#name, #mode, element, (Kernel *)name##_##element##_##mode, NULL},
#define ENTRY(name, element, mode)                                             \
  {#name, #mode, element, NULL, (Entry *)name##_##element##_##mode},
static const Compiled kernels[] = {
#include "kernels.inc"
};
enum { kernelCount = sizeof kernels / sizeof *kernels };

static void run(const Compiled *kernel, const Function *function, const void *x,
                const void *y, void *result) {
  static _Alignas(64) char workspace[1 << 20];
  const void *inputs[] = {x, y};
  if (kernel->call) {
    if (kernel->call(inputs, &result, NULL, workspace, sizeof workspace, NULL))
      abort();
  } else if (function->operands == 1)
    ((void (*)(const void *, void *))kernel->run)(x, result);
  else
    kernel->run(x, y, result);
}

//===----------------------------------------------------------------------===//
// Arguments: doubles, of which f32 takes the nearest
//===----------------------------------------------------------------------===//

static uint64_t state = 0x9e3779b97f4a7c15;
static uint64_t random64(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state * 0x2545f4914f6cdd1d;
}
static double uniform(double low, double high) {
  return low + (high - low) * ((double)(random64() >> 11) * 0x1p-53);
}
static double pattern(int is32) {
  uint64_t bits = random64();
  if (is32) {
    uint32_t low = (uint32_t)bits;
    float x;
    memcpy(&x, &low, 4);
    return x;
  }
  double x;
  memcpy(&x, &bits, 8);
  return x;
}

static const double specials[] = {
    0,
    1,
    0.5,
    1.5,
    2,
    3,
    4,
    5,
    7,
    0.25,
    0x1p-149,
    0x1p-150,
    0x1p-126,
    0x1.8p-127,
    0x1p-1022,
    0x1p-1074,
    0x1.8p-1073,
    INFINITY,
    NAN,
    0x1.fffffep127,
    0x1.fffffffffffffp1023,
    88.72283,
    88.722839,
    103.97208,
    103.9721,
    104.2,
    87.33654,
    709.782712893384,
    709.7827128933841,
    745.1332191019411,
    745.2,
    708.3964185322641,
    710,
    746,
    1e4,
    1e10,
    1e22,
    0x1p20,
    0x1p23,
    0x1p24,
    0x1.000002p24,
    0x1p31,
    0x1p52,
    0x1.0000000000001p52,
    0x1p53,
    0x1.0000000000001p53,
    0x1p62,
    0x1p63,
    0x1p64,
    0x1p100,
    0x1p127,
    0x1p1023,
    1e-3,
    1e-8,
    0x1p-24,
    0x1p-25,
    0x1p-53,
    0x1p-54,
    0x1p-28,
    0x1p-12,
    0x1.6a09e667f3bcdp-1,
    0x1.6a09e667f3bccp-1,
    0x1.6a09e8p-1,
    0x1.fffffffffffffp-1,
    0x1.0000000000001p0,
    0x1.fffffep-1,
    0x1.000002p0,
    0x1.921fb54442d18p-1,
    0x1.921fb54442d18p0,
    0x1.921fb54442d18p1,
    0x1.921fb6p0,
    0x1.921fb6p1,
    0x1.62e42fefa39efp-2,
    0x1.62e42fefa39efp-1,
    // The f64 and an f32 that come closest to a multiple of pi / 2.
    0x1.6ac5b262ca1ffp849,
    0x1.f7d5e6p+102,
    16367173.0 * 0x1p72,
    0.54930614,
    9.0109131,
    19.0615474653984,
    20,
    44,
    0.625,
    11,
    22,
    100,
};
enum { specialCount = sizeof specials / sizeof *specials };

/// The i-th argument: specials with both signs in all pairs first, then random.
static double argument(const Function *f, int is32, int operand, long i) {
  long pairs = 4L * specialCount * specialCount;
  if (i < (f->operands == 1 ? 2 * specialCount : pairs)) {
    long chosen =
        operand == 0 ? i % (2 * specialCount) : i / (2 * specialCount);
    if (chosen < 2 * specialCount)
      return chosen % 2 ? -specials[chosen / 2] : specials[chosen / 2];
  }
  switch (random64() % 5) {
  case 0:
    return pattern(is32);
  case 1:
    return uniform(-1, 1);
  case 2:
    return uniform(-1e4, 1e4);
  case 3: // around 1
    return 1 + copysign(exp(uniform(-36, 0)), uniform(-1, 1));
  default:
    return uniform(f->low, f->high);
  }
}

/// The same for rows, each of numbers of one kind: far apart, or close to each
/// other near 0 or anywhere.
static double rowArgument(const Function *f, long i) {
  static double low, high;
  if (i % f->row == 0) {
    double middle = uniform(f->low, f->high), width = exp(uniform(-9, 1));
    int kind = random64() % 3;
    low = kind == 0 ? f->low : kind == 1 ? -width : middle - width;
    high = kind == 0 ? f->high : kind == 1 ? width : middle + width;
  }
  return uniform(low, high);
}

//===----------------------------------------------------------------------===//
// Errors
//===----------------------------------------------------------------------===//

/// |result - reference| in units in the last place of the reference, or of
/// `scale` if that is greater; infinite where one is NaN, infinite or of a sign
/// that the other is not.
static double ulps(double result, const mpfr_t reference, int is32,
                   double scale) {
  if (mpfr_nan_p(reference) || isnan(result))
    return mpfr_nan_p(reference) && isnan(result) ? 0 : INFINITY;
  if (!mpfr_zero_p(reference) && result == 0 && scale == 0)
    result = copysign(0, mpfr_sgn(reference) < 0 ? -1 : 1) == result &&
                     !signbit(result) == (mpfr_sgn(reference) > 0)
                 ? 0
                 : NAN;
  if (mpfr_zero_p(reference))
    return result == 0 && !signbit(result) == !mpfr_signbit(reference)
               ? 0
               : INFINITY;
  int digits = is32 ? 24 : 53, least = is32 ? -149 : -1074;
  int greatest = is32 ? 128 : 1024;
  if (mpfr_inf_p(reference))
    return isinf(result) && !signbit(result) == (mpfr_sgn(reference) > 0)
               ? 0
               : INFINITY;
  mpfr_exp_t exponent = mpfr_get_exp(reference);
  // Overflow is measured as if the format went on by one binade.
  if (isinf(result)) {
    if (exponent > greatest && !signbit(result) == (mpfr_sgn(reference) > 0))
      return 0;
    result = copysign(ldexp(1, greatest - 1), result) * (is32 ? 2 : 1);
    if (!is32) { // 2^1024 is no double: halve both
      mpfr_t half;
      mpfr_init2(half, mpfr_get_prec(reference));
      mpfr_div_2ui(half, reference, 1, MPFR_RNDN);
      mpfr_d_sub(half, result, half, MPFR_RNDN);
      double error = fabs(mpfr_get_d(half, MPFR_RNDN)) / 0x1p970;
      mpfr_clear(half);
      return error;
    }
  }
  int scaleExponent;
  frexp(scale, &scaleExponent);
  if (scale > 0 && scaleExponent > exponent)
    exponent = scaleExponent;
  long unit = exponent - digits;
  if (unit > greatest - digits)
    unit = greatest - digits;
  if (unit < least)
    unit = least;
  static mpfr_t difference;
  static int ready;
  if (!ready++)
    mpfr_init2(difference, 64);
  mpfr_sub_d(difference, reference, result, MPFR_RNDN);
  mpfr_mul_2si(difference, difference, -unit, MPFR_RNDN);
  double error = fabs(mpfr_get_d(difference, MPFR_RNDN));
  return isnan(error) ? INFINITY : error;
}

typedef struct {
  double error, x, y, result;
} Worst;

static double load(const void *array, int is32, long i) {
  return is32 ? ((const float *)array)[i] : ((const double *)array)[i];
}
static void store(void *array, int is32, long i, double x) {
  if (is32)
    ((float *)array)[i] = (float)x;
  else
    ((double *)array)[i] = x;
}

static double x[N], y[N], result[N];

/// The references of N arguments, what their errors are relative to at least,
/// and how much more than the bound is allowed.
static void compute(const Function *f, int is32, mpfr_t *references,
                    double *scale, double *more) {
  mpfr_t a, b;
  mpfr_inits2(53, a, b, (mpfr_ptr)0);
  double arguments[N];
  for (int i = 0; i < N; ++i) {
    arguments[i] = load(x, is32, i);
    scale[i] = more[i] = 0;
    if (f->row)
      continue;
    mpfr_set_d(a, arguments[i], MPFR_RNDN);
    mpfr_set_d(b, load(y, is32, i), MPFR_RNDN);
    f->reference(references[i], a, b);
    // 1 / √-0 is -inf in C, +inf in MPFR.
    if (f->reference == refRsqrt && mpfr_zero_p(a) && mpfr_signbit(a))
      mpfr_set_inf(references[i], -1);
    if (f->scale)
      scale[i] = f->scale(arguments[i], load(y, is32, i));
    if (f->reference == refLogAddExp)
      more[i] = moreOfLogAddExp(arguments[i], load(y, is32, i));
  }
  for (int i = 0; f->row && i < N; i += f->row)
    f->rowReference(
        (Row){f->row, arguments + i, references + i, scale + i, more + i});
  mpfr_clears(a, b, (mpfr_ptr)0);
}

/// Measures all modes of a function of one type on the same arguments; how many
/// were out of bounds.
static int measure(const Function *f, int is32, long count) {
  const Compiled *modes[8];
  Worst worst[8] = {{0}};
  int modeCount = 0;
  for (int k = 0; k < kernelCount; ++k)
    if (kernels[k].is32 == is32 && !strcmp(kernels[k].name, f->name))
      modes[modeCount++] = &kernels[k];
  mpfr_t references[N];
  static double scale[N], more[N];
  for (int i = 0; i < N; ++i)
    mpfr_init2(references[i], 100);
  for (long done = 0; modeCount && done < count; done += N) {
    for (int i = 0; i < N; ++i) {
      store(x, is32, i,
            f->row ? rowArgument(f, i) : argument(f, is32, 0, done + i));
      store(y, is32, i, argument(f, is32, 1, done + i));
    }
    compute(f, is32, references, scale, more);
    for (int m = 0; m < modeCount; ++m) {
      run(modes[m], f, x, y, result);
      for (int i = 0; i < N; ++i) {
        if (f->greatest > 0 && isfinite(load(x, is32, i)) &&
            fabs(load(x, is32, i)) > f->greatest)
          continue;
        double error =
            ulps(load(result, is32, i), references[i], is32, scale[i]) -
            more[i];
        if (error > worst[m].error)
          worst[m] = (Worst){error, load(x, is32, i), load(y, is32, i),
                             load(result, is32, i)};
      }
    }
  }
  for (int i = 0; i < N; ++i)
    mpfr_clear(references[i]);
  int failures = 0;
  for (int m = 0; m < modeCount; ++m) {
    int failed = !(worst[m].error <= f->bound);
    failures += failed;
    printf("%-10s %s %-7s %8.4f ulp (at most %.2f) at %a", f->name,
           is32 ? "f32" : "f64", modes[m]->mode, worst[m].error, f->bound,
           worst[m].x);
    if (f->operands == 2)
      printf(", %a", worst[m].y);
    printf(": %a%s\n", worst[m].result, failed ? "  FAILED" : "");
  }
  return failures;
}

//===----------------------------------------------------------------------===//
// Speed
//===----------------------------------------------------------------------===//

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void libm(const Function *f, int is32) {
  for (int i = 0; i < N; ++i) {
    if (f->operands == 2)
      is32 ? (((float *)result)[i] = ((float (*)(float, float))f->libm32)(
                  ((float *)x)[i], ((float *)y)[i]))
           : (result[i] = ((double (*)(double, double))f->libm64)(x[i], y[i]));
    else if (is32)
      ((float *)result)[i] = ((float (*)(float))f->libm32)(((float *)x)[i]);
    else
      result[i] = ((double (*)(double))f->libm64)(x[i]);
  }
}

static void bench(const Function *f, int is32) {
  for (int i = 0; i < N; ++i) {
    store(x, is32, i, uniform(0.01, 10));
    store(y, is32, i, uniform(-3, 3));
  }
  for (int k = f->libm64 ? -1 : 0; k < kernelCount; ++k) {
    if (k >= 0 && (kernels[k].is32 != is32 || strcmp(kernels[k].name, f->name)))
      continue;
    double best = INFINITY;
    for (int repetition = 0; repetition < 300; ++repetition) {
      double start = now();
      if (k < 0)
        libm(f, is32);
      else
        run(&kernels[k], f, x, y, result);
      best = fmin(best, (now() - start) / N);
    }
    printf("%-9s %s %-7s %7.2f ns\n", f->name, is32 ? "f32" : "f64",
           k < 0 ? "libm" : kernels[k].mode, best);
  }
}

int main(int argc, char **argv) {
  int failures = 0;
  for (size_t i = 0; i < sizeof functions / sizeof *functions; ++i)
    for (int is32 = 1; is32 >= 0; --is32)
      if (argc > 2 && strcmp(argv[2], functions[i].name))
        continue;
      else if (argc > 1 && !strcmp(argv[1], "bench"))
        bench(&functions[i], is32);
      else
        failures += measure(&functions[i], is32,
                            (argc > 1 ? atol(argv[1]) : 200000) /
                                (functions[i].isSlow ? 8 : 1));
  return failures != 0;
}
