//===- Recording.hpp - Tensors to begin with, and pauses -------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Outside of functions that are traced, operations run at once, and what was
// run is recorded where a gradient is required:
//
//   Tensor x = arange(4.0).requires_grad();
//   Tensor y = 2 * dot(x, x);
//   y.backward();
//   std::cout << *x.grad();
//
// Inside of such a function the tensors that are made here are constants.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_FRONTEND_RECORDING_HPP
#define ATLED_FRONTEND_RECORDING_HPP

#include "atled/Frontend/Arithmetic.hpp"
#include <cmath>

namespace atled {

//===----------------------------------------------------------------------===//
// Tensors to begin with
//===----------------------------------------------------------------------===//

/// A tensor with these elements.
inline Tensor tensor(const Array &elements,
                     Location location = Location::here()) {
  return constant(elements, location);
}

/// From `start` to less than `stop`, of the type that the numbers have in
/// common.
template <class Start, class Stop, class Step = Stop,
          class T = std::common_type_t<Start, Stop, Step>>
Tensor arange(Start start, Stop stop, Step step = 1,
              Location location = Location::here()) {
  if (step == 0)
    detail::fail(location, "arange has a step of 0");
  double count =
      std::ceil((static_cast<double>(stop) - static_cast<double>(start)) /
                static_cast<double>(step));
  // NaN is not less, either.
  if (!(count < 0x1p60))
    detail::fail(location, "arange makes no list of numbers: its bounds are "
                           "too far apart, or one is NaN");
  Array elements(dtype_of<T>, {count > 0 ? static_cast<int64_t>(count) : 0},
                 location);
  for (int64_t i = 0; i < elements.size(); ++i)
    elements.template data<T>()[i] = static_cast<T>(
        static_cast<T>(start) + static_cast<T>(i) * static_cast<T>(step));
  return tensor(elements, location);
}
/// From 0 to less than `stop`.
template <class T>
Tensor arange(T stop, Location location = Location::here()) {
  return arange(T(0), stop, T(1), location);
}

/// `count` numbers with equal distances, the first and the last as given;
/// floats also where these are integers.
template <class Start, class Stop>
Tensor linspace(Start first, Stop last, int64_t count,
                Location location = Location::here()) {
  using Common = std::common_type_t<Start, Stop>;
  using T =
      std::conditional_t<std::is_floating_point_v<Common>, Common, double>;
  T start = static_cast<T>(first), stop = static_cast<T>(last);
  if (count < 1)
    detail::fail(location,
                 "linspace makes " + std::to_string(count) + " numbers");
  Array elements(dtype_of<T>, {count}, location);
  T *data = elements.data<T>();
  for (int64_t i = 0; i < count - 1; ++i)
    data[i] =
        start + (stop - start) * static_cast<T>(i) / static_cast<T>(count - 1);
  data[count - 1] = count > 1 ? stop : start;
  return tensor(elements, location);
}

/// Standard normal numbers: the same ones for the same seed.
template <class T = double>
Tensor randn(const Shape &shape, uint64_t seed,
             Location location = Location::here()) {
  static_assert(std::is_floating_point_v<T>, "randn makes floats");
  Array elements(dtype_of<T>, shape, location);
  atled_array_randn(static_cast<int32_t>(elements.dtype()), elements.raw(),
                    static_cast<size_t>(elements.size()), seed);
  return tensor(elements, location);
}

//===----------------------------------------------------------------------===//
// What holds for a body
//===----------------------------------------------------------------------===//

/// What `body()` returns. What it computes is not recorded: no gradient comes
/// back through it.
template <class Body>
auto no_grad(Body &&body, Location location = Location::here()) {
  if (atled_is_tracing())
    detail::fail(location, "no_grad pauses what is recorded, and a function "
                           "that is traced records nothing; use "
                           "atled::detach");
  struct Pause {
    int32_t before = atled_pause_recording(1);
    ~Pause() { atled_pause_recording(before); }
  } pause;
  return body();
}

namespace detail {
/// Runs `body`, whose operations look at `checks`.
template <class Body>
auto run_checked(Body &&body, int32_t checks, const char *name,
                 Location location) {
  if (atled_is_tracing())
    fail(location, std::string(name) +
                       " of a body is for operations that run at once; of a "
                       "function that is traced, take " +
                       name + "(function)");
  struct Scope {
    explicit Scope(int32_t checks) : before(atled_check_operations(0)) {
      atled_check_operations(before | checks);
    }
    ~Scope() { atled_check_operations(before); }
    Scope(const Scope &) = delete;
    Scope &operator=(const Scope &) = delete;
    int32_t before;
  } scope(checks);
  return body();
}
} // namespace detail

/// What `body()` returns. Operations that it runs one by one look at their
/// indices, as a function that is checked does; so does the way back through
/// them.
template <class Body, class = std::enable_if_t<std::is_invocable_v<Body &>>>
auto checked(Body &&body, Location location = Location::here()) {
  return detail::run_checked(body, ATLED_CHECK_INDICES, "checked", location);
}

/// The same, looking for NaN.
template <class Body, class = std::enable_if_t<std::is_invocable_v<Body &>>>
auto check_nan(Body &&body, Location location = Location::here()) {
  return detail::run_checked(body, ATLED_CHECK_NAN, "check_nan", location);
}

/// How many functions were compiled into memory so far, by this process. Of an
/// operation that runs again on tensors of the same types there is one.
inline int64_t compiled_functions() { return atled_compiled_functions(); }

} // namespace atled

#endif // ATLED_FRONTEND_RECORDING_HPP
