//===- Pullback.h - The way back through a function ------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The vjp of a function returns the function's results as well, and takes all
// inputs. A pullback is what is left of it for whoever has the results already:
//
//   func @mul_vjp(%x, %y, %seed) -> (%product, %grad_x)
//   func @mul_vjp(%y, %seed) -> %grad_x
//
// so that a tape keeps no input that nobody reads.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_FRONTEND_PULLBACK_H
#define ATLED_LIB_FRONTEND_PULLBACK_H

#include "Session.h"
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace atled {

class TracedFunction;

struct Pullback {
  std::shared_ptr<TracedFunction> function;
  /// What it takes: the inputs with these numbers, and then the cotangents of
  /// the results with these.
  SmallVector<unsigned> inputs, results;
};

/// The pullbacks of one function, by the inputs that they are with respect to.
class Pullbacks {
public:
  using List = std::vector<
      std::pair<SmallVector<int64_t>, std::shared_ptr<const Pullback>>>;

  /// That of `primal`, which these belong to; derived when it is first asked
  /// for. Null where there is none, and the last error says why.
  std::shared_ptr<const Pullback> get(const TracedFunction &primal,
                                      ArrayRef<int64_t> wrt,
                                      atled_location place);

  /// Gives up all of them.
  List take() { return std::exchange(derived, {}); }

private:
  std::shared_ptr<const Pullback> find(ArrayRef<int64_t> wrt);

  std::mutex lock;
  List derived;
};

} // namespace atled

#endif // ATLED_LIB_FRONTEND_PULLBACK_H
