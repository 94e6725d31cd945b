//===- Arithmetic.hpp - Operators, and operations made of others -*- C++
//-*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_FRONTEND_ARITHMETIC_HPP
#define ATLED_FRONTEND_ARITHMETIC_HPP

#include "atled/Frontend/Operations.hpp"
#include <numeric>
#include <optional>

namespace atled {

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

inline Tensor operator+(const Operand &lhs, const Operand &rhs) {
  return add(lhs, rhs, lhs.place);
}
inline Tensor operator-(const Operand &lhs, const Operand &rhs) {
  return sub(lhs, rhs, lhs.place);
}
inline Tensor operator*(const Operand &lhs, const Operand &rhs) {
  return mul(lhs, rhs, lhs.place);
}
/// Integers truncate, as in C++.
inline Tensor operator/(const Operand &lhs, const Operand &rhs) {
  return div(lhs, rhs, lhs.place);
}
inline Tensor operator-(const Operand &x) { return neg(x, x.place); }
inline Tensor operator==(const Operand &lhs, const Operand &rhs) {
  return compare(Predicate::eq, lhs, rhs, lhs.place);
}
inline Tensor operator!=(const Operand &lhs, const Operand &rhs) {
  return compare(Predicate::ne, lhs, rhs, lhs.place);
}
inline Tensor operator<(const Operand &lhs, const Operand &rhs) {
  return compare(Predicate::lt, lhs, rhs, lhs.place);
}
inline Tensor operator<=(const Operand &lhs, const Operand &rhs) {
  return compare(Predicate::le, lhs, rhs, lhs.place);
}
inline Tensor operator>(const Operand &lhs, const Operand &rhs) {
  return compare(Predicate::gt, lhs, rhs, lhs.place);
}
inline Tensor operator>=(const Operand &lhs, const Operand &rhs) {
  return compare(Predicate::ge, lhs, rhs, lhs.place);
}
inline Tensor &operator+=(Tensor &lhs, const Operand &rhs) {
  return lhs = add(lhs, rhs, rhs.place);
}
inline Tensor &operator-=(Tensor &lhs, const Operand &rhs) {
  return lhs = sub(lhs, rhs, rhs.place);
}
inline Tensor &operator*=(Tensor &lhs, const Operand &rhs) {
  return lhs = mul(lhs, rhs, rhs.place);
}
inline Tensor &operator/=(Tensor &lhs, const Operand &rhs) {
  return lhs = div(lhs, rhs, rhs.place);
}

//===----------------------------------------------------------------------===//
// Shorter ways to say an operation
//===----------------------------------------------------------------------===//

/// The identity, constant to every derivative.
inline Tensor detach(const Tensor &x, Location location = Location::here()) {
  return x.detach(location);
}

inline Tensor convert(const Tensor &x, DType dtype,
                      Location location = Location::here()) {
  return convert(x, Spec(dtype, x.shape()), location);
}

inline Tensor reshape(const Tensor &x, const Shape &shape,
                      Location location = Location::here()) {
  return reshape(x, Spec(x.dtype(), shape), location);
}

/// Repeats `x` as NumPy does: dimensions are counted from the last.
inline Tensor broadcast_to(const Tensor &x, const Shape &shape,
                           Location location = Location::here()) {
  std::vector<int64_t> dimensions(x.rank());
  std::iota(dimensions.begin(), dimensions.end(),
            static_cast<int64_t>(shape.size()) - x.rank());
  return broadcast(x, dimensions, Spec(x.dtype(), shape), location);
}

/// Reverses the order of the dimensions.
inline Tensor transpose(const Tensor &x, Location location = Location::here()) {
  std::vector<int64_t> permutation(x.rank());
  std::iota(permutation.rbegin(), permutation.rend(), int64_t(0));
  return transpose(x, permutation, location);
}

/// A tensor of the type of `x` with this number everywhere.
template <class T>
Tensor full_like(const Tensor &x, T value,
                 Location location = Location::here()) {
  // Its size is that of what is computed from `x`.
  if (x.is_dynamic())
    return convert(
        select(compare(Predicate::eq, x, x, location), value, value, location),
        x.dtype(), location);
  return broadcast_to(constant(Array(value).to(x.dtype()), location), x.shape(),
                      location);
}
inline Tensor zeros_like(const Tensor &x,
                         Location location = Location::here()) {
  return full_like(x, 0, location);
}
inline Tensor ones_like(const Tensor &x, Location location = Location::here()) {
  return full_like(x, 1, location);
}

inline Tensor Tensor::operator[](const Operand &index) const {
  Location location = index.place;
  int64_t extent = size(0, location);
  Shape shape_of_part = shape();
  shape_of_part[0] = 1;
  std::vector<Operand> starts(rank(), Operand(0, location));
  starts[0] = index;
  if (index.raw.kind == ATLED_INTEGER) {
    int64_t position = index.raw.integer;
    if (position < -extent || position >= extent)
      detail::fail(location, "index " + std::to_string(position) +
                                 " is out of range: the first dimension of a "
                                 "tensor of " +
                                 to_string() + " is " + std::to_string(extent));
    starts[0] = Operand(position < 0 ? position + extent : position, location);
  }
  Tensor part =
      dynamic_slice(*this, starts, shape_of_part, std::nullopt, location);
  shape_of_part.erase(shape_of_part.begin());
  return reshape(part, shape_of_part, location);
}

namespace detail {
/// The dimension counted from the first.
inline int64_t from_first(const Tensor &x, int64_t dimension,
                          Location location) {
  x.size(dimension, location);
  return dimension < 0 ? dimension + x.rank() : dimension;
}

inline std::vector<int64_t> all_dimensions(const Tensor &x) {
  std::vector<int64_t> dimensions(x.rank());
  std::iota(dimensions.begin(), dimensions.end(), int64_t(0));
  return dimensions;
}
} // namespace detail

/// Over all dimensions, or those given.
inline Tensor sum(const Tensor &x, const std::vector<int64_t> &dimensions,
                  Location location = Location::here()) {
  return reduce_sum(x, dimensions, location);
}
inline Tensor sum(const Tensor &x, Location location = Location::here()) {
  return reduce_sum(x, detail::all_dimensions(x), location);
}

inline Tensor Tensor::sum(Location location) const {
  return atled::sum(*this, location);
}

/// Over all dimensions.
inline Tensor norm(const Tensor &x,
                   std::optional<NormOrder> order = std::nullopt,
                   Location location = Location::here()) {
  return norm(x, detail::all_dimensions(x), order, location);
}

/// Over all dimensions, or those given. The mean of none is 0 / 0.
inline Tensor mean(const Tensor &x, const std::vector<int64_t> &dimensions,
                   Location location = Location::here()) {
  if (x.is_dynamic())
    return mean(Operand(x, location), dimensions, location);
  Tensor total = reduce_sum(x, dimensions, location);
  int64_t count = 1;
  for (int64_t dimension : dimensions)
    count *= x.size(dimension, location);
  return div(total, static_cast<double>(count), location);
}
inline Tensor mean(const Tensor &x, Location location = Location::here()) {
  return mean(x, detail::all_dimensions(x), location);
}
inline Tensor Tensor::mean(Location location) const {
  return atled::mean(*this, location);
}

} // namespace atled

#endif // ATLED_FRONTEND_ARITHMETIC_HPP
