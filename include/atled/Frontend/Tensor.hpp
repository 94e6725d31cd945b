//===- Tensor.hpp - Tensors, traced or recorded ----------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_FRONTEND_TENSOR_HPP
#define ATLED_FRONTEND_TENSOR_HPP

#include "atled/Frontend/Array.hpp"
#include <memory>
#include <optional>

namespace atled {

/// The type of a tensor, and what it is called in the header.
struct Spec {
  Spec() = default;
  Spec(DType element, Shape extents)
      : dtype(element), shape(std::move(extents)) {}

  Spec named(std::string text) const {
    Spec result = *this;
    result.name = std::move(text);
    return result;
  }

  DType dtype = DType::float64;
  Shape shape;
  std::string name;
};

/// A tensor of `T` with these extents; of one element if there are none. An
/// extent that is `dynamic` may be another in each call.
template <class T, class... Extents>
Spec spec(Extents... extents) {
  return {dtype_of<T>, Shape{static_cast<int64_t>(extents)...}};
}

class Operand;

/// What `backward()` does with what it needs: free it, keep it for another
/// time, or keep it and record the way back as well, to differentiate that.
enum class Graph { free, retain, create };
constexpr Graph retain_graph = Graph::retain, create_graph = Graph::create;

/// A handle of a tensor. In a function that is traced it stands for what the
/// function will compute: it has a type and no elements. Elsewhere it is
/// recorded: it has elements, which nobody changes, and knows what they were
/// computed from. Copies stand for the same tensor.
class Tensor {
public:
  Tensor() = default;
  /// Takes the handle over.
  explicit Tensor(atled_value handle, Location location = Location::unknown())
      : value(handle), made(location) {
    if (is_recorded())
      owner.reset(handle.node, atled_tensor_release);
  }

  Tensor(const Tensor &other) = default;
  Tensor &operator=(const Tensor &other) = default;
  /// What is moved leaves a handle that was never given a value.
  Tensor(Tensor &&other) noexcept
      : value(std::exchange(other.value, {})), owner(std::move(other.owner)),
        made(other.made), result_name(std::move(other.result_name)) {}
  Tensor &operator=(Tensor &&other) noexcept {
    value = std::exchange(other.value, {});
    owner = std::move(other.owner);
    made = other.made;
    result_name = std::move(other.result_name);
    return *this;
  }
  ~Tensor() = default;

  DType dtype() const { return static_cast<DType>(value.type.dtype); }
  Shape shape() const {
    return Shape(value.type.shape, value.type.shape + rank());
  }
  int64_t rank() const { return value.type.rank; }
  /// Whether only a call of the function says all of the shape.
  bool is_dynamic() const {
    const int64_t *end = value.type.shape + rank();
    return std::find(value.type.shape, end, dynamic) != end;
  }
  /// The extent of a dimension; a negative one is counted from the last. It is
  /// an error where only the call says it: `extent` is a tensor with it.
  int64_t size(int64_t dimension, Location location = Location::here()) const {
    int64_t position = from_first(dimension, location);
    int64_t extent = value.type.shape[position];
    if (extent == dynamic)
      detail::fail(location, "dimension " + std::to_string(dimension) +
                                 " of a tensor of " + to_string() +
                                 " is dynamic: its size is known only when the "
                                 "function is called; atled::extent(x, " +
                                 std::to_string(position) +
                                 ") is a tensor with it");
    return extent;
  }
  /// A dimension, counted from the first.
  int64_t from_first(int64_t dimension,
                     Location location = Location::here()) const {
    check_present(location);
    if (dimension < -rank() || dimension >= rank())
      detail::fail(location, "a tensor of " + to_string() +
                                 " has no dimension " +
                                 std::to_string(dimension));
    return dimension < 0 ? dimension + rank() : dimension;
  }
  std::string to_string() const { return atled::to_string(dtype(), shape()); }

  /// The part at an index of the first dimension, without that dimension. A
  /// negative number is counted from the end. A tensor is not: if it is less
  /// than 0 it is the first, and if it is too large the last, unless the
  /// function is checked.
  Tensor operator[](const Operand &index) const;

  /// True where a boolean is false. An operand cannot be taken here: that a
  /// tensor converts to `bool` would be as good.
  Tensor operator!() const;

  /// The same, called `text` where a function returns it.
  Tensor named(std::string text) const {
    Tensor result = *this;
    result.result_name = std::move(text);
    return result;
  }
  const std::string &name() const { return result_name; }

  //===--------------------------------------------------------------------===//
  // Elements, of a recorded tensor
  //===--------------------------------------------------------------------===//

  bool is_recorded() const { return value.trace == ATLED_RECORDED; }

  /// A copy of the elements.
  Array array(Location location = Location::here()) const {
    check_present(location);
    if (!is_recorded())
      detail::fail(location, "this tensor's value is not known while the "
                             "function is traced");
    Array copy(dtype(), shape());
    std::memcpy(copy.raw(), atled_tensor_data(value),
                copy.size() * size_of(dtype()));
    return copy;
  }

  /// The only element, converted.
  template <class T>
  T item(Location location = Location::here()) const {
    return array(location).template item<T>(location);
  }

  /// Whether the only element is not 0. Where it is not known, an error.
  explicit operator bool() const {
    check_present(made);
    if (!is_recorded())
      detail::fail(made,
                   "this tensor's value is not known while the function is "
                   "traced, and an `if`, `while` or `&&` of C++ asks for "
                   "it; use atled::cond, atled::while_loop or "
                   "atled::select, and `&` and `|` of booleans");
    if (is_dynamic() || count_elements(shape()) != 1)
      detail::fail(made,
                   "an `if`, `while` or `&&` of C++ asks for one value, "
                   "and this tensor of " +
                       to_string() +
                       " has another number of them; use "
                       "atled::reduce_all or atled::reduce_any, and `&` and "
                       "`|` of booleans");
    return item<bool>();
  }

  //===--------------------------------------------------------------------===//
  // Gradients, of a recorded tensor
  //===--------------------------------------------------------------------===//

  /// Says whether `backward()` of what is computed from this tensor leaves a
  /// gradient here. Not for a tensor that was itself computed.
  Tensor requires_grad(bool required = true,
                       Location location = Location::here()) const {
    detail::check(
        atled_tensor_require_gradient(value, required, detail::raw(location)));
    return *this;
  }

  /// The sum of what has come back here so far; nothing before the first
  /// `backward()`, and where no gradient is required.
  std::optional<Tensor> grad(Location location = Location::here()) const {
    atled_value gradient;
    detail::check(
        atled_tensor_gradient(value, detail::raw(location), &gradient));
    if (!gradient.trace)
      return std::nullopt;
    return Tensor(gradient, location);
  }
  void zero_grad(Location location = Location::here()) const {
    detail::check(atled_tensor_clear_gradient(value, detail::raw(location)));
  }

  /// Adds the derivative of this one number to the gradient of each tensor that
  /// requires one and that it was computed from.
  void backward(Graph graph = Graph::free,
                Location location = Location::here()) const {
    detail::check(atled_tensor_backward(
        value, nullptr, static_cast<int32_t>(graph), detail::raw(location)));
  }
  /// The same for the sum of this tensor's elements, weighed with the seed's.
  void backward(const Tensor &seed, Graph graph = Graph::free,
                Location location = Location::here()) const {
    detail::check(atled_tensor_backward(value, &seed.value,
                                        static_cast<int32_t>(graph),
                                        detail::raw(location)));
  }

  /// Of all elements.
  Tensor sum(Location location = Location::here()) const;
  Tensor mean(Location location = Location::here()) const;

  /// The identity, constant to every derivative.
  Tensor detach(Location location = Location::here()) const {
    atled_value result;
    detail::check(atled_detach(value, detail::raw(location), &result));
    return Tensor(result, location);
  }

  const atled_value &handle() const { return value; }

private:
  friend class Operand;
  friend class Printed;
  Tensor(atled_value handle, std::shared_ptr<void> shared, Location location)
      : value(handle), owner(std::move(shared)), made(location) {}

  void check_present(Location location) const {
    if (!value.trace)
      detail::fail(location, "a tensor that was never given a value is used");
  }

  atled_value value = {};
  /// Of a recorded tensor; null for others.
  std::shared_ptr<void> owner;
  Location made = Location::unknown();
  std::string result_name;
};

/// What is printed, and where: the elements, or, of a tensor whose elements are
/// not known, the type.
class Printed {
public:
  Printed(const Array &array, Location location = Location::here()) {
    const void *elements = array.raw(location);
    text = atled_array_text(array.interface_type(), elements);
  }
  Printed(const Tensor &tensor, Location location = Location::here()) {
    tensor.check_present(location);
    text = tensor.is_recorded()
               ? atled_array_text(tensor.value.type,
                                  atled_tensor_data(tensor.value))
               : "tensor<" + tensor.to_string() + ">";
  }

  std::string text;
};

/// Prints an array or a tensor.
inline std::ostream &operator<<(std::ostream &os, const Printed &printed) {
  return os << printed.text;
}

/// What an operation takes: a tensor, or a number, which is of the type of the
/// tensors beside it.
class Operand {
public:
  Operand(const Tensor &tensor, Location location = Location::here())
      : raw{ATLED_TENSOR, tensor.handle(), 0, 0}, place(location),
        owner(tensor.owner) {}

  template <class T, class = std::enable_if_t<std::is_arithmetic_v<T>>>
  Operand(T number, Location location = Location::here())
      : raw{std::is_same_v<T, bool>       ? ATLED_BOOLEAN
            : std::is_floating_point_v<T> ? ATLED_REAL
                                          : ATLED_INTEGER,
            {},
            std::is_integral_v<T> ? static_cast<int64_t>(number) : 0,
            static_cast<double>(number)},
        place(location) {
    if constexpr (std::is_unsigned_v<T> && sizeof(T) == 8)
      if (number > static_cast<T>(INT64_MAX))
        detail::fail(location, "the number " + std::to_string(number) +
                                   " is too large for an operand");
  }

  /// The tensor, where it is one.
  Tensor tensor(Location location = Location::here()) const {
    return Tensor(raw.value, owner, location);
  }

  /// The integer, where it is known, that `what` takes.
  int64_t number(const std::string &what) const {
    check_integer(what);
    return raw.kind == ATLED_TENSOR ? tensor(place).item<int64_t>(place)
                                    : raw.integer;
  }
  /// Refuses what is no integer for `what`. A tensor that is traced is refused
  /// where it is written.
  void check_integer(const std::string &what) const {
    if (raw.kind == ATLED_REAL)
      detail::fail(place, what + " takes one integer, and a float is given; "
                                 "round it");
    auto dtype = static_cast<DType>(raw.value.type.dtype);
    bool is_integer = dtype >= DType::int8 && dtype <= DType::uint64;
    if (raw.value.trace == ATLED_RECORDED &&
        (!is_integer || raw.value.type.rank))
      detail::fail(place, what + " takes one integer, and a tensor of " +
                              tensor(place).to_string() + " is given");
  }

  atled_operand raw;
  Location place;

private:
  /// Of a recorded tensor, which may be gone before the operand is.
  std::shared_ptr<void> owner;
};

/// The operands of an operation that takes any number of them: a list in
/// braces, or what another operation returns.
class Operands {
public:
  Operands() = default;
  Operands(std::initializer_list<Operand> list) : operands(list) {}
  Operands(std::vector<Operand> list) : operands(std::move(list)) {}
  template <class Tensors,
            class = std::enable_if_t<std::is_same_v<
                std::decay_t<decltype(*std::begin(std::declval<Tensors>()))>,
                Tensor>>>
  Operands(const Tensors &tensors, Location location = Location::here()) {
    for (const Tensor &tensor : tensors)
      operands.emplace_back(tensor, location);
  }

  size_t size() const { return operands.size(); }
  auto begin() const { return operands.begin(); }
  auto end() const { return operands.end(); }

private:
  std::vector<Operand> operands;
};

/// The integers that an operation takes, dimensions for instance: a list, or
/// the only one.
class Integers {
public:
  Integers() = default;
  Integers(std::initializer_list<int64_t> list) : integers(list) {}
  Integers(std::vector<int64_t> list) : integers(std::move(list)) {}
  template <class T, class = std::enable_if_t<std::is_integral_v<T> &&
                                              !std::is_same_v<T, bool>>>
  Integers(T only) : integers{static_cast<int64_t>(only)} {}

  const std::vector<int64_t> &list() const { return integers; }
  auto begin() const { return integers.begin(); }
  auto end() const { return integers.end(); }

private:
  std::vector<int64_t> integers;
};

namespace detail {
/// Writes an operation, argument by argument in the order of its definition.
class Emitter {
public:
  Emitter(const char *operation, Location location)
      : operation_name(operation), place(location) {}

  void operand(const Operand &given, int32_t role) {
    operands.push_back(given.raw);
    roles.push_back(role);
    segments.push_back(1);
  }
  void operand(const std::optional<Operand> &given, int32_t role) {
    given ? operand(*given, role) : segments.push_back(0);
  }
  void operand(const Operands &given, int32_t role) {
    for (const Operand &one : given) {
      operands.push_back(one.raw);
      roles.push_back(role);
    }
    segments.push_back(static_cast<int32_t>(given.size()));
  }

  template <class T, class... Width>
  void attribute(const char *name, const std::optional<T> &value,
                 Width... width) {
    if (value)
      attribute(name, *value, width...);
  }
  void attribute(const char *name, int64_t value, int32_t width) {
    add(name, ATLED_ATTRIBUTE_INTEGER).integer = value;
    attributes.back().width = width;
  }
  void attribute(const char *name, bool value, int32_t width) {
    attribute(name, static_cast<int64_t>(value), width);
  }
  void attribute(const char *name, double value, int32_t width) {
    add(name, ATLED_ATTRIBUTE_REAL).real = value;
    attributes.back().width = width;
  }
  void attribute(const char *name, const std::string &value) {
    add(name, ATLED_ATTRIBUTE_STRING).text = value.c_str();
  }
  void attribute(const char *name, const Integers &values) {
    add(name, ATLED_ATTRIBUTE_INTEGERS).integers = values.list().data();
    attributes.back().count = values.list().size();
  }
  void attribute(const char *name, const Array &value) {
    add(name, ATLED_ATTRIBUTE_TENSOR).type = value.interface_type();
    attributes.back().data = value.raw(place);
  }
  template <class T, class = std::enable_if_t<std::is_enum_v<T>>>
  void attribute(const char *name, T value) {
    add(name, ATLED_ATTRIBUTE_TEXT).text = text_of(value);
  }
  void unit(const char *name, bool isSet) {
    if (isSet)
      add(name, ATLED_ATTRIBUTE_UNIT);
  }

  void result(const Spec &spec) {
    shape = spec.shape;
    type = {static_cast<int32_t>(spec.dtype),
            static_cast<int32_t>(shape.size()), shape.data()};
    has_type = true;
  }
  /// What the dynamic extents of the result are, in order. Where nothing is
  /// traced they are known.
  void extents(const Operands &given) {
    if (atled_is_tracing())
      return operand(given, ATLED_EXTENTS);
    segments.push_back(0);
    auto next = shape.begin();
    for (const Operand &extent : given) {
      next = std::find(next, shape.end(), dynamic);
      if (next == shape.end())
        fail(place, "'" + std::string(operation_name) + "' is told " +
                        std::to_string(given.size()) +
                        " extents, and the type of its result has fewer that "
                        "are dynamic");
      *next = extent.number("an extent");
    }
  }

  Tensor emit() { return emit(1)[0]; }
  template <size_t N>
  std::array<Tensor, N> emit() {
    std::array<Tensor, N> results;
    std::vector<Tensor> all = emit(N);
    std::copy(all.begin(), all.end(), results.begin());
    return results;
  }
  std::vector<Tensor> emit(size_t count) {
    atled_operation operation = {
        operation_name,    operands.data(),   roles.data(),
        operands.size(),   segments.data(),   segments.size(),
        attributes.data(), attributes.size(), has_type ? &type : nullptr};
    std::vector<atled_value> values(count);
    check(atled_emit(&operation, raw(place), values.data()));
    std::vector<Tensor> results;
    for (const atled_value &value : values)
      results.emplace_back(value, place);
    return results;
  }

private:
  atled_attribute &add(const char *name, int32_t kind) {
    atled_attribute attribute = {};
    attribute.name = name;
    attribute.kind = kind;
    attributes.push_back(attribute);
    return attributes.back();
  }

  const char *operation_name;
  Location place;
  std::vector<atled_operand> operands;
  std::vector<int32_t> roles, segments;
  std::vector<atled_attribute> attributes;
  Shape shape;
  atled_type type = {};
  bool has_type = false;
};
} // namespace detail

} // namespace atled

#endif // ATLED_FRONTEND_TENSOR_HPP
