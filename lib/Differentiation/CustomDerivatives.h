//===- CustomDerivatives.h - Derivatives by custom rules -------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_CUSTOMDERIVATIVES_H
#define ATLED_LIB_DIFFERENTIATION_CUSTOMDERIVATIVES_H

#include "VjpBuilder.h"

namespace atled {

/// What builds reverse mode of a function by its custom rules, or null if it
/// has none.
std::unique_ptr<VjpBuilder> createCustomVjp(DerivedFunctions &functions,
                                            const Derivative &derivative,
                                            Block &primal, Block &reverse);

/// Builds forward mode of a function by its custom rules, of which it has one:
/// from the arguments and the tangents of those of interest to the results and
/// the tangents of those of interest.
FailureOr<SmallVector<Value>> buildCustomJvp(DerivedFunctions &functions,
                                             const Derivative &derivative,
                                             Block &block, ValueRange arguments,
                                             ValueRange tangents);

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_CUSTOMDERIVATIVES_H
