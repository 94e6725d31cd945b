//===- Training.hpp - A step of training as one function -------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_FRONTEND_TRAINING_HPP
#define ATLED_FRONTEND_TRAINING_HPP

#include "atled/Frontend/Derivatives.hpp"
#include "atled/Frontend/Files.hpp"
#include "atled/Frontend/Optimisers.hpp"

namespace atled {
namespace detail {

/// What stands at the leaves of a structure.
template <class P>
using leaf_of_t = std::conditional_t<
    std::is_same_v<rebind_t<P, Tensor>, std::decay_t<P>>, Tensor,
    std::conditional_t<std::is_same_v<rebind_t<P, Array>, std::decay_t<P>>,
                       Array, Spec>>;

/// The structure like `like` with the leaves that come next.
template <class Leaf, class T>
rebind_t<T, Leaf> take_leaves(const T &like, const Leaf *&next) {
  auto take = [&](const std::string &, const auto &) { return *next++; };
  return transform<Leaf>(like, "", take);
}

} // namespace detail

/// What is trained, with what the optimiser remembers: for each of its slots a
/// structure like the parameters, and the number of steps if it counts them.
template <class P>
struct TrainState {
  P parameters;
  std::vector<P> slots;
  std::vector<detail::leaf_of_t<P>> step_count;
  ATLED_FIELDS(parameters, slots, step_count)
};

/// A step of training: the loss, its gradient with respect to the first
/// argument, the parameters, and their update, in one function.
template <class P, class... A>
class TrainStep {
public:
  using State = TrainState<detail::rebind_t<P, Array>>;
  using Traced =
      Function<std::tuple<Tensor, TrainState<P>>(TrainState<P>, A...)>;

  TrainStep(Traced step, std::vector<std::string> tensor_names,
            detail::FunctionHandle updates)
      : traced(std::move(step)), names(std::move(tensor_names)),
        in_place(std::move(updates)) {}

  /// The state with these parameters and nothing remembered.
  State initialise(detail::rebind_t<P, Array> parameters) const {
    const auto &specs = std::get<0>(traced.argument_specs());
    auto make_zeros = [](const std::string &, const Spec &spec) {
      return Array(spec.dtype, spec.shape);
    };
    State state = detail::transform<Array>(specs, "", make_zeros);
    state.parameters = std::move(parameters);
    return state;
  }

  /// Makes a step where the state is. Returns the loss before it. A step that
  /// fails while it runs, for the loss is checked, leaves anything in the
  /// state; `function()` is the step without that.
  Array operator()(State &state, const detail::rebind_t<A, Array> &...values,
                   Location location = Location::here()) const {
    auto given = std::tie(state, values...);
    detail::check_structures(traced.handle().name(location),
                             traced.argument_specs(), given, location,
                             std::index_sequence_for<P, A...>());
    std::vector<atled_type> types;
    std::vector<const void *> inputs;
    auto take = [&](const std::string &, const Array &array) {
      types.push_back(array.interface_type());
      inputs.push_back(array.raw(location));
    };
    const Spec &loss = std::get<0>(traced.result_specs());
    Array value(loss.dtype, loss.shape);
    detail::for_each_leaf(state, "", take);
    std::vector<void *> outputs{value.raw()};
    for (const void *array : inputs)
      outputs.push_back(const_cast<void *>(array)); // The state is not const.
    (detail::for_each_leaf(values, "", take), ...);
    detail::check(atled_function_call(in_place.get(location), types.data(),
                                      inputs.data(), inputs.size(),
                                      outputs.data(), detail::raw(location)));
    return value;
  }

  /// Writes the step as Function::save_object does. In C each part of the state
  /// is an input and an output with one name, and one address.
  void save_object(const std::string &path, const std::string &cpu = "",
                   Location location = Location::here()) const {
    detail::check(atled_function_save(in_place.get(location), path.c_str(),
                                      cpu.c_str(), detail::raw(location)));
  }

  /// Writes the state as an .npz file, with the names that it has in C.
  void save(const std::string &path, const State &state,
            Location location = Location::here()) const {
    detail::check_structures(traced.handle().name(location),
                             traced.argument_specs(), std::tie(state), location,
                             std::index_sequence<0>());
    detail::write_arrays(path, state, names, location);
  }

  State load(const std::string &path,
             Location location = Location::here()) const {
    return detail::read_structure(path, std::get<0>(traced.argument_specs()),
                                  names, location);
  }

  /// The step as a function that leaves what it is given alone: from the state
  /// and the other arguments to the loss and the next state.
  const Traced &function() const { return traced; }
  std::string name(Location location = Location::here()) const {
    return traced.name(location);
  }

private:
  Traced traced;
  std::vector<std::string> names;
  detail::FunctionHandle in_place;
};

namespace detail {

template <class T, class = void>
struct is_optimiser : std::false_type {};
template <class T>
struct is_optimiser<
    T, std::void_t<decltype(std::vector<std::string>(
                       std::declval<const T &>().slots())),
                   decltype(bool(std::declval<const T &>().needs_step())),
                   decltype(Tensor(std::declval<const T &>().update(
                       Tensor(), Tensor(),
                       std::declval<std::vector<Tensor> &>(), Tensor())))>>
    : std::true_type {};

/// The names of what is in the state, those of the parameters first.
template <class Optimiser>
std::vector<std::string> get_state_names(const Optimiser &optimiser,
                                         const atled_signature &loss,
                                         size_t count) {
  std::vector<std::string> parameters(loss.input_names,
                                      loss.input_names + count);
  std::vector<std::string> names = parameters;
  for (const std::string &slot : optimiser.slots())
    for (const std::string &parameter : parameters)
      names.push_back(slot + "_" + parameter);
  if (optimiser.needs_step())
    names.push_back("step_count");
  return names;
}

/// The same structure of types or tensors with names.
template <class Leaf, class T>
T with_names(const T &structure, const std::string *&name) {
  auto take = [&](const std::string &, const Leaf &leaf) {
    return leaf.named(*name++);
  };
  return transform<Leaf>(structure, "", take);
}

/// The state after a step in which the loss has this gradient.
template <class P, class Optimiser>
TrainState<P> update(const Optimiser &optimiser, const TrainState<P> &state,
                     const P &gradient) {
  TrainState<P> next = state;
  Tensor step;
  if (optimiser.needs_step()) {
    next.step_count[0] = state.step_count[0] + 1;
    step = convert(next.step_count[0], DType::float64);
  }
  std::vector<Tensor> parameters = get_leaves<Tensor>(state.parameters);
  std::vector<Tensor> gradients = get_leaves<Tensor>(gradient);
  std::vector<std::vector<Tensor>> slots;
  for (const P &slot : state.slots)
    slots.push_back(get_leaves<Tensor>(slot));
  for (size_t i = 0; i < parameters.size(); ++i) {
    std::vector<Tensor> own;
    for (const std::vector<Tensor> &slot : slots)
      own.push_back(slot[i]);
    parameters[i] = optimiser.update(parameters[i], gradients[i], own, step);
    for (size_t k = 0; k < slots.size(); ++k)
      slots[k][i] = own[k];
  }
  const Tensor *leaf = parameters.data();
  next.parameters = take_leaves(state.parameters, leaf);
  for (size_t k = 0; k < slots.size(); ++k) {
    leaf = slots[k].data();
    next.slots[k] = take_leaves(state.parameters, leaf);
  }
  return next;
}

/// The function in which each result behind the first takes the place of the
/// argument that it comes from.
inline FunctionHandle update_in_place(const FunctionHandle &function,
                                      size_t count, Location location) {
  std::vector<int64_t> inputs, outputs;
  for (size_t i = 0; i < count; ++i) {
    inputs.push_back(static_cast<int64_t>(i));
    outputs.push_back(static_cast<int64_t>(i) + 1);
  }
  atled_function *donated = nullptr;
  check(atled_function_donate(function.get(location), inputs.data(),
                              outputs.data(), count, raw(location), &donated));
  return FunctionHandle(donated);
}

} // namespace detail

/// A step of training that makes `loss`, a function of the parameters and of
/// whatever else, smaller.
template <class P, class... A, class Optimiser>
TrainStep<P, A...> train_step(const Function<Tensor(P, A...)> &loss,
                              const Optimiser &optimiser,
                              Location location = Location::here()) {
  static_assert(detail::is_optimiser<Optimiser>::value,
                "an optimiser has the functions of sgd, and they are const: "
                "slots(), needs_step() and update(parameter, gradient, slots, "
                "step)");
  const atled_signature *signature =
      atled_function_signature(loss.handle().get(location));
  const auto &parameters = std::get<0>(loss.argument_specs());
  const char *const *parameter = signature->input_names;
  detail::for_each_leaf(
      parameters, "", [&](const std::string &, const Spec &spec) {
        const char *name = *parameter++;
        if (std::count(spec.shape.begin(), spec.shape.end(), dynamic) != 0)
          detail::fail(location,
                       "train_step keeps parameters of known shape, and '" +
                           std::string(name) + "' is a tensor of " +
                           to_string(spec.dtype, spec.shape) +
                           "; say its extents in the types that '" +
                           signature->name + "' is traced with");
      });
  std::vector<std::string> names = detail::get_state_names(
      optimiser, *signature, detail::count_leaves(parameters));
  TrainState<detail::rebind_t<P, Spec>> state;
  state.parameters = parameters;
  state.slots.assign(optimiser.slots().size(), parameters);
  if (optimiser.needs_step())
    state.step_count.push_back(spec<int64_t>());
  const std::string *name = names.data();
  state = detail::with_names<Spec>(state, name);

  auto slope = value_and_grad(loss, wrt<0>(), location);
  auto body = [&](const TrainState<P> &before, const A &...others) {
    auto [value, gradient] = slope(before.parameters, others..., location);
    TrainState<P> after = detail::update(optimiser, before, gradient);
    const std::string *next = names.data();
    return std::tuple(value.named(signature->output_names[0]),
                      detail::with_names<Tensor>(after, next));
  };
  auto traced = std::apply(
      [&](const auto &, const auto &...specs) {
        return function(Name(loss.name(location) + "_step", location), body,
                        state, specs...);
      },
      loss.argument_specs());
  auto in_place =
      detail::update_in_place(traced.handle(), names.size(), location);
  return {std::move(traced), std::move(names), std::move(in_place)};
}

} // namespace atled

#endif // ATLED_FRONTEND_TRAINING_HPP
