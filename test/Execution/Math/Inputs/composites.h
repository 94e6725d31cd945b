//===- composites.h - What composed operations have to be -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// MPFR's values of the operations that are made of others, and what their
// errors are relative to. Each is computed with so many digits that none of
// those that are compared is lost to cancellation.
//
//===----------------------------------------------------------------------===//

#include <math.h>
#include <mpfr.h>

// Of any difference of two doubles; and of those that rows have.
enum { DIGITS = 2400, ROW_DIGITS = 320 };

/// exp(x) / (1 + exp(x)) for x <= 0, 1 / (1 + exp(-x)) else.
static int refLogistic(mpfr_t r, const mpfr_t x, const mpfr_t y) {
  mpfr_t e;
  mpfr_init2(e, 200);
  mpfr_neg(e, x, MPFR_RNDN);
  mpfr_exp(e, e, MPFR_RNDN);
  mpfr_add_ui(e, e, 1, MPFR_RNDN);
  mpfr_ui_div(r, 1, e, MPFR_RNDN);
  mpfr_clear(e);
  return 0;
}

static int refSilu(mpfr_t r, const mpfr_t x, const mpfr_t y) {
  if (mpfr_inf_p(x) && mpfr_sgn(x) < 0) {
    mpfr_set_zero(r, -1);
    return 0;
  }
  refLogistic(r, x, y);
  mpfr_mul(r, r, x, MPFR_RNDN);
  return 0;
}

/// log(1 + exp(x)), which is x + log(1 + exp(-x)).
static int refSoftplus(mpfr_t r, const mpfr_t x, const mpfr_t y) {
  mpfr_t e;
  mpfr_init2(e, 200);
  mpfr_abs(e, x, MPFR_RNDN);
  mpfr_neg(e, e, MPFR_RNDN);
  mpfr_exp(e, e, MPFR_RNDN);
  mpfr_log1p(e, e, MPFR_RNDN);
  if (mpfr_sgn(x) > 0)
    mpfr_add(e, e, x, MPFR_RNDN);
  mpfr_set(r, mpfr_nan_p(x) ? x : e, MPFR_RNDN);
  mpfr_clear(e);
  return 0;
}

static int refHypot(mpfr_t r, const mpfr_t x, const mpfr_t y) {
  return mpfr_hypot(r, x, y, MPFR_RNDN);
}

static int refLogAddExp(mpfr_t r, const mpfr_t x, const mpfr_t y) {
  if (mpfr_nan_p(x) || mpfr_nan_p(y)) {
    mpfr_set_nan(r);
    return 0;
  }
  const mpfr_t *greater =
      mpfr_cmp(x, y) > 0 ? (const mpfr_t *)x : (const mpfr_t *)y;
  if (mpfr_inf_p(*greater))
    return mpfr_set(r, *greater, MPFR_RNDN);
  mpfr_t d;
  mpfr_init2(d, DIGITS);
  mpfr_sub(d, x, y, MPFR_RNDN);
  mpfr_abs(d, d, MPFR_RNDN);
  mpfr_neg(d, d, MPFR_RNDN);
  mpfr_prec_round(d, 300, MPFR_RNDN);
  mpfr_exp(d, d, MPFR_RNDN);
  mpfr_log1p(d, d, MPFR_RNDN);
  mpfr_add(r, d, *greater, MPFR_RNDN);
  mpfr_clear(d);
  return 0;
}

/// x erfc(-x / √2) / 2.
static int refGelu(mpfr_t r, const mpfr_t x, const mpfr_t y) {
  if (mpfr_inf_p(x) && mpfr_sgn(x) < 0) {
    mpfr_set_zero(r, -1);
    return 0;
  }
  mpfr_t t;
  mpfr_init2(t, 240);
  mpfr_sqrt_ui(t, 2, MPFR_RNDN);
  mpfr_div(t, x, t, MPFR_RNDN);
  mpfr_neg(t, t, MPFR_RNDN);
  mpfr_erfc(t, t, MPFR_RNDN);
  mpfr_div_2ui(t, t, 1, MPFR_RNDN);
  mpfr_mul(r, t, x, MPFR_RNDN);
  mpfr_clear(t);
  return 0;
}

/// x / (1 + exp(-2 √(2/π) (x + 0.044715 x³))).
static int refGeluTanh(mpfr_t r, const mpfr_t x, const mpfr_t y) {
  if (mpfr_inf_p(x) && mpfr_sgn(x) < 0) {
    mpfr_set_zero(r, -1);
    return 0;
  }
  mpfr_t u, v;
  mpfr_inits2(240, u, v, (mpfr_ptr)0);
  mpfr_sqr(u, x, MPFR_RNDN);
  mpfr_mul_ui(u, u, 44715, MPFR_RNDN);
  mpfr_div_ui(u, u, 1000000, MPFR_RNDN);
  mpfr_add_ui(u, u, 1, MPFR_RNDN);
  mpfr_mul(u, u, x, MPFR_RNDN);
  mpfr_const_pi(v, MPFR_RNDN);
  mpfr_ui_div(v, 8, v, MPFR_RNDN);
  mpfr_sqrt(v, v, MPFR_RNDN);
  mpfr_mul(u, u, v, MPFR_RNDN);
  mpfr_neg(u, u, MPFR_RNDN);
  mpfr_exp(u, u, MPFR_RNDN);
  mpfr_add_ui(u, u, 1, MPFR_RNDN);
  mpfr_div(r, x, u, MPFR_RNDN);
  mpfr_clears(u, v, (mpfr_ptr)0);
  return 0;
}

/// Near 0 the error of logaddexp is relative to the greater of the terms it
/// adds. The distance of the operands is rounded, and is an exponent.
static double scaleLogAddExp(double x, double y) {
  return isfinite(x) && isfinite(y)
             ? fmax(fabs(fmax(x, y)), log1p(exp(-fabs(x - y))))
             : 0;
}
static double moreOfLogAddExp(double x, double y) {
  return isfinite(x) && isfinite(y) ? fabs(x - y) : 0;
}

//===----------------------------------------------------------------------===//
// Rows
//===----------------------------------------------------------------------===//

/// A row of arguments, what it becomes, and for each of that what an error is
/// relative to at least, and how many units more than the bound are allowed.
typedef struct {
  int n;
  const double *x;
  mpfr_t *results;
  double *scale, *more;
} Row;

static double greatestOf(Row row) {
  double greatest = -INFINITY;
  for (int i = 0; i < row.n; ++i)
    greatest = fmax(greatest, row.x[i]);
  return greatest;
}

/// The sum of exp(x - m), m the greatest.
static void sumOfExponentials(mpfr_t sum, Row row) {
  mpfr_t e;
  mpfr_init2(e, ROW_DIGITS);
  double greatest = greatestOf(row);
  mpfr_set_zero(sum, 1);
  for (int i = 0; i < row.n; ++i) {
    mpfr_set_d(e, row.x[i], MPFR_RNDN);
    mpfr_sub_d(e, e, greatest, MPFR_RNDN);
    mpfr_t power;
    mpfr_init2(power, 300);
    mpfr_exp(power, e, MPFR_RNDN);
    mpfr_add(sum, sum, power, MPFR_RNDN);
    mpfr_clear(power);
  }
  mpfr_clear(e);
}

/// log(sum exp(x)), to the power of e or not, less what stands in a row.
static void setLogSumExp(mpfr_t result, Row row) {
  mpfr_t sum;
  mpfr_init2(sum, 300);
  sumOfExponentials(sum, row);
  mpfr_log(sum, sum, MPFR_RNDN);
  mpfr_add_d(result, sum, greatestOf(row), MPFR_RNDN);
  mpfr_clear(sum);
}

static void refLogSumExp(Row row) {
  mpfr_t all;
  mpfr_init2(all, 300);
  setLogSumExp(all, row);
  for (int i = 0; i < row.n; ++i) {
    mpfr_set(row.results[i], all, MPFR_RNDN);
    row.scale[i] = fmax(1, fabs(greatestOf(row)));
  }
  mpfr_clear(all);
}

static void refLogSoftmax(Row row) {
  mpfr_t all;
  mpfr_init2(all, ROW_DIGITS);
  setLogSumExp(all, row);
  for (int i = 0; i < row.n; ++i) {
    mpfr_d_sub(row.results[i], row.x[i], all, MPFR_RNDN);
    row.scale[i] = 1;
  }
  mpfr_clear(all);
}

/// The difference from the greatest is rounded, and is an exponent.
static void refSoftmax(Row row) {
  mpfr_t all, d;
  mpfr_inits2(ROW_DIGITS, all, d, (mpfr_ptr)0);
  setLogSumExp(all, row);
  for (int i = 0; i < row.n; ++i) {
    mpfr_d_sub(d, row.x[i], all, MPFR_RNDN);
    mpfr_exp(row.results[i], d, MPFR_RNDN);
    row.more[i] = greatestOf(row) - row.x[i];
  }
  mpfr_clears(all, d, (mpfr_ptr)0);
}

static void refCumSum(Row row) {
  mpfr_t sum;
  mpfr_init2(sum, ROW_DIGITS);
  mpfr_set_zero(sum, 1);
  double magnitudes = 0;
  for (int i = 0; i < row.n; ++i) {
    mpfr_add_d(sum, sum, row.x[i], MPFR_RNDN);
    magnitudes += fabs(row.x[i]);
    mpfr_set(row.results[i], sum, MPFR_RNDN);
    row.scale[i] = magnitudes;
  }
  mpfr_clear(sum);
}

static void refCumProd(Row row) {
  mpfr_t product;
  mpfr_init2(product, ROW_DIGITS);
  mpfr_set_ui(product, 1, MPFR_RNDN);
  for (int i = 0; i < row.n; ++i) {
    mpfr_mul_d(product, product, row.x[i], MPFR_RNDN);
    mpfr_set(row.results[i], product, MPFR_RNDN);
  }
  mpfr_clear(product);
}

/// The last one everywhere.
static void spreadLast(Row row) {
  for (int i = 0; i < row.n - 1; ++i) {
    mpfr_set(row.results[i], row.results[row.n - 1], MPFR_RNDN);
    row.scale[i] = row.scale[row.n - 1];
  }
}

static void refSum(Row row) {
  refCumSum(row);
  spreadLast(row);
}

static void refProd(Row row) {
  refCumProd(row);
  spreadLast(row);
}

static void refMean(Row row) {
  refSum(row);
  for (int i = 0; i < row.n; ++i) {
    mpfr_div_ui(row.results[i], row.results[i], row.n, MPFR_RNDN);
    row.scale[i] /= row.n;
  }
}

static void refNorm(Row row) {
  mpfr_t sum, square;
  mpfr_inits2(ROW_DIGITS, sum, square, (mpfr_ptr)0);
  mpfr_set_zero(sum, 1);
  for (int i = 0; i < row.n; ++i) {
    mpfr_set_d(square, row.x[i], MPFR_RNDN);
    mpfr_sqr(square, square, MPFR_RNDN);
    mpfr_add(sum, sum, square, MPFR_RNDN);
  }
  mpfr_sqrt(sum, sum, MPFR_RNDN);
  for (int i = 0; i < row.n; ++i)
    mpfr_set(row.results[i], sum, MPFR_RNDN);
  mpfr_clears(sum, square, (mpfr_ptr)0);
}

/// Of differences from a mean that is rounded: relative to the squares.
static void refVariance(Row row) {
  mpfr_t mean, sum, d;
  mpfr_inits2(ROW_DIGITS, mean, sum, d, (mpfr_ptr)0);
  mpfr_set_zero(mean, 1);
  mpfr_set_zero(sum, 1);
  double magnitudes = 0;
  for (int i = 0; i < row.n; ++i) {
    mpfr_add_d(mean, mean, row.x[i], MPFR_RNDN);
    magnitudes += fabs(row.x[i]) / row.n;
  }
  mpfr_div_ui(mean, mean, row.n, MPFR_RNDN);
  for (int i = 0; i < row.n; ++i) {
    mpfr_sub_d(d, mean, row.x[i], MPFR_RNDN);
    mpfr_sqr(d, d, MPFR_RNDN);
    mpfr_add(sum, sum, d, MPFR_RNDN);
  }
  mpfr_div_ui(sum, sum, row.n, MPFR_RNDN);
  double deviation = sqrt(mpfr_get_d(sum, MPFR_RNDN));
  for (int i = 0; i < row.n; ++i) {
    mpfr_set(row.results[i], sum, MPFR_RNDN);
    row.scale[i] = deviation * (deviation + magnitudes);
  }
  mpfr_clears(mean, sum, d, (mpfr_ptr)0);
}

static void refCumLogSumExp(Row row) {
  for (int i = 0; i < row.n; ++i) {
    Row first = {i + 1, row.x, row.results, row.scale, row.more};
    setLogSumExp(row.results[i], first);
    row.scale[i] = fmax(1, fabs(greatestOf(first)));
  }
}
