//===- Indexing.hpp - Elements by their place and in order -----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Short ways to say gather and sort. A negative dimension is counted from the
// last.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_FRONTEND_INDEXING_HPP
#define ATLED_FRONTEND_INDEXING_HPP

#include "atled/Frontend/Arithmetic.hpp"

namespace atled {

/// The elements from the least to the greatest, or the other way. A template,
/// since nothing is deduced from braces: `sort({x}, 0)` is of a list.
template <class T, class = std::enable_if_t<std::is_same_v<T, Tensor>>>
Tensor sort(const T &x, int64_t dimension = -1, bool descending = false,
            Location location = Location::here()) {
  return sort({Operand(x, location)}, x.from_first(dimension, location),
              std::nullopt, descending, location)[0];
}

/// Where the elements of sort(x) come from.
inline Tensor argsort(const Tensor &x, int64_t dimension = -1,
                      bool descending = false,
                      Location location = Location::here()) {
  return sort({Operand(x, location)}, x.from_first(dimension, location),
              std::nullopt, descending, location)[1];
}

/// The parts of `x` at places along a dimension: that dimension becomes those
/// of `indices`. What is out of range is moved inside, or is 0 if dropped.
inline Tensor take(const Tensor &x, const Tensor &indices,
                   int64_t dimension = 0,
                   std::optional<OutOfRange> out_of_range = std::nullopt,
                   Location location = Location::here()) {
  dimension = x.from_first(dimension, location);
  Shape sizes = x.shape();
  sizes[dimension] = 1;
  std::vector<int64_t> offset;
  for (int64_t i = 0; i + 1 < x.rank(); ++i)
    offset.push_back(i < dimension ? i : i + indices.rank());
  return gather(x, indices, sizes, offset, {dimension}, {dimension},
                indices.rank(), /*sizes=*/{}, std::nullopt, std::nullopt,
                out_of_range, location);
}

/// For each place the element of `x` at another one along a dimension: that
/// which `indices` has there. Along the others, both have the same extents.
inline Tensor
take_along_dimension(const Tensor &x, const Tensor &indices, int64_t dimension,
                     std::optional<OutOfRange> out_of_range = std::nullopt,
                     Location location = Location::here()) {
  dimension = x.from_first(dimension, location);
  std::vector<int64_t> others;
  for (int64_t i = 0; i < x.rank(); ++i)
    if (i != dimension)
      others.push_back(i);
  return gather(x, indices, Shape(x.rank(), 1), {}, {dimension}, {dimension},
                x.rank(), /*sizes=*/{}, others, others, out_of_range, location);
}

namespace detail {
/// Refuses floats as the numbers that `what` are.
inline void check_integers(const Tensor &numbers, const std::string &what,
                           Location location) {
  if (numbers.dtype() >= DType::float16)
    fail(location, what + " are integers, and a tensor of " +
                       numbers.to_string() +
                       " is given; convert(x, DType::int32) drops fractions");
}
} // namespace detail

/// Rows of `depth` numbers, 1 at the index and 0 elsewhere; of an index out of
/// range, all are 0.
inline Tensor one_hot(const Tensor &indices, int64_t depth,
                      DType dtype = DType::float32,
                      Location location = Location::here()) {
  detail::check_integers(indices, "the indices of one_hot", location);
  Shape shape = indices.shape();
  shape.push_back(1);
  // Of 64 bits, lest the places wrap.
  Tensor places = iota(0, Spec(DType::int64, {depth}), {}, location);
  Tensor column =
      reshape(convert(indices, DType::int64, location), shape, location);
  return convert(compare(Predicate::eq, column, places, location), dtype,
                 location);
}

} // namespace atled

#endif // ATLED_FRONTEND_INDEXING_HPP
