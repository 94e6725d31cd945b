/* Contract.hpp - what C++ adds to the contract: views and memory.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * C++17. Every C++ header that Atled writes contains this text.
 */
#ifndef ATLED_HPP
#define ATLED_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <new>
#include <string>
#include <type_traits>
#include <utility>

/* Define as 0 for code without exceptions: then `run` is not there, and what
 * would throw aborts. */
#ifndef ATLED_EXCEPTIONS
#ifdef __cpp_exceptions
#define ATLED_EXCEPTIONS 1
#else
#define ATLED_EXCEPTIONS 0
#endif
#endif
#if ATLED_EXCEPTIONS
#include <stdexcept>
#endif

namespace atled {

#if ATLED_EXCEPTIONS
/// What a call returned that did not succeed.
class error : public std::runtime_error {
public:
  explicit error(std::int32_t code)
      : std::runtime_error(atled_strerror(code)), number(code) {}
  /// `where` is what the function's own `where` says, or null.
  error(std::int32_t code, const char *where)
      : std::runtime_error(describe(code, where)), number(code) {}
  std::int32_t code() const noexcept { return number; }

private:
  static std::string describe(std::int32_t code, const char *where) {
    std::string text = atled_strerror(code);
    return where && *where ? text + ", at " + where : text;
  }

  std::int32_t number;
};
#endif

/// `Size` elements that are somebody else's, or none: an output that is not
/// wanted.
template <typename T, std::size_t Size>
class span {
public:
  constexpr span() noexcept = default;
  constexpr span(std::nullptr_t) noexcept {}
  /// Whoever writes this knows that there are as many.
  explicit constexpr span(T *first) noexcept : elements(first) {}

  template <typename U, std::size_t N,
            typename = std::enable_if_t<std::is_convertible_v<U *, T *>>>
  constexpr span(U (&array)[N]) noexcept : elements(array) {
    static_assert(N == Size, "the array has another size than the tensor");
  }
  template <typename U, std::size_t N,
            typename = std::enable_if_t<std::is_convertible_v<U *, T *>>>
  constexpr span(std::array<U, N> &array) noexcept : elements(array.data()) {
    static_assert(N == Size, "the array has another size than the tensor");
  }
  template <typename U, std::size_t N,
            typename = std::enable_if_t<std::is_convertible_v<const U *, T *>>>
  constexpr span(const std::array<U, N> &array) noexcept
      : elements(array.data()) {
    static_assert(N == Size, "the array has another size than the tensor");
  }
  /// One number.
  template <
      typename U, std::size_t N = Size,
      typename = std::enable_if_t<N == 1 && std::is_convertible_v<U *, T *> &&
                                  std::is_arithmetic_v<U>>>
  constexpr span(U &number) noexcept : elements(&number) {}
  /// A vector, or another span: that it has as many elements is checked here.
  /// An empty vector is none, as nullptr is: no output that is wanted.
  template <typename Container,
            typename = std::enable_if_t<std::is_convertible_v<
                decltype(std::declval<Container &>().data()), T *>>,
            typename = decltype(std::declval<Container &>().size()),
            typename = std::enable_if_t<
                !std::is_same_v<std::remove_const_t<Container>, span>>>
  span(Container &container) : elements(container.data()) {
    if (elements == nullptr || container.size() == Size)
      return;
#if ATLED_EXCEPTIONS
    throw std::length_error("a container has another size than the tensor");
#else
    std::abort();
#endif
  }

  constexpr T *data() const noexcept { return elements; }
  static constexpr std::size_t size() noexcept { return Size; }
  constexpr T *begin() const noexcept { return elements; }
  constexpr T *end() const noexcept { return elements + Size; }
  constexpr T &operator[](std::size_t index) const { return elements[index]; }

private:
  T *elements = nullptr;
};

/// The size of a view of a tensor of dynamic shape.
inline constexpr std::size_t dynamic_extent = static_cast<std::size_t>(-1);

/// As many elements as there are; a call checks that they are as many as its
/// dimensions say.
template <typename T>
class span<T, dynamic_extent> {
public:
  constexpr span() noexcept = default;
  constexpr span(std::nullptr_t) noexcept {}
  constexpr span(T *first, std::size_t length) noexcept
      : elements(first), count(length) {}
  template <typename U, std::size_t N,
            typename = std::enable_if_t<std::is_convertible_v<U *, T *>>>
  constexpr span(U (&array)[N]) noexcept : elements(array), count(N) {}
  template <typename Container,
            typename = std::enable_if_t<std::is_convertible_v<
                decltype(std::declval<Container &>().data()), T *>>,
            typename = decltype(std::declval<Container &>().size()),
            typename = std::enable_if_t<
                !std::is_same_v<std::remove_const_t<Container>, span>>>
  constexpr span(Container &container) noexcept
      : elements(container.data()), count(container.size()) {}

  constexpr T *data() const noexcept { return elements; }
  constexpr std::size_t size() const noexcept { return count; }
  constexpr T *begin() const noexcept { return elements; }
  constexpr T *end() const noexcept { return elements + count; }
  constexpr T &operator[](std::size_t index) const { return elements[index]; }

private:
  T *elements = nullptr;
  std::size_t count = 0;
};

/// Whether a tensor of these extents has `count` elements. They may be
/// anything: products are compared before they are made.
inline bool has_size(std::size_t count,
                     std::initializer_list<std::int64_t> extents) noexcept {
  std::uint64_t product = 1;
  for (std::int64_t extent : extents)
    if (extent < 0)
      return false;
    else if (extent == 0)
      product = 0;
  if (product == 0)
    return count == 0;
  for (std::int64_t extent : extents) {
    if (product > count / static_cast<std::uint64_t>(extent))
      return false;
    product *= static_cast<std::uint64_t>(extent);
  }
  return product == count;
}

/// Bytes that this owns, aligned for workspaces and residuals.
class buffer {
public:
  buffer() noexcept = default;
  /// Without exceptions, one for which there is no memory is empty.
  explicit buffer(std::size_t least) { grow(least); }
  buffer(buffer &&other) noexcept { swap(other); }
  buffer &operator=(buffer &&other) noexcept {
    swap(other);
    return *this;
  }
  ~buffer() { release(); }

  unsigned char *data() noexcept { return memory; }
  const unsigned char *data() const noexcept { return memory; }
  std::size_t size() const noexcept { return bytes; }

  /// Has at least that many bytes then; forgets what it held if it has less.
  void grow(std::size_t least) {
    if (least <= bytes)
      return;
    release();
    constexpr std::align_val_t align{ATLED_WORKSPACE_ALIGN};
#if ATLED_EXCEPTIONS
    memory = static_cast<unsigned char *>(::operator new(least, align));
#else
    memory = static_cast<unsigned char *>(
        ::operator new(least, align, std::nothrow));
#endif
    bytes = memory ? least : 0;
  }

  void swap(buffer &other) noexcept {
    std::swap(memory, other.memory);
    std::swap(bytes, other.bytes);
  }

private:
  void release() noexcept {
    if (memory)
      ::operator delete(memory, std::align_val_t{ATLED_WORKSPACE_ALIGN});
    memory = nullptr;
    bytes = 0;
  }

  unsigned char *memory = nullptr;
  std::size_t bytes = 0;
};

} // namespace atled

#endif /* ATLED_HPP */
