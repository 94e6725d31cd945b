//===- Losses.hpp - How far from the truth ---------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_FRONTEND_LOSSES_HPP
#define ATLED_FRONTEND_LOSSES_HPP

#include "atled/Frontend/Indexing.hpp"

namespace atled {

/// For each row of `logits`, which is its last dimension, -log of the share
/// that softmax gives to the class whose number is in `labels`; that has the
/// shape of the rows. A number of no class costs nothing.
inline Tensor cross_entropy(const Tensor &logits, const Tensor &labels,
                            Location location = Location::here()) {
  int64_t last = logits.from_first(-1, location),
          classes = logits.shape()[last];
  detail::check_integers(labels, "the labels of cross_entropy", location);
  bool fits = labels.rank() == last;
  for (int64_t i = 0; fits && i < last; ++i) {
    int64_t rows = logits.shape()[i], given = labels.shape()[i];
    fits = rows == given || rows == dynamic || given == dynamic;
  }
  if (!fits)
    detail::fail(location, "the labels of logits of " + logits.to_string() +
                               " are one for each row, and these are " +
                               labels.to_string());
  Shape column = labels.shape();
  column.push_back(1);
  // Of 64 bits, lest the numbers of the classes wrap.
  Operands size;
  if (classes == dynamic)
    size = {Operand(extent(logits, last, DType::int64, location), location)};
  Tensor numbers = iota(0, Spec(DType::int64, {classes}), size, location);
  Tensor is_label =
      compare(Predicate::eq,
              reshape(convert(labels, DType::int64, location), column,
                      dynamic_extents(labels, location), location),
              numbers, location);
  Tensor chosen =
      select(is_label, log_softmax(logits, {last}, location), 0.0, location);
  return neg(sum(chosen, {last}, location), location);
}

} // namespace atled

#endif // ATLED_FRONTEND_LOSSES_HPP
