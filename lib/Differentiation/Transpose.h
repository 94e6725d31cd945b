//===- Transpose.h - Linear maps the other way -----------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_TRANSPOSE_H
#define ATLED_LIB_DIFFERENTIATION_TRANSPOSE_H

#include "VjpBuilder.h"

namespace atled {

/// Builds, at the end of `block`, the transpose of a function that is linear
/// in the arguments of `map`: from cotangents of the results of `map` to
/// those of these arguments. In `arguments`, all of the function's, zeros stand
/// for them: reverse mode transposes a linear map whatever it is applied to,
/// and what depends on the zeros alone is dead. `entry` tells diagnostics why
/// this is done.
FailureOr<SmallVector<Value>> buildTranspose(DerivedFunctions &functions,
                                             const RequestStack::Entry &entry,
                                             const Derivative &map,
                                             Block &block, ValueRange arguments,
                                             ValueRange cotangents);

/// Whether one of `values` is computed from one of `sources`. Extents are not,
/// and called functions are not looked into.
bool dependsOn(ValueRange values, ValueRange sources);

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_TRANSPOSE_H
