//===- Derivatives.hpp - Derivatives of traced functions -------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_FRONTEND_DERIVATIVES_HPP
#define ATLED_FRONTEND_DERIVATIVES_HPP

#include "atled/Frontend/Function.hpp"
#include <numeric>
#include <optional>

namespace atled {

/// With respect to the arguments with these numbers: `wrt<0, 2>()`, or, where
/// all arguments are of one type of C++, `wrt(0, 2)`. They increase.
template <size_t... I>
struct StaticWrt {};
template <size_t N>
struct DynamicWrt {
  std::array<int64_t, N> arguments;
};
/// All arguments.
struct AllArguments {};

template <size_t... I, class = std::enable_if_t<(sizeof...(I) > 0)>>
StaticWrt<I...> wrt() {
  return {};
}
template <class... I, class = std::enable_if_t<(sizeof...(I) > 0)>>
DynamicWrt<sizeof...(I)> wrt(I... arguments) {
  return {{static_cast<int64_t>(arguments)...}};
}

namespace detail {

/// The numbers of the flat inputs that are the leaves of the arguments `wrt`.
template <class... T>
std::vector<int64_t> get_inputs(const std::tuple<T...> &specs,
                                const std::vector<int64_t> &wrt,
                                Location location) {
  std::vector<size_t> counts;
  std::apply(
      [&](const auto &...spec) { (counts.push_back(count_leaves(spec)), ...); },
      specs);
  auto count = static_cast<int64_t>(counts.size());
  std::vector<int64_t> inputs;
  for (size_t i = 0; i < wrt.size(); ++i) {
    if (wrt[i] < 0 || wrt[i] >= count)
      fail(location, "wrt asks for argument " + std::to_string(wrt[i]) +
                         ", counted from 0, and the function has " +
                         std::to_string(count));
    if (i > 0 && wrt[i] <= wrt[i - 1])
      fail(location,
           "the arguments in wrt must increase: " + std::to_string(wrt[i]) +
               " comes after " + std::to_string(wrt[i - 1]));
    int64_t first = 0;
    for (int64_t k = 0; k < wrt[i]; ++k)
      first += counts[k];
    for (size_t k = 0; k < counts[wrt[i]]; ++k)
      inputs.push_back(first + k);
  }
  return inputs;
}

/// The arguments that a derivative is with respect to: their types of C++,
/// their numbers, and what they are.
template <class Wrt, class... A>
struct Selection {
  static_assert(dependent_false<Wrt>::value,
                "with respect to which arguments a derivative is, is said by "
                "wrt(0, 2), or by wrt<0, 2>() where they are of different "
                "types");
};

template <size_t... I, class... A>
struct Selection<StaticWrt<I...>, A...> {
  static_assert(((I < sizeof...(A)) && ...),
                "wrt asks for an argument that the function does not have");
  using Types = std::tuple<std::tuple_element_t<I, std::tuple<A...>>...>;
  static std::vector<int64_t> get_numbers(StaticWrt<I...>) { return {I...}; }
  static rebind_t<Types, Spec>
  get_specs(StaticWrt<I...>, const std::tuple<rebind_t<A, Spec>...> &specs) {
    return {std::get<I>(specs)...};
  }
};

template <class... A>
struct Selection<AllArguments, A...> {
  using Types = std::tuple<A...>;
  static std::vector<int64_t> get_numbers(AllArguments) {
    std::vector<int64_t> numbers(sizeof...(A));
    std::iota(numbers.begin(), numbers.end(), int64_t(0));
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

  static std::vector<int64_t> get_numbers(const DynamicWrt<N> &wrt) {
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

/// Whether all are real numbers, and each has a derivative.
template <class Specs>
bool are_real(const Specs &specs) {
  bool are = true;
  for_each_leaf(specs, "", [&](const std::string &, const Spec &spec) {
    are &= spec.dtype >= DType::float16;
  });
  return are;
}

/// Where all arguments are meant, each has a derivative.
template <class... T>
void check_all_real(const std::tuple<T...> &specs, const char *name,
                    Location location) {
  std::string others;
  std::optional<size_t> integers;
  size_t index = 0;
  auto visit = [&](const auto &spec) {
    if (are_real(spec))
      others += (others.empty() ? "" : ", ") + std::to_string(index);
    else if (!integers)
      integers = index;
    ++index;
  };
  std::apply([&](const auto &...spec) { (visit(spec), ...); }, specs);
  if (integers)
    fail(location, "argument " + std::to_string(*integers) + " of '" + name +
                       "' has no derivative: it has integers" +
                       (others.empty() ? ""
                                       : "; ask for that with respect to the "
                                         "others: wrt<" +
                                             others + ">()"));
}

/// The function behind a request for a derivative.
template <class Result, class... A, class Wrt>
FunctionHandle derive(const Function<Result(A...)> &function, int32_t kind,
                      const Wrt &wrt, Location location) {
  if constexpr (std::is_same_v<Wrt, AllArguments>)
    check_all_real(function.argument_specs(), function.handle().name(location),
                   location);
  std::vector<int64_t> inputs =
      get_inputs(function.argument_specs(),
                 Selection<Wrt, A...>::get_numbers(wrt), location);
  atled_function *derivative = nullptr;
  check(atled_function_derive(function.handle().get(location), kind,
                              inputs.data(), inputs.size(), raw(location),
                              &derivative));
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

namespace detail {
/// The first of the pair that the rule of a function returns is what the
/// function returns.
template <class Pair, class Result>
struct begins_with : std::false_type {};
template <class Result, class Other>
struct begins_with<std::pair<Result, Other>, Result>
    : std::bool_constant<is_tensors<Other>> {};

/// What the rule of a function returns is of the types that it should be.
template <class Expected, class Found>
void check_types(const Expected &expected, const Found &found,
                 const std::string &message, Location location) {
  check_same(expected, found, message, location);
  std::vector<Spec> wanted = get_leaves<Spec>(expected),
                    given = get_leaves<Spec>(found);
  for (size_t i = 0; i < wanted.size() && i < given.size(); ++i)
    if (wanted[i].dtype != given[i].dtype || wanted[i].shape != given[i].shape)
      fail(location, message + ": tensor " + std::to_string(i) +
                         " should be one of " +
                         atled::to_string(wanted[i].dtype, wanted[i].shape) +
                         ", and is one of " +
                         atled::to_string(given[i].dtype, given[i].shape));
}
} // namespace detail

/// The function with a reverse mode of its own. `forward` takes what it takes,
/// and returns a pair of its result and residuals: whatever the way back needs.
/// `reverse` takes the residuals and the cotangent of the result, and returns
/// the cotangents of the arguments: one as itself, several as a tuple.
template <class Result, class... A, class Forward, class Reverse>
Function<Result(A...)> custom_vjp(const Function<Result(A...)> &primal,
                                  Forward &&forward, Reverse &&reverse,
                                  Location location = Location::here()) {
  static_assert(std::is_invocable_v<Forward &, A...>,
                "the forward function of custom_vjp takes what the function "
                "takes");
  static_assert(
      detail::begins_with<std::decay_t<std::invoke_result_t<Forward &, A...>>,
                          Result>::value,
      "the forward function of custom_vjp returns a std::pair of the "
      "function's result and residuals: a Tensor, or a structure of such");
  using Residuals =
      typename std::decay_t<std::invoke_result_t<Forward &, A...>>::second_type;
  static_assert(std::is_invocable_v<Reverse &, Residuals, Result>,
                "the reverse function of custom_vjp takes the residuals and "
                "the cotangent of the result");
  auto traced_forward = std::apply(
      [&](const auto &...specs) {
        return function(Name(primal.name(location) + "_forward", location),
                        forward, specs...);
      },
      primal.argument_specs());
  auto traced_reverse = function(
      Name(primal.name(location) + "_reverse", location), reverse,
      std::get<1>(traced_forward.result_specs()), primal.result_specs());
  detail::check_types(primal.result_specs(),
                      std::get<0>(traced_forward.result_specs()),
                      "the forward function of '" + primal.name(location) +
                          "' returns another result than it",
                      location);
  // Integers have no cotangent: what is left of the arguments is counted below.
  if (detail::are_real(primal.argument_specs()))
    detail::check_types(detail::unpack(std::tuple(primal.argument_specs())),
                        traced_reverse.result_specs(),
                        "the reverse function of '" + primal.name(location) +
                            "' returns other cotangents than it has arguments",
                        location);
  atled_function *bound = nullptr;
  detail::check(atled_function_custom_vjp(
      primal.handle().get(location), traced_forward.handle().get(location),
      traced_reverse.handle().get(location), detail::raw(location), &bound));
  return {detail::FunctionHandle(bound), primal.argument_specs(),
          primal.result_specs()};
}

/// The function with a forward mode of its own. `rule` takes what it takes, and
/// a tangent for each argument, and returns a pair of the result and its
/// tangent, in which it is linear in the tangents. Reverse mode is its
/// transpose, and an error where that depends on the tangents. Arguments and
/// results are real numbers.
template <class Result, class... A, class Rule>
Function<Result(A...)> custom_jvp(const Function<Result(A...)> &primal,
                                  Rule &&rule,
                                  Location location = Location::here()) {
  static_assert(std::is_invocable_v<Rule &, A..., A...>,
                "the rule of custom_jvp takes what the function takes, and "
                "then a tangent for each argument");
  static_assert(
      std::is_same_v<std::decay_t<std::invoke_result_t<Rule &, A..., A...>>,
                     std::pair<Result, Result>>,
      "the rule of custom_jvp returns a std::pair of the function's result and "
      "the tangent of that");
  auto traced = std::apply(
      [&](const auto &...specs) {
        return function(Name(primal.name(location) + "_rule", location), rule,
                        specs..., specs...);
      },
      primal.argument_specs());
  detail::check_types(std::pair(primal.result_specs(), primal.result_specs()),
                      traced.result_specs(),
                      "the rule of '" + primal.name(location) +
                          "' returns another result, or tangent, than it",
                      location);
  atled_function *bound = nullptr;
  detail::check(atled_function_custom_jvp(primal.handle().get(location),
                                          traced.handle().get(location),
                                          detail::raw(location), &bound));
  return {detail::FunctionHandle(bound), primal.argument_specs(),
          primal.result_specs()};
}

//===----------------------------------------------------------------------===//
// Linear maps
//===----------------------------------------------------------------------===//

namespace detail {
/// Where a function was linearized outside of functions that are traced.
struct RecordedPoint {
  FunctionHandle jvp, vjp;
  std::vector<atled_value> arguments;
  /// What the arguments belong to.
  std::shared_ptr<void> owner;
};
} // namespace detail

/// The derivative of a function at a point: `map(tangents...)` is what it makes
/// of tangents, `map.transpose(cotangent)` of the result's cotangent. In a
/// function that is traced, what was linearized does not run again.
template <class Result, class... G>
class LinearMap {
public:
  using InputSpecs = std::tuple<detail::rebind_t<G, Spec>...>;
  using ResultSpecs = detail::rebind_t<Result, Spec>;

  LinearMap(atled_value handle, InputSpecs takes, ResultSpecs returns)
      : map(handle), inputs(std::move(takes)), result(std::move(returns)) {}
  LinearMap(detail::RecordedPoint at, InputSpecs takes, ResultSpecs returns)
      : map(), point(std::move(at)), inputs(std::move(takes)),
        result(std::move(returns)) {}

  Result operator()(const G &...tangents,
                    Location location = Location::here()) const {
    std::apply(
        [&](const auto &...specs) {
          (detail::check_same(
               specs, tangents,
               "a tangent is another structure than the argument", location),
           ...);
        },
        inputs);
    std::vector<atled_value> handles;
    (detail::append_handles(tangents, handles), ...);
    return apply(0, handles, result, location);
  }

  typename detail::Unpacked<G...>::type
  transpose(const Result &cotangent,
            Location location = Location::here()) const {
    detail::check_same(result, cotangent,
                       "a cotangent is another structure than the result",
                       location);
    std::vector<atled_value> handles;
    detail::append_handles(cotangent, handles);
    return detail::unpack(apply(1, handles, inputs, location));
  }

private:
  template <class Specs>
  detail::rebind_t<Specs, Tensor>
  apply(int32_t is_transposed, const std::vector<atled_value> &vectors,
        const Specs &specs, Location location) const {
    if (point)
      return apply_recorded(is_transposed, vectors, specs, location);
    std::vector<atled_value> results(detail::count_leaves(specs));
    detail::check(atled_apply(map, is_transposed, vectors.data(),
                              vectors.size(), detail::raw(location),
                              results.data()));
    const atled_value *next = results.data();
    return detail::take_tensors(specs, next, location);
  }

  /// The derivative that was compiled returns the function's result as well.
  template <class Specs>
  detail::rebind_t<Specs, Tensor>
  apply_recorded(int32_t is_transposed, const std::vector<atled_value> &vectors,
                 const Specs &specs, Location location) const {
    std::vector<atled_value> given = point->arguments;
    given.insert(given.end(), vectors.begin(), vectors.end());
    std::vector<atled_value> results(detail::count_leaves(result) +
                                     detail::count_leaves(specs));
    const detail::FunctionHandle &derivative =
        is_transposed ? point->vjp : point->jvp;
    detail::check(atled_call(derivative.get(location), given.data(),
                             given.size(), detail::raw(location),
                             results.data()));
    const atled_value *next = results.data();
    (void)detail::take_tensors(result, next, location);
    return detail::take_tensors(specs, next, location);
  }

  atled_value map;
  std::optional<detail::RecordedPoint> point;
  InputSpecs inputs;
  ResultSpecs result;
};

namespace detail {

/// What `linearize` returns: a call of it runs the function once.
template <class F, class Map>
class Linearization;
template <class Result, class... A, class... G>
class Linearization<Result(A...), LinearMap<Result, G...>> {
public:
  Linearization(const Function<Result(A...)> &of, std::vector<int64_t> inputs,
                std::tuple<rebind_t<G, Spec>...> takes)
      : function(of), wrt(std::move(inputs)), specs(std::move(takes)) {}

  std::pair<Result, LinearMap<Result, G...>>
  operator()(const A &...values, Location location = Location::here()) const {
    auto given = std::tie(values...);
    check_structures(function.handle().name(location),
                     function.argument_specs(), given, location,
                     std::index_sequence_for<A...>());
    std::vector<atled_value> handles;
    (append_handles(values, handles), ...);
    std::vector<atled_value> made(count_leaves(function.result_specs()));
    const atled_value *next = made.data();
    if (!atled_is_tracing()) {
      FunctionHandle jvp = derive(ATLED_JVP, location),
                     vjp = derive(ATLED_VJP, location);
      check(atled_call(function.handle().get(location), handles.data(),
                       handles.size(), raw(location), made.data()));
      Result result = take_tensors(function.result_specs(), next, location);
      RecordedPoint point = {jvp, vjp, handles,
                             std::make_shared<std::tuple<A...>>(values...)};
      return {std::move(result),
              {std::move(point), specs, function.result_specs()}};
    }
    atled_value map;
    check(atled_linearize(function.handle().get(location), wrt.data(),
                          wrt.size(), handles.data(), handles.size(),
                          raw(location), made.data(), &map));
    Result result = take_tensors(function.result_specs(), next, location);
    return {std::move(result), {map, specs, function.result_specs()}};
  }

private:
  FunctionHandle derive(int32_t kind, Location location) const {
    atled_function *derived = nullptr;
    check(atled_function_derive(function.handle().get(location), kind,
                                wrt.data(), wrt.size(), raw(location),
                                &derived));
    return FunctionHandle(derived);
  }

  Function<Result(A...)> function;
  std::vector<int64_t> wrt;
  std::tuple<rebind_t<G, Spec>...> specs;
};

template <class Result, class Types>
struct MapOf;
template <class Result, class... G>
struct MapOf<Result, std::tuple<G...>> {
  using type = LinearMap<Result, G...>;
};

} // namespace detail

/// `linearize(f, wrt<0>())(x, y)` is a pair of f(x, y) and its derivative
/// there, with respect to all arguments or those in `wrt`, as a LinearMap.
template <class Result, class... A, class Wrt = AllArguments>
auto linearize(const Function<Result(A...)> &function, const Wrt &wrt = {},
               Location location = Location::here()) {
  using Selection = detail::Selection<Wrt, A...>;
  using Map = typename detail::MapOf<Result, typename Selection::Types>::type;
  if constexpr (std::is_same_v<Wrt, AllArguments>)
    detail::check_all_real(function.argument_specs(),
                           function.handle().name(location), location);
  // First, for it looks at the numbers in wrt.
  std::vector<int64_t> inputs = detail::get_inputs(
      function.argument_specs(), Selection::get_numbers(wrt), location);
  return detail::Linearization<Result(A...), Map>(
      function, std::move(inputs),
      Selection::get_specs(wrt, function.argument_specs()));
}

} // namespace atled

#endif // ATLED_FRONTEND_DERIVATIVES_HPP
