//===- Function.hpp - Functions that are traced, compiled, run -*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_FRONTEND_FUNCTION_HPP
#define ATLED_FRONTEND_FUNCTION_HPP

#include "atled/Frontend/Structure.hpp"
#include <memory>
#include <numeric>
#include <set>

namespace atled {

/// What a function is called, and where it is made.
struct Name {
  Name(const char *name, Location place = Location::here())
      : text(name), location(place) {}
  Name(std::string name, Location place = Location::here())
      : text(std::move(name)), location(place) {}

  std::string text;
  Location location;
};

/// The structure of types with names at all leaves: `text_weights`, and so on.
template <class T>
detail::rebind_t<T, Spec> named(const std::string &text, const T &specs) {
  auto name = [](const std::string &path, const Spec &spec) {
    return spec.named(path);
  };
  return detail::transform<Spec>(specs, text, name);
}

namespace detail {

/// What libatled keeps of a function; shared by its copies.
class FunctionHandle {
public:
  FunctionHandle() = default;
  explicit FunctionHandle(atled_function *owned)
      : function(owned, atled_function_release) {}

  atled_function *get() const {
    if (!function)
      throw Error("a function is used that was never given a value");
    return function.get();
  }
  std::string name() const { return atled_function_signature(get())->name; }

private:
  std::shared_ptr<atled_function> function;
};

inline std::string list_paths(const std::vector<std::string> &paths) {
  std::string text;
  for (const std::string &path : paths)
    text += (text.empty() ? "" : ", ") + path;
  return "(" + text + ")";
}

/// The structures in `given` are of the kinds in `specs`.
template <class Specs, class Given, size_t... I>
void check_structures(const std::string &name, const Specs &specs,
                      const Given &given, Location location,
                      std::index_sequence<I...>) {
  auto check_one = [&](size_t index, const auto &spec, const auto &value) {
    auto expected = get_paths(spec), found = get_paths(value);
    if (expected != found)
      fail(location, "argument " + std::to_string(index) + " of '" + name +
                         "' is a structure of " + list_paths(expected) +
                         ", and one of " + list_paths(found) + " is given");
  };
  (check_one(I, std::get<I>(specs), std::get<I>(given)), ...);
}

} // namespace detail

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

template <class Signature>
class Function;

/// A function of tensors, or of structures of tensors. Called with arrays it
/// runs: the first call compiles it for this machine. Called with tensors, in a
/// function that is traced, it becomes a call there. Copies are the same
/// function, and may be called on several threads at a time.
template <class Result, class... Arguments>
class Function<Result(Arguments...)> {
public:
  static_assert(sizeof...(Arguments) > 0, "a function has an argument");
  using ArgumentSpecs = std::tuple<detail::rebind_t<Arguments, Spec>...>;
  using ResultSpecs = detail::rebind_t<Result, Spec>;

  Function() = default;
  Function(detail::FunctionHandle owned, ArgumentSpecs takes,
           ResultSpecs returns)
      : function(std::move(owned)), arguments(std::move(takes)),
        results(std::move(returns)) {}

  detail::rebind_t<Result, Array>
  operator()(const detail::rebind_t<Arguments, Array> &...values,
             Location location = Location::here()) const {
    auto given = std::tie(values...);
    check(given, location);
    std::vector<atled_type> types;
    std::vector<const void *> inputs;
    auto take = [&](const std::string &, const Array &array) {
      types.push_back(array.interface_type());
      inputs.push_back(array.raw());
    };
    (detail::for_each_leaf(values, "", take), ...);
    std::vector<void *> outputs;
    auto make = [&](const std::string &, const Spec &spec) {
      Array array(spec.dtype, spec.shape);
      outputs.push_back(array.raw());
      return array;
    };
    auto made = detail::transform<Array>(results, "", make);
    detail::check(atled_function_call(function.get(), types.data(),
                                      inputs.data(), inputs.size(),
                                      outputs.data(), detail::raw(location)));
    return made;
  }

  Result operator()(const Arguments &...values,
                    Location location = Location::here()) const {
    auto given = std::tie(values...);
    check(given, location);
    std::vector<atled_value> handles;
    (detail::append_handles(values, handles), ...);
    std::vector<atled_value> made(detail::count_leaves(results));
    detail::check(atled_call(function.get(), handles.data(), handles.size(),
                             detail::raw(location), made.data()));
    const atled_value *next = made.data();
    return detail::take_tensors(results, next, location);
  }

  /// Writes `path`.o and `path`.h, which a C program links and includes. For
  /// every processor of this architecture, or for this one ("native").
  void save_object(const std::string &path, const std::string &cpu = "",
                   Location location = Location::here()) const {
    detail::check(atled_function_save(function.get(), path.c_str(), cpu.c_str(),
                                      detail::raw(location)));
  }

  /// The program as text, which the command-line tools read.
  std::string mlir() const { return atled_function_text(function.get()); }

  std::string name() const { return function.name(); }

  const ArgumentSpecs &argument_specs() const { return arguments; }
  const ResultSpecs &result_specs() const { return results; }
  const detail::FunctionHandle &handle() const { return function; }

private:
  template <class Given>
  void check(const Given &given, Location location) const {
    detail::check_structures(name(), arguments, given, location,
                             std::index_sequence_for<Arguments...>());
  }

  detail::FunctionHandle function;
  ArgumentSpecs arguments;
  ResultSpecs results;
};

//===----------------------------------------------------------------------===//
// Tracing
//===----------------------------------------------------------------------===//

namespace detail {

/// Names for the leaves of arguments or results: those given, else the way to
/// the leaf, if that is a name and no other's; else with a prefix: `in0_1`.
class LeafNames {
public:
  template <class T>
  void add_argument(const T &structure, size_t index) {
    add(structure, "in" + std::to_string(index) + "_");
  }
  template <class T>
  void add_results(const T &structure) {
    add(structure, "out");
  }

  /// Empty for the default.
  std::vector<const char *> get() const {
    std::vector<const char *> pointers;
    pointers.reserve(names.size());
    for (const std::string &name : names)
      pointers.push_back(name.c_str());
    return pointers;
  }

private:
  static const std::string &get_name(const Spec &spec) { return spec.name; }
  static const std::string &get_name(const Tensor &tensor) {
    return tensor.name();
  }

  template <class T>
  void add(const T &structure, const std::string &prefix) {
    for_each_leaf(
        structure, "", [&](const std::string &path, const auto &leaf) {
          std::string name = get_name(leaf);
          if (name.empty() && !path.empty()) {
            bool is_number = path[0] >= '0' && path[0] <= '9';
            name = is_number || used.count(path) ? prefix + path : path;
          }
          used.insert(name);
          names.push_back(name);
        });
  }

  std::vector<std::string> names;
  std::set<std::string> used;
};

/// The types and names of what a function takes.
struct ArgumentTypes {
  std::vector<Spec> specs;
  std::vector<atled_type> types;
  LeafNames names;

  template <class... T>
  explicit ArgumentTypes(const std::tuple<T...> &arguments) {
    for_each_leaf(arguments, "", [&](const std::string &, const Spec &spec) {
      specs.push_back(spec);
    });
    for (const Spec &spec : specs)
      types.push_back({static_cast<int32_t>(spec.dtype),
                       static_cast<int32_t>(spec.shape.size()),
                       spec.shape.data()});
    add(arguments, std::index_sequence_for<T...>());
  }

private:
  template <class Arguments, size_t... I>
  void add(const Arguments &arguments, std::index_sequence<I...>) {
    (names.add_argument(std::get<I>(arguments), I), ...);
  }
};

/// A function from the first of its operations to the last; given up where an
/// exception leaves it.
class OpenTrace {
public:
  OpenTrace(const Name &called, const ArgumentTypes &takes)
      : name(called), handles(takes.types.size()) {
    check(atled_trace_begin(name.text.c_str(), takes.types.data(),
                            takes.names.get().data(), handles.size(),
                            raw(name.location), handles.data()));
    is_open = true;
  }
  OpenTrace(const OpenTrace &) = delete;
  OpenTrace &operator=(const OpenTrace &) = delete;
  ~OpenTrace() {
    if (is_open)
      atled_trace_abort();
  }

  const atled_value *arguments() const { return handles.data(); }

  template <class Result>
  FunctionHandle finish(const Result &result) {
    std::vector<atled_value> values;
    append_handles(result, values);
    LeafNames names;
    names.add_results(result);
    atled_function *function = nullptr;
    is_open = false;
    check(atled_trace_end(values.data(), names.get().data(), values.size(),
                          raw(name.location), &function));
    return FunctionHandle(function);
  }

private:
  Name name;
  std::vector<atled_value> handles;
  bool is_open = false;
};

} // namespace detail

/// Runs `body` once, on tensors of the types in `specs`, and keeps what it
/// computes as a function. `body` may be given structures of types.
template <class Body, class... Specs>
auto function(const Name &name, Body &&body, const Specs &...specs) {
  using Result = std::decay_t<
      std::invoke_result_t<Body &, detail::rebind_t<Specs, Tensor>...>>;
  using Type = Function<Result(detail::rebind_t<Specs, Tensor>...)>;
  typename Type::ArgumentSpecs arguments(specs...);
  detail::OpenTrace trace(name, detail::ArgumentTypes(arguments));
  const atled_value *next = trace.arguments();
  std::tuple<detail::rebind_t<Specs, Tensor>...> tensors{
      detail::take_tensors(specs, next, name.location)...};
  Result result = std::apply(body, tensors);
  return Type(trace.finish(result), std::move(arguments),
              detail::get_specs(result));
}

//===----------------------------------------------------------------------===//
// Derivatives
//===----------------------------------------------------------------------===//

/// With respect to the arguments with these numbers: `wrt<0, 2>()`, or, where
/// all arguments are of one type of C++, `wrt(0, 2)`. They increase.
template <size_t... I>
struct StaticWrt {};
template <size_t N>
struct DynamicWrt {
  std::array<size_t, N> arguments;
};
/// All arguments.
struct AllArguments {};

template <size_t... I, class = std::enable_if_t<(sizeof...(I) > 0)>>
StaticWrt<I...> wrt() {
  return {};
}
template <class... I, class = std::enable_if_t<(sizeof...(I) > 0)>>
DynamicWrt<sizeof...(I)> wrt(I... arguments) {
  return {{static_cast<size_t>(arguments)...}};
}

namespace detail {

/// The numbers of the flat inputs that are the leaves of the arguments `wrt`.
template <class... T>
std::vector<int64_t> get_inputs(const std::tuple<T...> &specs,
                                const std::vector<size_t> &wrt,
                                Location location) {
  std::vector<size_t> counts;
  std::apply(
      [&](const auto &...spec) { (counts.push_back(count_leaves(spec)), ...); },
      specs);
  std::vector<int64_t> inputs;
  for (size_t i = 0; i < wrt.size(); ++i) {
    if (wrt[i] >= counts.size())
      fail(location, "wrt asks for argument " + std::to_string(wrt[i]) +
                         ", counted from 0, and the function has " +
                         std::to_string(counts.size()));
    if (i > 0 && wrt[i] <= wrt[i - 1])
      fail(location,
           "the arguments in wrt must increase: " + std::to_string(wrt[i]) +
               " comes after " + std::to_string(wrt[i - 1]));
    int64_t first = 0;
    for (size_t k = 0; k < wrt[i]; ++k)
      first += counts[k];
    for (size_t k = 0; k < counts[wrt[i]]; ++k)
      inputs.push_back(first + k);
  }
  return inputs;
}

/// The arguments that a derivative is with respect to: their types of C++,
/// their numbers, and what they are.
template <class Wrt, class... A>
struct Selection;

template <size_t... I, class... A>
struct Selection<StaticWrt<I...>, A...> {
  static_assert(((I < sizeof...(A)) && ...),
                "wrt asks for an argument that the function does not have");
  using Types = std::tuple<std::tuple_element_t<I, std::tuple<A...>>...>;
  static std::vector<size_t> get_numbers(StaticWrt<I...>) { return {I...}; }
  static rebind_t<Types, Spec>
  get_specs(StaticWrt<I...>, const std::tuple<rebind_t<A, Spec>...> &specs) {
    return {std::get<I>(specs)...};
  }
};

template <class... A>
struct Selection<AllArguments, A...> {
  using Types = std::tuple<A...>;
  static std::vector<size_t> get_numbers(AllArguments) {
    std::vector<size_t> numbers(sizeof...(A));
    std::iota(numbers.begin(), numbers.end(), size_t(0));
    return numbers;
  }
  static std::tuple<rebind_t<A, Spec>...>
  get_specs(AllArguments, const std::tuple<rebind_t<A, Spec>...> &specs) {
    return specs;
  }
};

template <size_t N, class First, class... A>
struct Selection<DynamicWrt<N>, First, A...> {
  static_assert((std::is_same_v<First, A> && ...),
                "the arguments are of different types: say wrt<0>() instead of "
                "wrt(0)");
  template <size_t... I>
  static auto get_types(std::index_sequence<I...>)
      -> std::tuple<std::enable_if_t<(I < N), First>...>;
  using Types = decltype(get_types(std::make_index_sequence<N>()));

  static std::vector<size_t> get_numbers(const DynamicWrt<N> &wrt) {
    return {wrt.arguments.begin(), wrt.arguments.end()};
  }
  template <class Specs>
  static rebind_t<Types, Spec> get_specs(const DynamicWrt<N> &wrt,
                                         const Specs &specs) {
    return get_specs(wrt, specs, std::make_index_sequence<N>());
  }
  template <class Specs, size_t... I>
  static rebind_t<Types, Spec> get_specs(const DynamicWrt<N> &wrt,
                                         const Specs &specs,
                                         std::index_sequence<I...>) {
    auto all = std::apply(
        [](const auto &...spec) { return std::array{&spec...}; }, specs);
    return {*all[wrt.arguments[I]]...};
  }
};

/// One thing as itself, several as a tuple.
template <class... T>
struct Unpacked {
  using type = std::tuple<T...>;
};
template <class T>
struct Unpacked<T> {
  using type = T;
};
template <class T>
T unpack(std::tuple<T> &&values) {
  return std::get<0>(std::move(values));
}
template <class... T, class = std::enable_if_t<sizeof...(T) != 1>>
std::tuple<T...> unpack(std::tuple<T...> &&values) {
  return std::move(values);
}

/// The function behind a request for a derivative.
template <class Result, class... A, class Wrt>
FunctionHandle derive(const Function<Result(A...)> &function, int32_t kind,
                      const Wrt &wrt, Location location) {
  std::vector<int64_t> inputs =
      get_inputs(function.argument_specs(),
                 Selection<Wrt, A...>::get_numbers(wrt), location);
  atled_function *derivative = nullptr;
  check(atled_function_derive(function.handle().get(), kind, inputs.data(),
                              inputs.size(), raw(location), &derivative));
  return FunctionHandle(derivative);
}

/// The types of C++ of derivatives with respect to `Types`.
template <class Types, class Result, class... A>
struct DerivativeTypes;
template <class... G, class Result, class... A>
struct DerivativeTypes<std::tuple<G...>, Result, A...> {
  using Grad = Function<typename Unpacked<G...>::type(A...)>;
  using ValueAndGrad = Function<std::tuple<Result, G...>(A...)>;
  using Vjp = Function<std::tuple<Result, G...>(A..., Result)>;
  using Jvp = Function<std::tuple<Result, Result>(A..., G...)>;
};

template <class Wrt, class Result, class... A>
using DerivativesOf =
    DerivativeTypes<typename Selection<Wrt, A...>::Types, Result, A...>;

} // namespace detail

/// The gradients of a function with one real number as its result, with respect
/// to all arguments or those in `wrt`: one as itself, several as a tuple.
template <class Result, class... A, class Wrt = AllArguments>
auto grad(const Function<Result(A...)> &function, const Wrt &wrt = {},
          Location location = Location::here()) {
  using Type = typename detail::DerivativesOf<Wrt, Result, A...>::Grad;
  auto handle = detail::derive(function, ATLED_GRAD, wrt, location);
  auto specs =
      detail::Selection<Wrt, A...>::get_specs(wrt, function.argument_specs());
  return Type(handle, function.argument_specs(),
              detail::unpack(std::move(specs)));
}

/// The value of such a function, and then its gradients, as a tuple.
template <class Result, class... A, class Wrt = AllArguments>
auto value_and_grad(const Function<Result(A...)> &function, const Wrt &wrt = {},
                    Location location = Location::here()) {
  using Type = typename detail::DerivativesOf<Wrt, Result, A...>::ValueAndGrad;
  auto handle = detail::derive(function, ATLED_VALUE_AND_GRAD, wrt, location);
  auto specs =
      detail::Selection<Wrt, A...>::get_specs(wrt, function.argument_specs());
  return Type(handle, function.argument_specs(),
              std::tuple_cat(std::make_tuple(function.result_specs()), specs));
}

/// Takes what the function takes, and a seed for its result. Returns the
/// result, then what travels back to the arguments.
template <class Result, class... A, class Wrt = AllArguments>
auto vjp(const Function<Result(A...)> &function, const Wrt &wrt = {},
         Location location = Location::here()) {
  using Type = typename detail::DerivativesOf<Wrt, Result, A...>::Vjp;
  auto handle = detail::derive(function, ATLED_VJP, wrt, location);
  auto specs =
      detail::Selection<Wrt, A...>::get_specs(wrt, function.argument_specs());
  auto result = std::make_tuple(function.result_specs());
  return Type(handle, std::tuple_cat(function.argument_specs(), result),
              std::tuple_cat(result, specs));
}

/// Takes what the function takes, and a tangent for each argument in `wrt`.
/// Returns the result and its tangent.
template <class Result, class... A, class Wrt = AllArguments>
auto jvp(const Function<Result(A...)> &function, const Wrt &wrt = {},
         Location location = Location::here()) {
  using Type = typename detail::DerivativesOf<Wrt, Result, A...>::Jvp;
  auto handle = detail::derive(function, ATLED_JVP, wrt, location);
  auto specs =
      detail::Selection<Wrt, A...>::get_specs(wrt, function.argument_specs());
  return Type(handle, std::tuple_cat(function.argument_specs(), specs),
              {function.result_specs(), function.result_specs()});
}

} // namespace atled

#endif // ATLED_FRONTEND_FUNCTION_HPP
