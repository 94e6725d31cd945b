//===- Matmul.hpp - Products of matrices, vectors and batches --*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The dialect's matmul takes two matrices. This is NumPy's: a tensor of rank 1
// is a vector, and the dimensions before the last two are a batch.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_FRONTEND_MATMUL_HPP
#define ATLED_FRONTEND_MATMUL_HPP

#include "atled/Frontend/Einsum.hpp"

namespace atled {
namespace detail {

/// Refuses what is no vector, no matrix and no batch of matrices.
inline void check_factor(const Tensor &x, const std::string &name,
                         Location location) {
  if (x.rank() == 0)
    fail(location,
         "matmul multiplies vectors, matrices and batches of them: " + name +
             " is a tensor of " + x.to_string() + "; * multiplies by a number");
}

/// The extents over which products are summed may be equal.
inline void check_summed(const Tensor &lhs, const Tensor &rhs,
                         Location location) {
  int64_t left = lhs.rank() - 1, right = std::max<int64_t>(rhs.rank() - 2, 0);
  int64_t lhs_extent = lhs.shape()[left], rhs_extent = rhs.shape()[right];
  if (lhs_extent != rhs_extent && lhs_extent != dynamic &&
      rhs_extent != dynamic)
    fail(location, "matmul contracts dimensions of different size: dimension " +
                       std::to_string(left) + " of lhs, a tensor of " +
                       lhs.to_string() + ", is " + std::to_string(lhs_extent) +
                       ", and dimension " + std::to_string(right) +
                       " of rhs, a tensor of " + rhs.to_string() + ", " +
                       std::to_string(rhs_extent));
}

/// Batches are repeated to one shape, dimensions counted from the last.
inline void check_batches(const Tensor &lhs, const Tensor &rhs,
                          Location location) {
  for (int64_t i = 3; i <= std::min(lhs.rank(), rhs.rank()); ++i) {
    int64_t left = lhs.shape()[lhs.rank() - i],
            right = rhs.shape()[rhs.rank() - i];
    bool may_be_equal = left == right || left == dynamic || right == dynamic;
    if (!may_be_equal && left != 1 && right != 1)
      fail(location, "matmul multiplies batches that do not broadcast: "
                     "dimension " +
                         std::to_string(-i) + " of lhs, a tensor of " +
                         lhs.to_string() + ", is " + std::to_string(left) +
                         ", and of rhs, a tensor of " + rhs.to_string() + ", " +
                         std::to_string(right));
  }
}
} // namespace detail

/// The product of matrices, as NumPy's matmul: a vector is a row on the left,
/// a column on the right, and the result is without it; dimensions before the
/// last two are a batch, which is repeated as elementwise operations do it.
inline Tensor matmul(const Tensor &lhs, const Tensor &rhs,
                     Location location = Location::here()) {
  bool are_matrices = lhs.rank() == 2 && rhs.rank() == 2;
  // It also says of a tensor that it was never given a value.
  if (are_matrices || !lhs.handle().trace || !rhs.handle().trace)
    return matmul(Operand(lhs, location), Operand(rhs, location), location);
  detail::check_factor(lhs, "lhs", location);
  detail::check_factor(rhs, "rhs", location);
  detail::check_summed(lhs, rhs, location);
  detail::check_batches(lhs, rhs, location);
  bool has_rows = lhs.rank() > 1, has_columns = rhs.rank() > 1;
  std::string spec = std::string(has_rows ? "...ij," : "j,") +
                     (has_columns ? "...jk->..." : "j->...") +
                     (has_rows ? "i" : "") + (has_columns ? "k" : "");
  return detail::Einsum(spec, location, /*unrepeated=*/'j').run({lhs, rhs});
}

} // namespace atled

#endif // ATLED_FRONTEND_MATMUL_HPP
