//===- chapter.cpp - The first chapter, step by step ----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Operations run as C++ reaches them, and are recorded; backward() goes the
// way back.
//
//===----------------------------------------------------------------------===//

#include <atled/atled.hpp>
#include <iostream>

using namespace atled;

/// y = 2 x·x has the gradient 4x.
static void show_gradient() {
  std::cout << "gradient\n";
  Tensor x = arange(4.0f).requires_grad();
  std::cout << "x is " << x << ", its gradient is "
            << (x.grad() ? "there" : "not there yet") << "\n";
  Tensor y = 2 * dot(x, x);
  std::cout << "y is " << y << "\n";
  y.backward();
  std::cout << "the gradient is " << *x.grad() << "\n";
  std::cout << "is it 4x? " << (*x.grad() == 4 * x) << "\n";

  // Gradients add up, until they are cleared.
  sum(x).backward();
  std::cout << "with that of the sum: " << *x.grad() << "\n";
  x.zero_grad();
  sum(x).backward();
  std::cout << "that of the sum alone: " << *x.grad() << "\n";
}

/// What is no scalar needs a seed.
static void show_seed() {
  std::cout << "\nseed\n";
  Tensor x = arange(4.0f).requires_grad();
  Tensor y = x * x;
  try {
    y.backward();
  } catch (const Error &) {
    std::cout << "y is no scalar\n";
  }
  y.backward(ones_like(y));
  std::cout << *x.grad() << "\n";
}

/// What is detached is a constant: z = u x has the gradient u, not 3x².
static void show_detach() {
  std::cout << "\ndetach\n";
  Tensor x = arange(4.0f).requires_grad();
  Tensor y = x * x;
  Tensor u = y.detach();
  Tensor z = u * x;
  z.sum().backward();
  std::cout << "is it u? " << (*x.grad() == u) << "\n";
  x.zero_grad();
  y.sum().backward();
  std::cout << "and of y, 2x? " << (*x.grad() == 2 * x) << "\n";
}

/// Linear in `a`, piece by piece, whatever the loop and the branch do.
static Tensor doubled_until_large(const Tensor &a) {
  Tensor b = a * 2;
  while (norm(b) < 1000)
    b = b * 2;
  if (sum(b) > 0)
    return b;
  return 100 * b;
}

/// So the gradient is f(a) / a.
static void show_control_flow() {
  std::cout << "\ncontrol flow\n";
  for (const Shape &shape : {Shape{}, Shape{3}, Shape{2, 3}}) {
    Tensor a = randn(shape, /*seed=*/1).requires_grad();
    Tensor d = doubled_until_large(a);
    sum(d).backward();
    std::cout << a.to_string() << ": f(a) / a? " << (*a.grad() == d / a)
              << "\n";
  }
}

/// A function in pieces: each input takes one branch.
static Tensor hinge(const Tensor &x) {
  if (x > 1)
    return x * x;
  if (x < -1)
    return -3 * x;
  return sin(x);
}

static void show_branch() {
  std::cout << "\nbranch\n";
  for (double value : {2.0, -2.0, 0.0}) {
    Tensor x = tensor(value).requires_grad();
    hinge(x).backward();
    std::cout << "at " << x << " the slope is " << *x.grad() << "\n";
  }
}

/// The way back is recorded as well, and differentiated again.
static void show_second_derivative() {
  std::cout << "\nsecond derivative\n";
  Tensor x = tensor(0.5).requires_grad();
  Tensor y = x * x * x;
  y.backward(create_graph);
  Tensor slope = *x.grad();
  x.zero_grad();
  slope.backward();
  std::cout << "3x² is " << slope << ", 6x is " << *x.grad() << "\n";
}

int main() {
  show_gradient();
  show_seed();
  show_detach();
  show_control_flow();
  show_branch();
  show_second_derivative();
}
