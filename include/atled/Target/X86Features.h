//===- X86Features.h - What processors of x86-64 differ in -----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_TARGET_X86FEATURES_H
#define ATLED_TARGET_X86FEATURES_H

#include "atled/Support/LLVM.h"

namespace atled {

/// The words in which a processor answers what it can do: registers after
/// CPUID with a leaf and a subleaf.
enum class X86Word {
  Leaf1Ecx,
  Leaf7Ebx,
  Leaf7Ecx,
  Leaf7Edx,
  Leaf7Sub1Eax,
  Leaf7Sub1Edx,
  ExtendedLeaf1Ecx,
  /// The registers that the operating system saves, as XGETBV tells.
  SavedState,
};
inline constexpr unsigned numX86Words = 8;

/// Instructions that not every processor of x86-64 has.
struct X86Feature {
  /// As LLVM calls it.
  StringLiteral name;
  X86Word word;
  unsigned bit;
  /// What the operating system must save for them.
  uint32_t savedState;
};

/// Those that LLVM may use unasked. What it also calls features, and is not
/// here, is advice on what is fast, or takes an intrinsic.
ArrayRef<X86Feature> getX86Features();

} // namespace atled

#endif // ATLED_TARGET_X86FEATURES_H
