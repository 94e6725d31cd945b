//===- SameSize.h - How large values inside of a region are ----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A stack for values of open size stands before the loop that computes them,
// and so does room for what only one of several branches computes. How large
// they are follows from what is there already: from sizes alone, never from
// what the values are. What a loop carries is as large as what it begins with,
// and what a branch returns is as large in each of its regions; who lets
// callers say sizes checks both.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_SAMESIZE_H
#define ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_SAMESIZE_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/Builders.h"

namespace atled {

/// Whether the type alone says how large values are.
bool hasKnownSize(Type type);

/// Whether the size of `value` is known, or follows from those of the arguments
/// of its function.
bool followsFromSizes(Value value);

/// Builds, before `around`, a value as large as `value`, which is computed
/// inside of it and whose size follows from those. Of the result and all that
/// it is made of only sizes mean anything. Null where the type says the size.
Value buildSameSize(OpBuilder &builder, Value value, Operation *around);

/// Asks before `primal` for the sizes of what it computes, where they follow
/// from sizes, instead of in it and in `reverse`: they are the same each time.
void hoistSizes(Operation *primal, Operation *reverse);

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_CONTROLFLOW_SAMESIZE_H
