//===- Losses.hpp - How far from the truth ---------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_FRONTEND_LOSSES_HPP
#define ATLED_FRONTEND_LOSSES_HPP

#include "atled/Frontend/Arithmetic.hpp"

namespace atled {

/// For each row of `logits`, which is its last dimension, -log of the share
/// that softmax gives to the class whose number is in `labels`; that has the
/// shape of the rows. A number of no class costs nothing.
inline Tensor cross_entropy(const Tensor &logits, const Tensor &labels,
                            Location location = Location::here()) {
  int64_t last = logits.rank() - 1, classes = logits.size(-1, location);
  if (labels.rank() != last)
    detail::fail(location, "the labels of logits of " + logits.to_string() +
                               " have a dimension less, and these are " +
                               labels.to_string());
  Shape column = labels.shape();
  column.push_back(1);
  Tensor numbers = iota(0, Spec(labels.dtype(), {classes}), {}, location);
  Tensor is_label = compare(Predicate::eq, reshape(labels, column, location),
                            numbers, location);
  Tensor chosen =
      select(is_label, log_softmax(logits, {last}, location), 0.0, location);
  return -sum(chosen, {last}, location);
}

} // namespace atled

#endif // ATLED_FRONTEND_LOSSES_HPP
