//===- StackUse.h - How deep the emitted code's stack gets ------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_TARGET_CPU_STACKUSE_H
#define ATLED_TARGET_CPU_STACKUSE_H

#include "atled/Support/LLVM.h"
#include "llvm/ADT/StringMap.h"

namespace llvm {
class Module;
} // namespace llvm

namespace atled {

/// A bound for the stack that a call of each public function takes, in bytes,
/// with all that it calls of the same object, return addresses included. What
/// it calls elsewhere, as libm's functions, comes on top. A function is missing
/// where no number holds: it calls itself, or its frame has no fixed size.
using StackUse = llvm::StringMap<int64_t>;

/// Adds up frames along the calls of `module`. `frames` is LLVM's report of the
/// frames' sizes: `place:function`, the bytes, and `static` or `dynamic`, with
/// tabs in between, one line a function.
StackUse getStackUse(const llvm::Module &module, StringRef frames);

} // namespace atled

#endif // ATLED_TARGET_CPU_STACKUSE_H
