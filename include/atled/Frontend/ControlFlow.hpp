//===- ControlFlow.hpp - Branches and loops of a traced function -*- C++
//-*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where the program decides, and not the trace of it. The bodies are functions
// of C++ that are traced once each; they may use what is around them. What they
// carry and return are tensors, or structures of tensors, of fixed types. Where
// nothing is traced, values are known, and the bodies run as C++ runs them.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_FRONTEND_CONTROLFLOW_HPP
#define ATLED_FRONTEND_CONTROLFLOW_HPP

#include "atled/Frontend/Arithmetic.hpp"
#include "atled/Frontend/Function.hpp"

namespace atled {
namespace detail {

/// A body that has been traced, until an operation takes it.
class Region {
public:
  explicit Region(atled_region *owned) : region(owned) {}
  Region(const Region &) = delete;
  Region &operator=(const Region &) = delete;
  Region(Region &&other) noexcept : region(other.take()) {}
  ~Region() {
    if (region)
      atled_region_drop(region);
  }

  atled_region *take() { return std::exchange(region, nullptr); }

private:
  atled_region *region;
};

/// A body while it is traced; given up where an exception leaves it.
class OpenRegion {
public:
  OpenRegion(const std::vector<atled_value> &like, bool is_counted,
             Location where)
      : location(where), handles(like.size() + is_counted) {
    std::vector<atled_type> types;
    types.reserve(like.size());
    for (const atled_value &value : like)
      types.push_back(value.type);
    check(atled_region_begin(types.data(), types.size(), is_counted,
                             raw(location), handles.data()));
    is_open = true;
  }
  OpenRegion(const OpenRegion &) = delete;
  OpenRegion &operator=(const OpenRegion &) = delete;
  ~OpenRegion() {
    if (is_open)
      atled_region_abort();
  }

  const atled_value *arguments() const { return handles.data(); }

  template <class Result>
  Region finish(const Result &result) {
    std::vector<atled_value> values;
    append_handles(result, values);
    atled_region *region = nullptr;
    is_open = false;
    check(
        atled_region_end(values.data(), values.size(), raw(location), &region));
    return Region(region);
  }

private:
  Location location;
  std::vector<atled_value> handles;
  bool is_open = false;
};

/// A body without arguments, and what it returns.
template <class Body>
auto trace_body(Body &&body, Location location) {
  using Result = std::decay_t<std::invoke_result_t<Body &>>;
  OpenRegion open({}, false, location);
  Result result = body();
  Region region = open.finish(result);
  return std::pair<Region, Result>(std::move(region), std::move(result));
}

constexpr const char *different_branches =
    "the branches return different structures";
constexpr const char *changed_state =
    "the body of a loop returns another structure than it is given";
constexpr const char *loop_bound = "a bound of a loop";

/// Refuses a limit that no loop keeps.
inline void check_limit(std::optional<int64_t> max_iterations,
                        Location location) {
  if (max_iterations && *max_iterations < 1)
    fail(location, "max_iterations is at least 1, and " +
                       std::to_string(*max_iterations) + " is given");
}

/// Where nothing is traced, a loop stops where it does in a trace.
inline void check_iterations(uint64_t count,
                             std::optional<int64_t> max_iterations,
                             Location location) {
  if (max_iterations && count > static_cast<uint64_t>(*max_iterations))
    fail(location,
         "a loop would run more often than the program allows, which is " +
             std::to_string(*max_iterations) + " times");
}

template <class T>
std::vector<atled_value> get_handles(const T &structure) {
  std::vector<atled_value> handles;
  append_handles(structure, handles);
  return handles;
}

/// Where nothing is traced, a condition is what it is in a trace.
inline bool is_true(const Tensor &condition, const std::string &what,
                    Location location) {
  if (condition.is_recorded() &&
      (condition.dtype() != DType::boolean || condition.rank()))
    fail(location, what +
                       " takes a condition that is one boolean, and a "
                       "tensor of " +
                       condition.to_string() + " is given");
  return bool(condition);
}

/// What a loop carries on where nothing is traced: the same as in a trace.
template <class State>
State carry(const State &initial, State next, Location location) {
  check_same(initial, next, changed_state, location);
  std::vector<atled_value> before = get_handles(initial),
                           after = get_handles(next);
  for (size_t i = 0; i < before.size(); ++i) {
    atled_type expected = before[i].type, type = after[i].type;
    if (type.dtype == expected.dtype && type.rank == expected.rank)
      continue;
    auto describe = [](const atled_type &of) {
      return to_string(static_cast<DType>(of.dtype),
                       Shape(of.shape, of.shape + of.rank));
    };
    fail(location,
         "the body of a loop returns other tensors than it is given: result " +
             std::to_string(i) + " is a tensor of " + describe(expected) +
             " and a tensor of " + describe(type) +
             (type.rank == expected.rank
                  ? "; convert(x, dtype) brings it to the type of the first"
                  : ""));
  }
  return next;
}

/// The structure like `like` of the results that `emit(results)` writes.
template <class T, class Emit>
T take_results(const T &like, Location location, Emit emit) {
  std::vector<atled_value> results(count_leaves(like));
  check(emit(results.data()));
  const atled_value *next = results.data();
  return take_tensors(like, next, location);
}

} // namespace detail

/// What `then()` returns where `condition`, one boolean, is true, and what
/// `otherwise()` returns where it is not. Only that one runs. Where the
/// condition is no tensor, C++ knows which.
template <class Then, class Otherwise>
auto cond(const Operand &condition, Then &&then, Otherwise &&otherwise,
          Location location = Location::here()) {
  static_assert(std::is_invocable_v<Then &> && std::is_invocable_v<Otherwise &>,
                "the branches of cond take no argument: what is around them "
                "they may use, [&] { return x; }");
  using Result = std::decay_t<std::invoke_result_t<Then &>>;
  static_assert(
      std::is_same_v<Result, std::decay_t<std::invoke_result_t<Otherwise &>>>,
      "the branches of cond return different types");
  static_assert(detail::is_tensors<Result>,
                "a branch of cond returns a Tensor, or a structure of such");
  if (condition.raw.kind != ATLED_TENSOR)
    return condition.raw.real != 0 ? Result(then()) : Result(otherwise());
  Tensor chosen = condition.tensor(location);
  if (!atled_is_tracing())
    return detail::is_true(chosen, "cond", location) ? Result(then())
                                                     : Result(otherwise());
  auto [then_region, result] = detail::trace_body(then, location);
  auto [other_region, other] = detail::trace_body(otherwise, location);
  detail::check_same(result, other, detail::different_branches, location);
  auto &then_body = then_region;
  auto &other_body = other_region;
  return detail::take_results(result, location, [&](atled_value *results) {
    return atled_if(chosen.handle(), then_body.take(), other_body.take(),
                    detail::raw(location), results);
  });
}

/// What `branches[index]()` returns; the first where `index`, one integer, is
/// less than 0, and the last where it is greater than there are. Where the
/// index is no tensor, C++ knows which.
template <class Branch>
auto switch_case(const Operand &index, const std::vector<Branch> &branches,
                 Location location = Location::here()) {
  static_assert(std::is_invocable_v<const Branch &>,
                "the branches of switch_case take no argument: what is around "
                "them they may use, [&] { return x; }");
  using Result = std::decay_t<std::invoke_result_t<const Branch &>>;
  static_assert(
      detail::is_tensors<Result>,
      "a branch of switch_case returns a Tensor, or a structure of such");
  if (branches.empty())
    detail::fail(location, "switch_case has no branches");
  if (!atled_is_tracing() || index.raw.kind != ATLED_TENSOR) {
    int64_t last = static_cast<int64_t>(branches.size()) - 1;
    int64_t chosen = index.number("switch_case");
    return Result(branches[std::clamp<int64_t>(chosen, 0, last)]());
  }
  std::vector<detail::Region> regions;
  Result like;
  for (const Branch &branch : branches) {
    auto traced = detail::trace_body(branch, location);
    if (!regions.empty())
      detail::check_same(like, traced.second, detail::different_branches,
                         location);
    regions.push_back(std::move(traced.first));
    like = std::move(traced.second);
  }
  std::vector<atled_region *> bodies;
  bodies.reserve(regions.size());
  for (detail::Region &region : regions)
    bodies.push_back(region.take());
  return detail::take_results(like, location, [&](atled_value *results) {
    return atled_switch(index.raw.value, bodies.data(), bodies.size(),
                        detail::raw(location), results);
  });
}

/// Runs `body(i, state)`, which returns the next state, for each i from `lower`
/// to less than `upper`. Returns the last state. A call that would run the loop
/// more often than `max_iterations` fails; with that, the derivative knows how
/// much it keeps.
template <class State, class Body>
State for_loop(const Operand &lower, const Operand &upper, const State &initial,
               Body &&body,
               std::optional<int64_t> max_iterations = std::nullopt,
               Location location = Location::here()) {
  static_assert(detail::is_tensors<State>,
                "for_loop carries a Tensor, or a structure of such: a number "
                "is constant(Array(0.0f))");
  static_assert(
      std::is_invocable_r_v<State, Body &, Tensor, State &>,
      "the body of for_loop takes the index, which is a Tensor, and the state, "
      "and returns the next state");
  detail::check_limit(max_iterations, location);
  if (!atled_is_tracing()) {
    State state = initial;
    int64_t first = lower.number(detail::loop_bound);
    int64_t last = upper.number(detail::loop_bound);
    if (first < last)
      detail::check_iterations(static_cast<uint64_t>(last) -
                                   static_cast<uint64_t>(first),
                               max_iterations, location);
    for (int64_t i = first; i < last; ++i)
      state = detail::carry(initial, body(constant(Array(i), location), state),
                            location);
    return state;
  }
  lower.check_integer(detail::loop_bound);
  upper.check_integer(detail::loop_bound);
  std::vector<atled_value> handles = detail::get_handles(initial);
  detail::OpenRegion open(handles, true, location);
  const atled_value *next = open.arguments();
  Tensor index(*next++, location);
  State state = detail::take_tensors(initial, next, location);
  State after = body(index, state);
  detail::check_same(initial, after, detail::changed_state, location);
  detail::Region region = open.finish(after);
  return detail::take_results(initial, location, [&](atled_value *results) {
    return atled_for(&lower.raw, &upper.raw, handles.data(), handles.size(),
                     region.take(), max_iterations.value_or(0),
                     detail::raw(location), results);
  });
}

/// Runs `state = body(state)` while `condition(state)`, one boolean, is true.
/// Returns the last state. A call fails where that is more often than
/// `max_iterations`; with that, the derivative knows how much it keeps.
template <class State, class Condition, class Body>
State while_loop(const State &initial, Condition &&condition, Body &&body,
                 std::optional<int64_t> max_iterations = std::nullopt,
                 Location location = Location::here()) {
  static_assert(detail::is_tensors<State>,
                "while_loop carries a Tensor, or a structure of such: a number "
                "is constant(Array(0.0f))");
  static_assert(
      std::is_invocable_r_v<Tensor, Condition &, const State &>,
      "the condition of while_loop takes the state, and returns a Tensor");
  static_assert(std::is_invocable_r_v<State, Body &, const State &>,
                "the body of while_loop takes the state, and returns the next");
  detail::check_limit(max_iterations, location);
  if (!atled_is_tracing()) {
    State state = initial;
    uint64_t count = 0;
    while (detail::is_true(condition(state), "while_loop", location)) {
      detail::check_iterations(++count, max_iterations, location);
      state = detail::carry(initial, body(state), location);
    }
    return state;
  }
  std::vector<atled_value> handles = detail::get_handles(initial);
  auto trace = [&](auto &&function) {
    detail::OpenRegion open(handles, false, location);
    const atled_value *next = open.arguments();
    State state = detail::take_tensors(initial, next, location);
    return open.finish(function(state));
  };
  detail::Region before =
      trace([&](const State &state) -> Tensor { return condition(state); });
  detail::Region after = trace([&](const State &state) -> State {
    State next = body(state);
    detail::check_same(initial, next, detail::changed_state, location);
    return next;
  });
  return detail::take_results(initial, location, [&](atled_value *results) {
    return atled_while(handles.data(), handles.size(), before.take(),
                       after.take(), max_iterations.value_or(0),
                       detail::raw(location), results);
  });
}

namespace detail {

/// The part of each tensor that belongs to iteration `index`; of tensors of no
/// parts, zeros like one.
template <class T>
T take_slice(const T &structure, const Tensor &index, Location location) {
  auto take = [&](const std::string &, const Tensor &all) {
    Shape shape = all.shape();
    if (shape[0] != 0)
      return all[Operand(index, location)];
    shape[0] = 1;
    Tensor zero = constant(Array(all.dtype(), {}), location);
    return broadcast_to(zero, shape, dynamic_extents(all, location),
                        location)[Operand(0, location)];
  };
  return transform<Tensor>(structure, "", take);
}

/// The tensor as the only part along a new first dimension.
inline Tensor add_dimension(const Tensor &part, Location location) {
  Shape shape = part.shape();
  shape.insert(shape.begin(), 1);
  return reshape(part, shape, dynamic_extents(part, location), location);
}

inline Tensor put_slice(const Tensor &all, const Tensor &part,
                        const Tensor &index, Location location) {
  std::vector<Operand> starts(all.rank(), Operand(0, location));
  starts[0] = Operand(index, location);
  return dynamic_update_slice(all, add_dimension(part, location), starts,
                              std::nullopt, location);
}

/// The tensor whose first dimension all have: one of which it is known, if any.
template <class T>
Tensor find_common(const T &structure, Location location) {
  std::optional<Tensor> found;
  for_each_leaf(structure, "", [&](const std::string &, const Tensor &tensor) {
    tensor.from_first(0, location);
    bool is_known = found && found->shape()[0] != dynamic;
    if (!found || (!is_known && tensor.shape()[0] != dynamic))
      found = tensor;
    int64_t length = found->shape()[0], own = tensor.shape()[0];
    if (own != dynamic && own != length)
      fail(location, "scan runs over tensors of different lengths: " +
                         std::to_string(length) + " and " +
                         std::to_string(own));
  });
  if (!found)
    fail(location, "scan runs over no tensor");
  return *found;
}

/// The first extent of `like` as what an operation takes: if it is dynamic.
inline Operands first_extent(const Tensor &like, Location location) {
  if (like.shape()[0] != dynamic)
    return {};
  return {Operand(extent(like, 0, DType::int64, location), location)};
}

/// The tensors with the first dimension of `like`: where only a call knows both
/// extents, it compares them.
template <class T>
T unify_lengths(const T &structure, const Tensor &like, Location location) {
  int64_t length = like.shape()[0];
  auto unify = [&](const std::string &, const Tensor &tensor) {
    Shape shape = tensor.shape();
    if (shape[0] != dynamic || tensor.handle().node == like.handle().node)
      return tensor;
    if (std::count(shape.begin(), shape.end(), dynamic) > 1)
      fail(location, "scan runs over several tensors, and cannot compare the "
                     "length of one of " +
                         tensor.to_string() +
                         " with that of another; only the first dimension may "
                         "be dynamic in it");
    shape[0] = length;
    return reshape(tensor, shape, first_extent(like, location), location);
  };
  return transform<Tensor>(structure, "", unify);
}

/// Zeros for the outputs of all steps of a scan over the parts of `like`.
inline Tensor allocate_outputs(const Spec &spec, const Tensor &like,
                               Location location) {
  Shape shape = spec.shape;
  if (std::count(shape.begin(), shape.end(), dynamic) != 0)
    fail(location, "an output of a scan is a tensor of " +
                       atled::to_string(spec.dtype, shape) +
                       ", and none knows how large all of them are together; "
                       "return what has a known shape, or let for_loop carry a "
                       "tensor for all, and dynamic_update_slice put them in");
  shape.insert(shape.begin(), like.shape()[0]);
  return broadcast_to(constant(Array(spec.dtype, {}), location), shape,
                      first_extent(like, location), location);
}

/// The outputs of a scan along a new first dimension.
template <class Output>
rebind_t<Output, Tensor> stack(const std::vector<Output> &outputs,
                               Location location) {
  std::vector<std::vector<Operand>> rows(count_leaves(outputs.front()));
  for (const Output &output : outputs) {
    check_same(outputs.front(), output,
               "the steps of a scan return different structures", location);
    auto leaf = rows.begin();
    for_each_leaf(output, "", [&](const std::string &, const Tensor &part) {
      leaf++->emplace_back(add_dimension(part, location), location);
    });
  }
  auto next = rows.begin();
  auto join_rows = [&](const std::string &, const Tensor &) {
    return concatenate(*next++, 0, location);
  };
  return transform<Tensor>(outputs.front(), "", join_rows);
}

/// A scan where nothing is traced.
template <class State, class Inputs, class Body>
auto run_scan(Body &&body, const State &initial, const Inputs &inputs,
              int64_t length, Location location) {
  using Step = decltype(body(initial, inputs));
  State state = initial;
  std::vector<typename Step::second_type> outputs;
  for (int64_t i = 0; i < length; ++i) {
    Step step =
        body(state, take_slice(inputs, constant(Array(i), location), location));
    state = carry(initial, std::move(step.first), location);
    outputs.push_back(std::move(step.second));
  }
  if (outputs.empty())
    fail(location, "a scan over no parts has outputs of a type that only a "
                   "trace finds; call it in atled::function");
  return std::pair(std::move(state), stack(outputs, location));
}

} // namespace detail

/// Runs `body(state, x)`, which returns a pair of the next state and an output,
/// for each part x of `inputs` along the first dimension. Returns the last
/// state, and the outputs along a new first dimension.
template <class State, class Inputs, class Body>
auto scan(Body &&body, const State &initial, const Inputs &given,
          Location location = Location::here()) {
  static_assert(detail::is_tensors<State> && detail::is_tensors<Inputs>,
                "scan carries a Tensor, or a structure of such, and runs over "
                "one: a number is constant(Array(0.0f))");
  static_assert(std::is_invocable_v<Body &, State &, Inputs>,
                "the body of scan takes the state and a part of what scan runs "
                "over");
  static_assert(
      detail::is_pair<
          std::decay_t<std::invoke_result_t<Body &, State &, Inputs>>>::value,
      "the body of scan returns a std::pair of the next state and an output");
  Tensor common = detail::find_common(given, location);
  if (!atled_is_tracing())
    return detail::run_scan(body, initial, given, common.size(0), location);
  Inputs inputs = detail::unify_lengths(given, common, location);
  // What the outputs are, from a trace that is thrown away.
  auto outputs = [&] {
    detail::OpenRegion open(detail::get_handles(initial), true, location);
    const atled_value *next = open.arguments();
    Tensor index(*next++, location);
    State state = detail::take_tensors(initial, next, location);
    auto [after, output] =
        body(state, detail::take_slice(inputs, index, location));
    return detail::get_specs(output);
  }();
  auto allocate = [&](const std::string &, const Spec &spec) {
    return detail::allocate_outputs(spec, common, location);
  };
  auto all = detail::transform<Tensor>(outputs, "", allocate);
  if (common.shape()[0] == 0)
    return std::pair(State(initial), all);
  return for_loop(
      0, Operand(extent(common, 0, DType::int64, location), location),
      std::pair(initial, all),
      [&](const Tensor &index, const auto &carried) {
        auto [after, output] =
            body(carried.first, detail::take_slice(inputs, index, location));
        std::vector<Tensor> parts;
        detail::for_each_leaf(output, "",
                              [&](const std::string &, const Tensor &part) {
                                parts.push_back(part);
                              });
        auto part = parts.begin();
        auto put = [&](const std::string &, const Tensor &stack) {
          return detail::put_slice(stack, *part++, index, location);
        };
        return std::pair(State(after),
                         detail::transform<Tensor>(carried.second, "", put));
      },
      std::nullopt, location);
}

/// What `body(arguments...)` returns. It runs again on the way back, and
/// nothing that it computes is kept.
template <class Body, class... Arguments>
auto checkpoint(const Body &body, const Arguments &...arguments) {
  static_assert(std::is_invocable_v<const Body &, const Arguments &...>,
                "the body of checkpoint takes what stands behind it, by value "
                "or as a const reference");
  using Result =
      std::decay_t<std::invoke_result_t<const Body &, const Arguments &...>>;
  static_assert(
      detail::is_tensors<Result>,
      "the body of checkpoint returns a Tensor, or a structure of such");
  if (!atled_is_tracing())
    return Result(body(arguments...));
  Location location = Location::unknown();
  auto [region, result] =
      detail::trace_body([&] { return body(arguments...); }, location);
  auto &traced = region;
  return detail::take_results(result, location, [&](atled_value *results) {
    return atled_checkpoint(traced.take(), detail::raw(location), results);
  });
}

} // namespace atled

#endif // ATLED_FRONTEND_CONTROLFLOW_HPP
