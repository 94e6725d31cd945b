//===- Target.h - What is known of the machine compiled for ----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_TARGET_TARGET_H
#define ATLED_TARGET_TARGET_H

#include "atled/Support/LLVM.h"
#include <string>
#include <vector>

namespace atled {

/// The processor that a program is compiled for, and the facts about it that
/// decide what code is good. Passes take the facts they need as options, so
/// that they know no target by name.
struct Target {
  /// As LLVM knows it: `x86_64-pc-linux-gnu`, `x86-64-v3`, `+avx2,+fma`.
  std::string triple;
  std::string cpu;
  std::string features;
  /// How numbers are passed between functions, where the triple leaves a
  /// choice; as LLVM calls it.
  std::string abi;

  /// A fused multiply-add is one instruction: `math.fma` is fast and exact.
  bool hasFMA = false;
  /// Width of the widest vector register.
  unsigned vectorBits = 128;
  /// Width of a pointer, and of C's size_t.
  unsigned pointerBits = 64;
  /// No operating system: what links the code puts it to its address.
  bool isBareMetal = false;
  /// What the code may use and not every processor of the architecture has, by
  /// LLVM's names: as far as a program can ask its processor for it.
  std::vector<std::string> required;

  /// How many elements of `elementType` one vector register holds.
  unsigned getLanes(Type elementType) const;
};

/// The target `name`, one of the triples that code is written for, or empty for
/// the machine this runs on; with the processor `cpu`: a name that LLVM knows,
/// "native" for the very machine this runs on, or empty for the baseline that
/// every processor of the architecture has. Emits an error, with the nearest
/// name, where there is no such target or processor.
FailureOr<Target> getTarget(StringRef name, StringRef cpu,
                            function_ref<InFlightDiagnostic()> emitError);

/// Whether a program can ask its processor what it can do.
bool canAskProcessor(const Target &target);

/// Makes LLVM's code generators known; may be called again.
void initializeTargets();

} // namespace atled

#endif // ATLED_TARGET_TARGET_H
