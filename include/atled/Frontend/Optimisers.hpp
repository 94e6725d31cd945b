//===- Optimisers.hpp - How parameters descend -----------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An optimiser says what becomes of one parameter in a step, in a function that
// is traced, and what it remembers of each from step to step. One of a user's
// own is a class with the same three functions.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_FRONTEND_OPTIMISERS_HPP
#define ATLED_FRONTEND_OPTIMISERS_HPP

#include "atled/Frontend/Arithmetic.hpp"
#include <functional>

namespace atled {

/// How far a step goes: a number, or a function of the number of the step,
/// which is one f64, 1 at first.
class LearningRate {
public:
  LearningRate(double rate) : number(rate) {}
  template <class Schedule, class = std::enable_if_t<std::is_invocable_r_v<
                                Tensor, Schedule, const Tensor &>>>
  LearningRate(Schedule rate) : schedule(std::move(rate)) {
    static_assert(std::is_copy_constructible_v<Schedule>,
                  "a rate is copied with its optimiser, and so is the function "
                  "that makes it");
  }

  bool needs_step() const { return static_cast<bool>(schedule); }

  /// As a tensor of the type of `like`.
  Tensor get(const Tensor &step, const Tensor &like) const {
    return convert(schedule ? schedule(step) : constant(Array(number)),
                   like.dtype());
  }

private:
  double number = 0;
  std::function<Tensor(const Tensor &)> schedule;
};

/// Down along the gradient: p - rate g.
class sgd {
public:
  explicit sgd(LearningRate learning_rate) : rate(std::move(learning_rate)) {}

  /// What it remembers of a parameter: tensors of its type, 0 at first.
  std::vector<std::string> slots() const { return {}; }
  /// Whether it counts the steps.
  bool needs_step() const { return rate.needs_step(); }
  /// What becomes of a parameter, and of its slots.
  Tensor update(const Tensor &parameter, const Tensor &gradient,
                std::vector<Tensor> &, const Tensor &step) const {
    return parameter - rate.get(step, parameter) * gradient;
  }

private:
  LearningRate rate;
};

/// With a velocity v = decay v + g: p - rate v.
class momentum {
public:
  explicit momentum(LearningRate learning_rate, double velocity_decay = 0.9)
      : rate(std::move(learning_rate)), decay(velocity_decay) {}

  /// Looks ahead: p - rate (g + decay v).
  momentum nesterov() const {
    momentum result = *this;
    result.is_nesterov = true;
    return result;
  }

  std::vector<std::string> slots() const { return {"velocity"}; }
  bool needs_step() const { return rate.needs_step(); }
  Tensor update(const Tensor &parameter, const Tensor &gradient,
                std::vector<Tensor> &slots, const Tensor &step) const {
    Tensor &velocity = slots[0];
    velocity = decay * velocity + gradient;
    Tensor direction = is_nesterov ? gradient + decay * velocity : velocity;
    return parameter - rate.get(step, parameter) * direction;
  }

private:
  LearningRate rate;
  double decay;
  bool is_nesterov = false;
};

/// AdamW (Loshchilov and Hutter, 2019): means of g and g², each divided by what
/// it is short of at first, and a decay of the parameters on its own.
class adamw {
public:
  explicit adamw(LearningRate learning_rate) : rate(std::move(learning_rate)) {}

  adamw betas(double first, double second) const {
    adamw result = *this;
    result.beta1 = first;
    result.beta2 = second;
    return result;
  }
  adamw epsilon(double least) const {
    adamw result = *this;
    result.eps = least;
    return result;
  }
  adamw weight_decay(double share) const {
    adamw result = *this;
    result.decay = share;
    return result;
  }

  std::vector<std::string> slots() const { return {"mean", "square"}; }
  bool needs_step() const { return true; }
  Tensor update(const Tensor &parameter, const Tensor &gradient,
                std::vector<Tensor> &slots, const Tensor &step) const {
    Tensor &mean = slots[0], &square = slots[1];
    mean = beta1 * mean + (1 - beta1) * gradient;
    square = beta2 * square + (1 - beta2) * gradient * gradient;
    // In f64: 1 - beta^n loses digits in less.
    auto correct = [&](double beta) { return 1 - pow(beta, step); };
    Tensor length = rate.get(step, parameter);
    Tensor first = convert(correct(beta1), parameter.dtype());
    Tensor second = convert(sqrt(correct(beta2)), parameter.dtype());
    return parameter - length * decay * parameter -
           length / first * mean / (sqrt(square) / second + eps);
  }

private:
  LearningRate rate;
  double beta1 = 0.9, beta2 = 0.999, eps = 1e-8, decay = 0.01;
};

} // namespace atled

#endif // ATLED_FRONTEND_OPTIMISERS_HPP
