//===- ParallelFor.h - The caller's threads, inside -------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_EMISSION_PARALLELFOR_H
#define ATLED_LIB_EMISSION_PARALLELFOR_H

#include "atled/Support/LLVM.h"

namespace atled {

/// Marks a function on buffers that takes one argument more, in front of those
/// that belong to the arena, the status and the workspace: a pointer to an
/// `atled_exec`, never NULL, whose `parallel_for` is not NULL either.
inline constexpr StringLiteral execAttrName = "atled.exec";

/// The `parallel_for` of who has no threads. It stands in a module where a
/// function has that mark.
inline constexpr StringLiteral serialForName = "atled.serial_for";

} // namespace atled

#endif // ATLED_LIB_EMISSION_PARALLELFOR_H
