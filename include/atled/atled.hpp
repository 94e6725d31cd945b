//===- atled.hpp - Tensor programs in C++ ----------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A function on tensors is an ordinary function of C++. It runs once, on
// handles that record what is computed; the program that this makes is
// differentiated and compiled, in memory or to an object file.
//
//   auto loss = atled::function("loss", [](Tensor w, Tensor x) {
//     return mean(tanh(matmul(x, w)));
//   }, spec<float>(64, 10), spec<float>(32, 64));
//   auto step = atled::value_and_grad(loss, wrt(0));
//   auto [value, dw] = step(w, x);
//
// Or operations run one by one, and the way back is recorded meanwhile:
//
//   Tensor x = arange(4.0).requires_grad();
//   sum(x * x).backward();
//   std::cout << *x.grad();
//
// Needs C++17 and libatled. docs/HowTo/TraceInCpp.md and RecordInCpp.md are the
// guides.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_ATLED_HPP
#define ATLED_ATLED_HPP

#include "atled/Frontend/Arithmetic.hpp"
#include "atled/Frontend/Array.hpp"
#include "atled/Frontend/ControlFlow.hpp"
#include "atled/Frontend/DLPack.hpp"
#include "atled/Frontend/Derivatives.hpp"
#include "atled/Frontend/Einsum.hpp"
#include "atled/Frontend/Files.hpp"
#include "atled/Frontend/Function.hpp"
#include "atled/Frontend/Indexing.hpp"
#include "atled/Frontend/Losses.hpp"
#include "atled/Frontend/Matmul.hpp"
#include "atled/Frontend/Operations.hpp"
#include "atled/Frontend/Optimisers.hpp"
#include "atled/Frontend/Random.hpp"
#include "atled/Frontend/Rearrange.hpp"
#include "atled/Frontend/Recording.hpp"
#include "atled/Frontend/Structure.hpp"
#include "atled/Frontend/Tensor.hpp"
#include "atled/Frontend/Training.hpp"

#endif // ATLED_ATLED_HPP
