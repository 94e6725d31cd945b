//===- Rearrange.hpp - Parts, repetition, dimensions of one ----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What NumPy calls split, tile, squeeze and expand_dims, made of slice,
// broadcast and reshape. Negative dimensions are counted from the last.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_FRONTEND_REARRANGE_HPP
#define ATLED_FRONTEND_REARRANGE_HPP

#include "atled/Frontend/Arithmetic.hpp"
#include <algorithm>

namespace atled {

namespace detail {
/// Every `stride`-th of the elements from `start` on, before `limit`, along one
/// dimension.
inline Tensor slice_along(const Tensor &x, int64_t dimension, int64_t start,
                          int64_t limit, int64_t stride, Location location) {
  std::vector<int64_t> starts(x.rank(), 0), limits = x.shape(),
                                            strides(x.rank(), 1);
  starts[dimension] = start;
  limits[dimension] = limit;
  strides[dimension] = stride;
  return slice(x, starts, limits, strides, location);
}

/// The extent of a dimension that is cut into parts, which are as many in every
/// call.
inline int64_t size_to_split(const Tensor &x, int64_t dimension,
                             Location location) {
  int64_t own = x.shape()[dimension];
  if (own == dynamic)
    fail(location, "split makes a number of parts that the call does not "
                   "change, and dimension " +
                       std::to_string(dimension) + " of a tensor of " +
                       x.to_string() +
                       " is dynamic; take parts of it by slice, whose limit "
                       "may be `dynamic`: the end");
  return own;
}

inline std::string describe_extent(const Tensor &x, int64_t dimension) {
  return "dimension " + std::to_string(dimension) + " of a tensor of " +
         x.to_string() + " is " + std::to_string(x.shape()[dimension]);
}
} // namespace detail

/// Parts of these sizes, one behind the other along a dimension.
inline std::vector<Tensor> split(const Tensor &x,
                                 const std::vector<int64_t> &sizes,
                                 int64_t dimension = 0,
                                 Location location = Location::here()) {
  dimension = x.from_first(dimension, location);
  for (int64_t size : sizes)
    if (size < 0)
      detail::fail(location,
                   "a part cannot have the size " + std::to_string(size));
  int64_t total = std::accumulate(sizes.begin(), sizes.end(), int64_t(0));
  if (total != detail::size_to_split(x, dimension, location))
    detail::fail(location, "the sizes of the parts add up to " +
                               std::to_string(total) + ", and " +
                               detail::describe_extent(x, dimension));
  std::vector<Tensor> parts;
  int64_t start = 0;
  for (int64_t size : sizes) {
    parts.push_back(detail::slice_along(x, dimension, start, start + size,
                                        /*stride=*/1, location));
    start += size;
  }
  return parts;
}

/// So many equal parts.
template <class Count, class = std::enable_if_t<std::is_integral_v<Count>>>
std::vector<Tensor> split(const Tensor &x, Count count, int64_t dimension = 0,
                          Location location = Location::here()) {
  dimension = x.from_first(dimension, location);
  auto parts = static_cast<int64_t>(count);
  int64_t total = detail::size_to_split(x, dimension, location);
  if (parts < 1 || total % parts != 0)
    detail::fail(location,
                 "cannot make " + std::to_string(parts) +
                     " equal parts: " + detail::describe_extent(x, dimension));
  return split(x, std::vector<int64_t>(parts, total / parts), dimension,
               location);
}

/// `x` side by side with itself, so many times along each dimension. The
/// shorter of the shape and `counts` counts as having ones in front.
inline Tensor tile(const Tensor &x, const Integers &counts,
                   Location location = Location::here()) {
  const std::vector<int64_t> &repeats = counts.list();
  auto rank = std::max(x.rank(), static_cast<int64_t>(repeats.size()));
  Shape shape = x.shape();
  shape.insert(shape.begin(), rank - x.rank(), 1);
  Shape separate, repeated, merged;
  std::vector<Operand> sizes;
  for (int64_t i = 0; i < rank; ++i) {
    int64_t behind = i - (rank - static_cast<int64_t>(repeats.size()));
    int64_t count = behind < 0 ? 1 : repeats[behind];
    if (count < 0)
      detail::fail(location, "tile cannot repeat a dimension " +
                                 std::to_string(count) + " times");
    separate.insert(separate.end(), {1, shape[i]});
    repeated.insert(repeated.end(), {count, shape[i]});
    bool is_known = shape[i] != dynamic;
    merged.push_back(is_known ? count * shape[i] : dynamic);
    if (!is_known)
      sizes.emplace_back(
          mul(extent(x, i - (rank - x.rank()), DType::int64, location), count,
              location),
          location);
  }
  Tensor apart = reshape(x, separate, dynamic_extents(x, location), location);
  return reshape(broadcast_to(apart, repeated, location), merged, sizes,
                 location);
}

/// `x` without these dimensions, whose extent is 1.
inline Tensor squeeze(const Tensor &x, const Integers &dropped,
                      Location location = Location::here()) {
  std::vector<int64_t> dimensions = dropped.list();
  for (int64_t &dimension : dimensions) {
    dimension = x.from_first(dimension, location);
    if (x.size(dimension, location) != 1)
      detail::fail(location, "squeeze drops dimensions of extent 1, and " +
                                 detail::describe_extent(x, dimension));
  }
  Shape shape;
  for (int64_t i = 0; i < x.rank(); ++i)
    if (std::find(dimensions.begin(), dimensions.end(), i) == dimensions.end())
      shape.push_back(x.shape()[i]);
  return reshape(x, shape, dynamic_extents(x, location), location);
}

/// `x` without any dimension of extent 1.
inline Tensor squeeze(const Tensor &x, Location location = Location::here()) {
  Shape shape = x.shape();
  shape.erase(std::remove(shape.begin(), shape.end(), 1), shape.end());
  return reshape(x, shape, dynamic_extents(x, location), location);
}

/// `x` with dimensions of extent 1 at these places of the result.
inline Tensor expand_dims(const Tensor &x, const Integers &dimensions,
                          Location location = Location::here()) {
  int64_t rank = x.rank() + static_cast<int64_t>(dimensions.list().size());
  Shape shape(rank, 0), extents = x.shape();
  for (int64_t dimension : dimensions) {
    if (dimension < -rank || dimension >= rank)
      detail::fail(location, "expand_dims makes a tensor of rank " +
                                 std::to_string(rank) +
                                 ", which has no dimension " +
                                 std::to_string(dimension));
    int64_t &added = shape[dimension < 0 ? dimension + rank : dimension];
    if (added == 1)
      detail::fail(location, "expand_dims names dimension " +
                                 std::to_string(dimension) + " twice");
    added = 1;
  }
  auto next = extents.begin();
  for (int64_t &own : shape)
    if (own == 0)
      own = *next++;
  return reshape(x, shape, dynamic_extents(x, location), location);
}

} // namespace atled

#endif // ATLED_FRONTEND_REARRANGE_HPP
