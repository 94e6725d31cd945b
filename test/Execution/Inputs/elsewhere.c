/* elsewhere.c - What run-external.mlir only declares.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
#include "atled/atled.h"

#ifdef CUBE
/* x^3; below 0 it fails. */
int32_t cube(const void *const *in, void *const *out, const int64_t *dims,
             void *workspace, size_t workspace_bytes, const atled_exec *exec) {
  const double *x = in[0];
  double *y = out[0];
  int i;
  (void)dims, (void)workspace, (void)workspace_bytes, (void)exec;
  for (i = 0; i < 3; ++i) {
    y[i] = x[i] * x[i] * x[i];
    if (x[i] < 0)
      return ATLED_ERROR_EXTERNAL + i;
  }
  return ATLED_OK;
}
#else
/* 3 x^2 dx, beside x^3. */
int32_t cube_tangent(const void *const *in, void *const *out,
                     const int64_t *dims, void *workspace,
                     size_t workspace_bytes, const atled_exec *exec) {
  const double *x = in[0], *dx = in[1];
  double *y = out[0], *dy = out[1];
  int i;
  (void)dims, (void)workspace, (void)workspace_bytes, (void)exec;
  for (i = 0; i < 3; ++i) {
    y[i] = x[i] * x[i] * x[i];
    dy[i] = 3 * x[i] * x[i] * dx[i];
  }
  return ATLED_OK;
}

/* 3 x^2 dy, of the x that it is given. */
int32_t cube_reverse(const void *const *in, void *const *out,
                     const int64_t *dims, void *workspace,
                     size_t workspace_bytes, const atled_exec *exec) {
  const double *x = in[0], *dy = in[1];
  double *dx = out[0];
  int i;
  (void)dims, (void)workspace, (void)workspace_bytes, (void)exec;
  for (i = 0; i < 3; ++i)
    dx[i] = 3 * x[i] * x[i] * dy[i];
  return ATLED_OK;
}
#endif
