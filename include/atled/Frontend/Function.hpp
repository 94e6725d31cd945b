//===- Function.hpp - Functions that are traced, compiled, run -*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_FRONTEND_FUNCTION_HPP
#define ATLED_FRONTEND_FUNCTION_HPP

#include "atled/Frontend/Structure.hpp"
#include <algorithm>
#include <memory>
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

  atled_function *get(Location location) const {
    if (!function)
      fail(location, "a function is used that was never given a value");
    return function.get();
  }
  const char *name(Location location) const {
    return atled_function_signature(get(location))->name;
  }

private:
  std::shared_ptr<atled_function> function;
};

/// The structures in `given` are of the kinds in `specs`.
template <class Specs, class Given, size_t... I>
void check_structures(const char *name, const Specs &specs, const Given &given,
                      Location location, std::index_sequence<I...>) {
  auto check_one = [&](size_t index, const auto &spec, const auto &value) {
    // One tensor is always one, and calls are many.
    if constexpr (std::is_same_v<std::decay_t<decltype(spec)>, Spec>)
      return;
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
      inputs.push_back(array.raw(location));
    };
    (detail::for_each_leaf(values, "", take), ...);
    std::vector<void *> outputs;
    std::vector<int64_t> extents = get_result_extents(types, location);
    const int64_t *next = extents.data();
    auto make = [&](const std::string &, const Spec &spec) {
      Array array(spec.dtype, Shape(next, next + spec.shape.size()), location);
      next += spec.shape.size();
      outputs.push_back(array.raw());
      return array;
    };
    auto made = detail::transform<Array>(results, "", make);
    detail::check(atled_function_call(function.get(location), types.data(),
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
    detail::check(atled_call(function.get(location), handles.data(),
                             handles.size(), detail::raw(location),
                             made.data()));
    const atled_value *next = made.data();
    return detail::take_tensors(results, next, location);
  }

  template <class... Given,
            class = std::enable_if_t<
                (detail::is_structure_of<Given, Array>::value || ...) &&
                (detail::is_tensors<Given> || ...)>>
  void operator()(const Given &...) const {
    static_assert(detail::dependent_false<std::tuple<Given...>>::value,
                  "a function is called with arrays, or with tensors, and not "
                  "with both: tensor(array) has the elements of an array");
  }

  /// Writes `path`.o, which a program links, with `path`.h for one of C and
  /// `path`.hpp for one of C++. For every processor of this architecture, for
  /// this one ("native"), or for those of a name that `atled-compile --mcpu`
  /// takes.
  void save_object(const std::string &path, const std::string &cpu = "",
                   Location location = Location::here()) const {
    detail::check(atled_function_save(function.get(location), path.c_str(),
                                      cpu.c_str(), detail::raw(location)));
  }

  /// The program as text, which the command-line tools read.
  std::string mlir(Location location = Location::here()) const {
    return atled_function_text(function.get(location));
  }

  std::string name(Location location = Location::here()) const {
    return function.name(location);
  }

  const ArgumentSpecs &argument_specs() const { return arguments; }
  const ResultSpecs &result_specs() const { return results; }
  const detail::FunctionHandle &handle() const { return function; }

private:
  /// Those of all results together; only the library knows dynamic ones.
  std::vector<int64_t> get_result_extents(const std::vector<atled_type> &types,
                                          Location location) const {
    std::vector<int64_t> extents;
    detail::for_each_leaf(
        results, "", [&](const std::string &, const Spec &spec) {
          extents.insert(extents.end(), spec.shape.begin(), spec.shape.end());
        });
    if (std::count(extents.begin(), extents.end(), dynamic) != 0)
      detail::check(atled_function_output_extents(
          function.get(location), types.data(), types.size(),
          detail::raw(location), extents.data()));
    return extents;
  }

  template <class Given>
  void check(const Given &given, Location location) const {
    detail::check_structures(function.name(location), arguments, given,
                             location, std::index_sequence_for<Arguments...>());
  }

  detail::FunctionHandle function;
  ArgumentSpecs arguments;
  ResultSpecs results;
};

//===----------------------------------------------------------------------===//
// Checks
//===----------------------------------------------------------------------===//

namespace detail {
template <class Signature>
Function<Signature> add_checks(const Function<Signature> &function,
                               int32_t checks, Location location) {
  atled_function *checked = nullptr;
  check(atled_function_check(function.handle().get(location), checks,
                             raw(location), &checked));
  return {FunctionHandle(checked), function.argument_specs(),
          function.result_specs()};
}
} // namespace detail

/// The function that looks at its indices: where one is out of range, a call
/// fails, and says in which line that is. So do its derivatives, and an object
/// that is saved.
template <class Signature>
Function<Signature> checked(const Function<Signature> &function,
                            Location location = Location::here()) {
  return detail::add_checks(function, ATLED_CHECK_INDICES, location);
}

/// The function that looks for NaN: a call fails where there is one, and says
/// which operation has the first. For finding out: it takes longer.
template <class Signature>
Function<Signature> check_nan(const Function<Signature> &function,
                              Location location = Location::here()) {
  return detail::add_checks(function, ATLED_CHECK_NAN, location);
}

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
  static_assert(sizeof...(Specs) > 0,
                "a function has an argument: its type, spec<float>(4, 3) for "
                "instance, stands behind the body");
  static_assert((detail::is_structure_of<Specs, Spec>::value && ...),
                "behind the body of a function stand the types of its "
                "arguments: spec<float>(4, 3) for instance, or a structure of "
                "such");
  static_assert(
      std::is_invocable_v<Body &, detail::rebind_t<Specs, Tensor>...>,
      "the body of a function takes a Tensor, or a structure of such, for each "
      "of the types behind it, and takes it by value or as a const reference");
  using Result = std::decay_t<
      std::invoke_result_t<Body &, detail::rebind_t<Specs, Tensor>...>>;
  static_assert(detail::is_tensors<Result>,
                "the body of a function returns a Tensor, or a structure of "
                "such: a number is constant(Array(1.0f))");
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
// Recursion
//===----------------------------------------------------------------------===//

template <class Signature>
class Self;

/// A function in its own body, while that is traced.
template <class Result, class... Arguments>
class Self<Result(Arguments...)> {
public:
  Self(uint64_t traced, std::string text,
       std::tuple<detail::rebind_t<Arguments, Spec>...> takes,
       detail::rebind_t<Result, Spec> returns)
      : trace(traced), name(std::move(text)), arguments(std::move(takes)),
        results(std::move(returns)) {}

  Result operator()(const Arguments &...values,
                    Location location = Location::here()) const {
    auto given = std::tie(values...);
    detail::check_structures(name.c_str(), arguments, given, location,
                             std::index_sequence_for<Arguments...>());
    std::vector<atled_value> handles;
    (detail::append_handles(values, handles), ...);
    std::vector<atled_value> made(detail::count_leaves(results));
    detail::check(atled_call_self(trace, handles.data(), handles.size(),
                                  detail::raw(location), made.data()));
    const atled_value *next = made.data();
    return detail::take_tensors(results, next, location);
  }

private:
  uint64_t trace;
  std::string name;
  std::tuple<detail::rebind_t<Arguments, Spec>...> arguments;
  detail::rebind_t<Result, Spec> results;
};

/// What a function that calls itself returns, which it must know before it
/// does, and how many calls may be inside one another: what more would do is an
/// error when it runs.
template <class ResultSpecs>
struct Recursion {
  ResultSpecs results;
  int64_t depth;
};
template <class ResultSpecs>
Recursion<ResultSpecs> returns(const ResultSpecs &results, int64_t depth) {
  return {results, depth};
}

/// As `function`, with a body that calls itself: `body(self, tensors...)`.
///
///   recursive("power", returns(spec<float>(), 20),
///             [](auto self, Tensor x, Tensor n) {
///     return cond(n > 0, [&] { return x * self(x, n - 1); },
///                 [&] { return ones_like(x); });
///   }, spec<float>(), spec<int>());
template <class Body, class ResultSpecs, class... Specs>
auto recursive(const Name &name, const Recursion<ResultSpecs> &recursion,
               Body &&body, const Specs &...specs) {
  using Result = detail::rebind_t<ResultSpecs, Tensor>;
  using Signature = Result(detail::rebind_t<Specs, Tensor>...);
  static_assert(detail::is_structure_of<ResultSpecs, Spec>::value &&
                    (detail::is_structure_of<Specs, Spec>::value && ...),
                "what a function that calls itself returns and takes is said "
                "by types: spec<float>(4, 3) for instance, or a structure of "
                "such");
  static_assert(
      std::is_invocable_r_v<Result, Body &, Self<Signature> &,
                            const detail::rebind_t<Specs, Tensor> &...>,
      "the body of a function that calls itself takes itself (`auto self`) and "
      "a Tensor, or a structure of such, for each of the types behind it, and "
      "returns what it says that it returns");
  typename Function<Signature>::ArgumentSpecs arguments(specs...);
  detail::OpenTrace trace(name, detail::ArgumentTypes(arguments));
  detail::ArgumentTypes results{std::tie(recursion.results)};
  detail::check(atled_trace_recursive(results.types.data(),
                                      results.types.size(), recursion.depth,
                                      detail::raw(name.location)));
  const atled_value *next = trace.arguments();
  Self<Signature> self(next->trace, name.text, arguments, recursion.results);
  std::tuple<detail::rebind_t<Specs, Tensor>...> tensors{
      detail::take_tensors(specs, next, name.location)...};
  Result result = std::apply(
      [&](const auto &...tensor) { return body(self, tensor...); }, tensors);
  detail::check_same(
      recursion.results, result,
      "'" + name.text +
          "' calls itself, and returns another structure than it says",
      name.location);
  return Function<Signature>(trace.finish(result), std::move(arguments),
                             recursion.results);
}

} // namespace atled

#endif // ATLED_FRONTEND_FUNCTION_HPP
