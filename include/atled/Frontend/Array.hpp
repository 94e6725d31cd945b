//===- Array.hpp - Tensors in the program's own memory ---------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_FRONTEND_ARRAY_HPP
#define ATLED_FRONTEND_ARRAY_HPP

#include "atled/Frontend/Interface.h"
#include "atled/Frontend/Memory.hpp"
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <ostream>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace atled {

/// Whatever a program does wrong: a shape that does not fit, a derivative that
/// does not exist. The message begins with the user's own file and line.
class Error : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// A place in the user's program. As the default of a parameter it is the place
/// of the call.
class Location {
public:
  static constexpr Location here(const char *file = __builtin_FILE(),
                                 int line = __builtin_LINE()) {
    return Location(Tag(), file, line);
  }
  static constexpr Location unknown() { return Location(Tag(), nullptr, 0); }

  const char *file;
  int line;

private:
  // No list of numbers is a place: {0, 1} are dimensions.
  struct Tag {};
  constexpr Location(Tag, const char *path, int number)
      : file(path), line(number) {}
};

namespace detail {
inline atled_location raw(Location location) {
  return {location.file, location.line};
}

/// Throws what a function of the library has left as its error.
inline void check(int status) {
  if (status)
    throw Error(atled_last_error());
}

[[noreturn]] inline void fail(Location location, const std::string &message) {
  std::string place = location.file
                          ? std::string(location.file) + ":" +
                                std::to_string(location.line) + ": error: "
                          : std::string();
  throw Error(place + message);
}
} // namespace detail

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// The type of an element.
enum class DType : int32_t {
  boolean,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
  float16,
  bfloat16,
  float32,
  float64
};

/// The name as in the text of a program: i32, f64.
inline const char *name_of(DType dtype) {
  constexpr const char *names[] = {"i1",   "i8",   "i16",  "i32",  "i64",
                                   "ui8",  "ui16", "ui32", "ui64", "f16",
                                   "bf16", "f32",  "f64"};
  return names[static_cast<int>(dtype)];
}

/// The bits of a number that C++ has no type for. `Array::to` converts.
struct float16 {
  uint16_t bits;
};
struct bfloat16 {
  uint16_t bits;
};

namespace detail {
template <class T>
constexpr bool is_element_v =
    (std::is_integral_v<T> && sizeof(T) <= 8) || std::is_same_v<T, float> ||
    std::is_same_v<T, double> || std::is_same_v<T, float16> ||
    std::is_same_v<T, bfloat16>;

template <class T>
constexpr DType get_dtype() {
  static_assert(is_element_v<T>, "no tensor has elements of this type");
  if constexpr (std::is_same_v<T, bool>)
    return DType::boolean;
  else if constexpr (std::is_same_v<T, float>)
    return DType::float32;
  else if constexpr (std::is_same_v<T, double>)
    return DType::float64;
  else if constexpr (std::is_same_v<T, float16>)
    return DType::float16;
  else if constexpr (std::is_same_v<T, bfloat16>)
    return DType::bfloat16;
  else {
    int log = sizeof(T) == 1 ? 0 : sizeof(T) == 2 ? 1 : sizeof(T) == 4 ? 2 : 3;
    DType first = std::is_signed_v<T> ? DType::int8 : DType::uint8;
    return static_cast<DType>(static_cast<int>(first) + log);
  }
}
} // namespace detail

/// The DType of a type of C++.
template <class T>
constexpr DType dtype_of = detail::get_dtype<T>();

inline size_t size_of(DType dtype) {
  constexpr size_t sizes[] = {1, 1, 2, 4, 8, 1, 2, 4, 8, 2, 2, 4, 8};
  return sizes[static_cast<int>(dtype)];
}

using Shape = std::vector<int64_t>;

/// In a `Spec`, an extent that each call of a function says anew.
constexpr int64_t dynamic = ATLED_DYNAMIC;

namespace detail {
/// 4x?
inline std::string write_extents(const Shape &shape) {
  std::string text;
  for (int64_t extent : shape)
    text += (text.empty() ? "" : "x") +
            (extent == dynamic ? "?" : std::to_string(extent));
  return text;
}
} // namespace detail

/// A shape and type as it is written in the text of a program: 4x?xf32.
inline std::string to_string(DType dtype, const Shape &shape) {
  std::string text = detail::write_extents(shape);
  return text + (text.empty() ? "" : "x") + name_of(dtype);
}

/// Throws where no memory has so many, or an extent is less than 0.
inline int64_t count_elements(const Shape &shape,
                              Location location = Location::here()) {
  constexpr int64_t most = PTRDIFF_MAX / 8;
  bool is_empty = std::find(shape.begin(), shape.end(), 0) != shape.end();
  int64_t count = is_empty ? 0 : 1;
  for (int64_t extent : shape) {
    if (extent < 0 || (!is_empty && extent > most / count))
      detail::fail(location,
                   "no tensor has the shape " + detail::write_extents(shape));
    count *= extent;
  }
  return count;
}

//===----------------------------------------------------------------------===//
// Arrays
//===----------------------------------------------------------------------===//

/// A tensor with its elements, row-major. A value: a copy has elements of its
/// own. One that was moved away has none until it is assigned anew, and to use
/// it is an error.
class Array {
public:
  /// One f64, 0.
  Array() : Array(DType::float64, Shape()) {}

  /// Zeros.
  Array(DType element, Shape shape_of_all, Location location = Location::here())
      : type(element), extents(std::move(shape_of_all)),
        memory(allocate(count_elements(extents, location), location)) {}

  /// What is in `elements`, which has as many bytes as that takes.
  Array(DType element, Shape shape_of_all, Memory elements)
      : type(element), extents(std::move(shape_of_all)),
        memory(std::move(elements)) {}

  /// One element.
  template <class T, class = std::enable_if_t<detail::is_element_v<T>>>
  Array(T value) : Array(&value, 1, Shape()) {}

  /// One dimension.
  template <class T, class = std::enable_if_t<detail::is_element_v<T>>>
  Array(std::initializer_list<T> values)
      : Array(values.begin(), values.size(),
              Shape{static_cast<int64_t>(values.size())}) {}

  /// Two dimensions; rows of one length.
  template <class T, class = std::enable_if_t<detail::is_element_v<T>>>
  Array(std::initializer_list<std::initializer_list<T>> rows,
        Location location = Location::here())
      : Array(dtype_of<T>,
              Shape{static_cast<int64_t>(rows.size()),
                    rows.size() ? static_cast<int64_t>(rows.begin()->size())
                                : 0}) {
    T *next = data<T>();
    for (const std::initializer_list<T> &row : rows) {
      if (static_cast<int64_t>(row.size()) != extents[1])
        detail::fail(location,
                     "the rows of an array are of different lengths: " +
                         std::to_string(extents[1]) + " and " +
                         std::to_string(row.size()));
      next = std::copy(row.begin(), row.end(), next);
    }
  }

  /// One dimension.
  template <class T, class = std::enable_if_t<detail::is_element_v<T>>>
  Array(const std::vector<T> &values)
      : Array(values, Shape{static_cast<int64_t>(values.size())}) {}

  /// The elements, row-major, in a shape that has as many.
  template <class T>
  Array(const std::vector<T> &values, Shape shape,
        Location location = Location::here())
      : Array(dtype_of<T>, std::move(shape), location) {
    if (static_cast<int64_t>(values.size()) != size())
      detail::fail(location, "an array of shape " + to_string() + " has " +
                                 std::to_string(size()) + " elements, and " +
                                 std::to_string(values.size()) + " are given");
    std::copy(values.begin(), values.end(), data<T>());
  }

  template <class T>
  static Array full(const Shape &shape, T value,
                    Location location = Location::here()) {
    Array array(dtype_of<T>, shape, location);
    std::fill_n(array.data<T>(), array.size(), value);
    return array;
  }
  template <class T>
  static Array zeros(const Shape &shape, Location location = Location::here()) {
    return Array(dtype_of<T>, shape, location);
  }
  template <class T>
  static Array ones(const Shape &shape, Location location = Location::here()) {
    return full<T>(shape, T(1), location);
  }

  DType dtype() const { return type; }
  const Shape &shape() const { return extents; }
  int64_t rank() const { return static_cast<int64_t>(extents.size()); }
  int64_t size(Location location = Location::here()) const {
    check_present(location);
    return count_elements(extents);
  }
  void *raw(Location location = Location::here()) {
    check_present(location);
    return memory.data();
  }
  const void *raw(Location location = Location::here()) const {
    check_present(location);
    return memory.data();
  }

  /// The elements, of exactly this type.
  template <class T>
  T *data(Location location = Location::here()) {
    check_dtype(dtype_of<T>, location);
    return static_cast<T *>(raw(location));
  }
  template <class T>
  const T *data(Location location = Location::here()) const {
    check_dtype(dtype_of<T>, location);
    return static_cast<const T *>(raw(location));
  }

  /// The elements, row-major.
  template <class T>
  std::vector<T> values(Location location = Location::here()) const {
    const T *first = data<T>(location);
    return std::vector<T>(first, first + size(location));
  }

  /// The only element, converted.
  template <class T>
  T item(Location location = Location::here()) const {
    if (size(location) != 1)
      detail::fail(location, "an array of shape " + to_string() +
                                 " has no only element: it has " +
                                 std::to_string(size()));
    return *to(dtype_of<T>, location).template data<T>(location);
  }

  /// The element at a position with an index for each dimension.
  template <class T>
  T &at(const Shape &position, Location location = Location::here()) {
    return data<T>(location)[offset(position, location)];
  }
  template <class T>
  const T &at(const Shape &position,
              Location location = Location::here()) const {
    return data<T>(location)[offset(position, location)];
  }

  /// The elements converted, as `atled.convert` does.
  Array to(DType element, Location location = Location::here()) const {
    const void *elements = raw(location);
    if (element == type)
      return *this;
    Array result(element, extents);
    atled_array_convert(static_cast<int32_t>(type), elements,
                        static_cast<int32_t>(element), result.raw(), size());
    return result;
  }

  /// The elements in another shape that has as many.
  Array reshape(Shape shape, Location location = Location::here()) const {
    int64_t count = count_elements(shape, location);
    if (count != size(location))
      detail::fail(location, "an array of shape " + to_string() + " has " +
                                 std::to_string(size()) + " elements, and " +
                                 atled::to_string(type, shape) + " has " +
                                 std::to_string(count));
    Array result = *this;
    result.extents = std::move(shape);
    return result;
  }

  /// Shape and type: 4x3xf32.
  std::string to_string() const { return atled::to_string(type, extents); }

  atled_type interface_type() const {
    return {static_cast<int32_t>(type), static_cast<int32_t>(extents.size()),
            extents.data()};
  }

private:
  template <class T>
  Array(const T *values, size_t count, Shape shape)
      : Array(dtype_of<T>, std::move(shape)) {
    std::copy_n(values, count, data<T>());
  }

  Memory allocate(int64_t count, Location location) const {
    try {
      return Memory(count * size_of(type));
    } catch (const std::bad_alloc &) {
      detail::fail(location,
                   "there is not enough memory for an array of " + to_string());
    }
  }

  /// What is moved leaves no dimension, and not the one element of such.
  void check_present(Location location) const {
    if (extents.empty() && !memory.size())
      detail::fail(location, "an array is used that was moved away");
  }

  void check_dtype(DType wanted, Location location) const {
    if (wanted != type)
      detail::fail(location, "the elements of an array of " + to_string() +
                                 " are read as " + name_of(wanted) +
                                 "; to() converts them");
  }

  int64_t offset(const Shape &position, Location location) const {
    bool fits = position.size() == extents.size();
    int64_t offset = 0;
    for (size_t i = 0; fits && i < extents.size(); ++i) {
      fits = position[i] >= 0 && position[i] < extents[i];
      offset = offset * extents[i] + position[i];
    }
    if (fits)
      return offset;
    std::string text;
    for (int64_t index : position)
      text += (text.empty() ? "" : ", ") + std::to_string(index);
    detail::fail(location, "an array of " + to_string() +
                               " has no element at {" + text + "}");
  }

  DType type;
  Shape extents;
  Memory memory;
};

} // namespace atled

#endif // ATLED_FRONTEND_ARRAY_HPP
