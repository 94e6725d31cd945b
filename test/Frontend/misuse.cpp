//===- misuse.cpp - What a compiler says of functions that do not fit -----===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// A sentence, at the call, in front of whatever else it says.
//
// RUN: not %cxx -std=c++17 %include_cpp -fsyntax-only -ferror-limit=0 %s > %t.txt 2>&1
// RUN: FileCheck %s --input-file=%t.txt
// RUN: %if gcc %{ not g++ -std=c++17 %include_cpp -fsyntax-only %s > %t.gcc.txt 2>&1 %}
// RUN: %if gcc %{ FileCheck %s --input-file=%t.gcc.txt %}

#include <atled/atled.hpp>
#include <memory>

using namespace atled;

// CHECK-DAG: a function has an argument: its type, spec<float>(4, 3) for instance, stands behind the body
void f0() { function("f", [] { return tensor(1); }); }
// CHECK-DAG: behind the body of a function stand the types of its arguments: spec<float>(4, 3) for instance, or a structure of such
void f1() { function("f", [](Tensor x) { return x; }, Array(1.0)); }
// CHECK-DAG: the body of a function takes a Tensor, or a structure of such, for each of the types behind it, and takes it by value or as a const reference
void f2() { function("f", [](Tensor, Tensor) { return tensor(1); }, spec<float>()); }
void f3() { function("f", [](double x) { return tensor(x); }, spec<float>()); }
// CHECK-DAG: the body of a function returns a Tensor, or a structure of such: a number is constant(Array(1.0f))
void f4() { function("f", [](Tensor) {}, spec<float>()); }

// CHECK-DAG: what a function that calls itself returns and takes is said by types: spec<float>(4, 3) for instance, or a structure of such
void r0() { recursive("f", returns(1.0, 9), [](auto self, Tensor x) { return self(x); }, spec<float>()); }
// CHECK-DAG: the body of a function that calls itself takes itself (`auto self`) and a Tensor, or a structure of such, for each of the types behind it, and returns what it says that it returns
void r1() { recursive("f", returns(spec<float>(), 9), [](Tensor x) { return x; }, spec<float>()); }

// CHECK-DAG: the branches of cond take no argument: what is around them they may use, [&] { return x; }
void c0() { cond(tensor(true), [](Tensor x) { return x; }, [] { return tensor(1); }); }
// CHECK-DAG: the branches of cond return different types
void c1() { cond(tensor(true), [] { return tensor(1); }, [] { return std::pair(tensor(2), tensor(2)); }); }
// CHECK-DAG: a branch of cond returns a Tensor, or a structure of such
void c2() { cond(tensor(true), [] { return 1; }, [] { return 2; }); }

// CHECK-DAG: the branches of switch_case take no argument: what is around them they may use, [&] { return x; }
void s0() { switch_case(0, std::vector<std::function<Tensor(Tensor)>>()); }
// CHECK-DAG: a branch of switch_case returns a Tensor, or a structure of such
void s1() { switch_case(0, std::vector<std::function<int()>>()); }

// CHECK-DAG: for_loop carries a Tensor, or a structure of such: a number is constant(Array(0.0f))
void l0() { for_loop(0, 3, 1.0, [](Tensor, double y) { return y; }); }
// CHECK-DAG: the body of for_loop takes the index, which is a Tensor, and the state, and returns the next state
void l1() { for_loop(0, 3, tensor(1), [](Tensor y) { return y; }); }
// CHECK-DAG: while_loop carries a Tensor, or a structure of such: a number is constant(Array(0.0f))
void w0() { while_loop(1.0, [](double y) { return tensor(y) > 0; }, [](double y) { return y; }); }
// CHECK-DAG: the condition of while_loop takes the state, and returns a Tensor
void w1() { while_loop(tensor(1), [] { return tensor(true); }, [](Tensor y) { return y; }); }
// CHECK-DAG: the body of while_loop takes the state, and returns the next
void w2() { while_loop(tensor(1), [](Tensor y) { return y > 0; }, [](Tensor) {}); }

// CHECK-DAG: scan carries a Tensor, or a structure of such, and runs over one: a number is constant(Array(0.0f))
void n0() { scan([](double s, Tensor x) { return std::pair(s, x); }, 1.0, tensor({1, 2})); }
// CHECK-DAG: the body of scan takes the state and a part of what scan runs over
void n1() { scan([](Tensor x) { return std::pair(x, x); }, tensor(1), tensor({1, 2})); }
// CHECK-DAG: the body of scan returns a std::pair of the next state and an output
void n2() { scan([](Tensor s, Tensor) { return s; }, tensor(1), tensor({1, 2})); }

// CHECK-DAG: the body of checkpoint takes what stands behind it, by value or as a const reference
void k0() { checkpoint([](Tensor x, Tensor) { return x; }, tensor(1)); }
// CHECK-DAG: the body of checkpoint returns a Tensor, or a structure of such
void k1() { checkpoint([](Tensor) { return 1; }, tensor(1)); }

static const auto square = function("square", [](Tensor x) { return x * x; }, spec<float>());
static const auto both = function("both", [](Tensor x, Tensor y) { return x + y; }, spec<float>(), spec<float>());
// CHECK-DAG: a function is called with arrays, or with tensors, and not with both: tensor(array) has the elements of an array
void e0() { both(tensor(1.0f), Array(2.0f)); }

// CHECK-DAG: with respect to which arguments a derivative is, is said by wrt(0, 2), or by wrt<0, 2>() where they are of different types
void d0() { grad(square, 0); }
// CHECK-DAG: wrt asks for an argument that the function does not have
void d1() { grad(square, wrt<1>()); }
// CHECK-DAG: the forward function of custom_vjp takes what the function takes
void v0() { custom_vjp(square, [] { return std::pair(tensor(1), tensor(1)); }, [](Tensor, Tensor d) { return d; }); }
// CHECK-DAG: the forward function of custom_vjp returns a std::pair of the function's result and residuals: a Tensor, or a structure of such
void v1() { custom_vjp(square, [](Tensor x) { return x; }, [](Tensor, Tensor d) { return d; }); }
// CHECK-DAG: the reverse function of custom_vjp takes the residuals and the cotangent of the result
void v2() { custom_vjp(square, [](Tensor x) { return std::pair(x, x); }, [](Tensor d) { return d; }); }
// CHECK-DAG: the rule of custom_jvp takes what the function takes, and then a tangent for each argument
void j0() { custom_jvp(square, [](Tensor x) { return std::pair(x, x); }); }
// CHECK-DAG: the rule of custom_jvp returns a std::pair of the function's result and the tangent of that
void j1() { custom_jvp(square, [](Tensor x, Tensor) { return x; }); }

// CHECK-DAG: a rate is copied with its optimiser, and so is the function that makes it
void o0() { sgd([p = std::make_unique<double>(0.1)](Tensor step) { return step * *p; }); }
struct Nothing {};
// CHECK-DAG: an optimiser has the functions of sgd, and they are const: slots(), needs_step() and update(parameter, gradient, slots, step)
void o1() { train_step(square, Nothing()); }

template <class T>
struct Layer {
  T weights, bias;
  ATLED_FIELDS(weights)
};
// CHECK-DAG: ATLED_FIELDS has to name every field of the structure, and this one has more than it names
void a0() { function("f", [](const Layer<Tensor> &x) { return x.weights; }, Layer<Spec>()); }
