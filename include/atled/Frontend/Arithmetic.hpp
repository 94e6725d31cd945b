//===- Arithmetic.hpp - Operators, and operations made of others -*- C++
//-*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_FRONTEND_ARITHMETIC_HPP
#define ATLED_FRONTEND_ARITHMETIC_HPP

#include "atled/Frontend/IntegerRange.hpp"
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
/// Of booleans, and bit by bit of integers.
inline Tensor operator&(const Operand &lhs, const Operand &rhs) {
  return and_(lhs, rhs, lhs.place);
}
inline Tensor operator|(const Operand &lhs, const Operand &rhs) {
  return or_(lhs, rhs, lhs.place);
}
inline Tensor operator^(const Operand &lhs, const Operand &rhs) {
  return xor_(lhs, rhs, lhs.place);
}
inline Tensor operator~(const Operand &x) { return not_(x, x.place); }
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
inline Tensor &operator&=(Tensor &lhs, const Operand &rhs) {
  return lhs = and_(lhs, rhs, rhs.place);
}
inline Tensor &operator|=(Tensor &lhs, const Operand &rhs) {
  return lhs = or_(lhs, rhs, rhs.place);
}
inline Tensor &operator^=(Tensor &lhs, const Operand &rhs) {
  return lhs = xor_(lhs, rhs, rhs.place);
}

inline Tensor Tensor::operator!() const {
  check_present(made);
  if (dtype() != DType::boolean)
    detail::fail(made, "`!` takes booleans, and this is a tensor of " +
                           to_string() + "; x == 0 is true where it is 0");
  return not_(*this, made);
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

/// The extent of a dimension, as a tensor: also where only the call says it.
inline Tensor extent(const Tensor &x, int64_t dimension,
                     DType dtype = DType::int64,
                     Location location = Location::here()) {
  dimension = x.from_first(dimension, location);
  int64_t known = x.shape()[dimension];
  if (known != dynamic)
    return constant(Array(known).to(dtype), location);
  atled_value result;
  detail::check(
      atled_extent(x.handle(), dimension, detail::raw(location), &result));
  Tensor integer(result, location);
  return dtype == DType::int64 ? integer : convert(integer, dtype, location);
}

/// The extents of the dimensions that are dynamic, in order: what an operation
/// takes that gives a tensor of the shape of `x`.
inline Operands dynamic_extents(const Tensor &x,
                                Location location = Location::here()) {
  Shape shape = x.shape();
  std::vector<Tensor> extents;
  for (int64_t i = 0; i < x.rank(); ++i)
    if (shape[i] == dynamic)
      extents.push_back(extent(x, i, DType::int64, location));
  return {extents, location};
}

namespace detail {
/// The shape in which -1 is as large as the other extents leave it. Where only
/// the call says these, it says that one, too.
inline Shape fill_in_rest(const Tensor &x, Shape shape, Location location) {
  auto rest = std::find(shape.begin(), shape.end(), -1);
  if (rest == shape.end())
    return shape;
  if (std::find(rest + 1, shape.end(), -1) != shape.end())
    fail(location, "reshape finds out one extent that is -1, and the shape (" +
                       write_extents(shape) + ") has several");
  *rest = 1;
  bool is_dynamic =
      std::find(shape.begin(), shape.end(), dynamic) != shape.end();
  if (x.is_dynamic() || is_dynamic) {
    *rest = dynamic;
    return shape;
  }
  int64_t others = count_elements(shape, location),
          all = count_elements(x.shape(), location);
  if (!others || all % others)
    fail(location, "reshape cannot find out an extent: a tensor of " +
                       x.to_string() + " has " + std::to_string(all) +
                       " elements, and the other extents make " +
                       std::to_string(others));
  *rest = all / others;
  return shape;
}
} // namespace detail

/// `x` row by row in another shape. One extent may be -1: the rest.
inline Tensor reshape(const Tensor &x, const Shape &shape,
                      const Operands &sizes,
                      Location location = Location::here()) {
  return reshape(x, Spec(x.dtype(), detail::fill_in_rest(x, shape, location)),
                 sizes, location);
}
inline Tensor reshape(const Tensor &x, const Shape &shape,
                      Location location = Location::here()) {
  return reshape(x, shape, {}, location);
}

/// Repeats `x` as NumPy does: dimensions are counted from the last. `sizes` are
/// the dynamic extents of the result that are none of `x`.
inline Tensor broadcast_to(const Tensor &x, const Shape &shape,
                           const Operands &sizes,
                           Location location = Location::here()) {
  std::vector<int64_t> dimensions(x.rank());
  std::iota(dimensions.begin(), dimensions.end(),
            static_cast<int64_t>(shape.size()) - x.rank());
  return broadcast(x, dimensions, Spec(x.dtype(), shape), sizes, location);
}
inline Tensor broadcast_to(const Tensor &x, const Shape &shape,
                           Location location = Location::here()) {
  return broadcast_to(x, shape, {}, location);
}

/// Reverses the order of the dimensions.
inline Tensor transpose(const Tensor &x, Location location = Location::here()) {
  std::vector<int64_t> permutation(x.rank());
  std::iota(permutation.rbegin(), permutation.rend(), int64_t(0));
  return transpose(x, permutation, location);
}

namespace detail {
/// Whether an element of this type can be the integer; others are rounded.
template <class T>
bool holds(DType dtype, T number) {
  if constexpr (std::is_integral_v<T>)
    if (dtype >= DType::int8 && dtype <= DType::uint64)
      return is_in_range(number, static_cast<unsigned>(8 * size_of(dtype)),
                         /*is_signed=*/dtype <= DType::int64);
  return true;
}
} // namespace detail

/// A tensor of the type of `x` with this number everywhere. A fraction that is
/// no integer is cut off where it is to be one; an integer that no element can
/// be is an error.
template <class T>
Tensor full_like(const Tensor &x, T value,
                 Location location = Location::here()) {
  if (!detail::holds(x.dtype(), value))
    detail::fail(location, std::string("no element of type '") +
                               name_of(x.dtype()) + "' holds " +
                               std::to_string(value));
  return broadcast_to(constant(Array(value).to(x.dtype()), location), x.shape(),
                      dynamic_extents(x, location), location);
}
inline Tensor zeros_like(const Tensor &x,
                         Location location = Location::here()) {
  return full_like(x, 0, location);
}
inline Tensor ones_like(const Tensor &x, Location location = Location::here()) {
  return full_like(x, 1, location);
}

namespace detail {
/// The only part at a place of the first dimension that is computed.
inline Tensor take_part(const Tensor &x, const Operand &index,
                        Location location) {
  std::vector<Operand> starts(x.rank(), Operand(0, location));
  starts[0] = index;
  Shape sizes = x.shape();
  sizes[0] = 1;
  return dynamic_slice(x, starts, sizes, std::nullopt, location);
}

/// The same at a place that is known. That a dynamic extent is so large each
/// call checks.
inline Tensor take_part(const Tensor &x, int64_t position, Location location) {
  std::vector<int64_t> starts(x.rank(), 0), limits = x.shape(),
                                            strides(x.rank(), 1);
  int64_t length = limits[0];
  if (length == dynamic && position < 0) {
    Operand from(add(position, extent(x, 0, DType::int64, location), location),
                 location);
    return take_part(x, from, location);
  }
  if (length != dynamic && (position < -length || position >= length))
    fail(location, "index " + std::to_string(position) +
                       " is out of range: the first dimension of a tensor of " +
                       x.to_string() + " is " + std::to_string(length));
  starts[0] = position < 0 ? position + length : position;
  limits[0] = starts[0] + 1;
  return slice(x, starts, limits, strides, location);
}

/// Refuses what is not one integer.
inline void check_index(const Operand &index) {
  bool is_missing = index.raw.kind == ATLED_TENSOR && !index.raw.value.trace;
  if (index.raw.kind == ATLED_INTEGER || is_missing)
    return;
  std::string wanted = "x[i] takes one integer, and a ";
  if (index.raw.kind == ATLED_REAL)
    fail(index.place, wanted + "float is given; round it");
  if (index.raw.kind == ATLED_BOOLEAN)
    fail(index.place, wanted + "boolean is given");
  Tensor given = index.tensor(index.place);
  bool is_integer =
      given.dtype() >= DType::int8 && given.dtype() <= DType::uint64;
  if (is_integer && given.rank() == 0)
    return;
  wanted += "tensor of " + given.to_string() + " is given; ";
  if (is_integer)
    fail(index.place, wanted + "take(x, i) is the parts at several");
  if (given.dtype() == DType::boolean)
    fail(index.place, wanted + "select(i, x, 0) keeps what is true");
  fail(index.place, wanted + "convert(i, DType::int64) drops fractions");
}
} // namespace detail

inline Tensor Tensor::operator[](const Operand &index) const {
  Location location = index.place;
  from_first(0, location);
  detail::check_index(index);
  Tensor part = index.raw.kind == ATLED_INTEGER
                    ? detail::take_part(*this, index.raw.integer, location)
                    : detail::take_part(*this, index, location);
  Shape shape_of_part = part.shape();
  shape_of_part.erase(shape_of_part.begin());
  return reshape(part, shape_of_part, dynamic_extents(part, location),
                 location);
}

namespace detail {
inline std::vector<int64_t> all_dimensions(const Tensor &x) {
  std::vector<int64_t> dimensions(x.rank());
  std::iota(dimensions.begin(), dimensions.end(), int64_t(0));
  return dimensions;
}
} // namespace detail

namespace detail {
/// Booleans as numbers, as NumPy adds them.
inline Tensor count_booleans(const Tensor &x, DType dtype, Location location) {
  return x.dtype() == DType::boolean ? convert(x, dtype, location) : x;
}
} // namespace detail

/// Over all dimensions, or those given. Of booleans, how many are true.
inline Tensor sum(const Tensor &x, const Integers &dimensions,
                  Location location = Location::here()) {
  return reduce_sum(detail::count_booleans(x, DType::int64, location),
                    dimensions, location);
}
inline Tensor sum(const Tensor &x, Location location = Location::here()) {
  return sum(x, detail::all_dimensions(x), location);
}

inline Tensor Tensor::sum(Location location) const {
  return atled::sum(*this, location);
}

/// Over all dimensions.
inline Tensor reduce_all(const Tensor &x,
                         Location location = Location::here()) {
  return reduce_all(x, detail::all_dimensions(x), location);
}
inline Tensor reduce_any(const Tensor &x,
                         Location location = Location::here()) {
  return reduce_any(x, detail::all_dimensions(x), location);
}
inline Tensor norm(const Tensor &x,
                   std::optional<NormOrder> order = std::nullopt,
                   Location location = Location::here()) {
  return norm(x, detail::all_dimensions(x), order, location);
}

namespace detail {
/// Integers and booleans as f64, of which NumPy takes means.
inline Operand floats_of(const Tensor &x, Location location) {
  bool is_float = x.dtype() >= DType::float16;
  return {is_float ? x : convert(x, DType::float64, location), location};
}
} // namespace detail

/// Over all dimensions, or those given. The mean of none is 0 / 0; of booleans,
/// the share that is true. Of integers it is a float64.
inline Tensor mean(const Tensor &x, const Integers &dimensions,
                   Location location = Location::here()) {
  return mean(detail::floats_of(x, location), dimensions, location);
}
inline Tensor mean(const Tensor &x, Location location = Location::here()) {
  return mean(x, detail::all_dimensions(x), location);
}
inline Tensor Tensor::mean(Location location) const {
  return atled::mean(*this, location);
}

/// Of integers and booleans it is a float64, too.
inline Tensor variance(const Tensor &x, const Integers &dimensions,
                       std::optional<int64_t> correction = std::nullopt,
                       Location location = Location::here()) {
  return variance(detail::floats_of(x, location), dimensions, correction,
                  location);
}

} // namespace atled

#endif // ATLED_FRONTEND_ARITHMETIC_HPP
