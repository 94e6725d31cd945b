//===- RunEntry.h - Running one function of a program -----------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_EXECUTION_RUNENTRY_H
#define ATLED_EXECUTION_RUNENTRY_H

#include "atled/Pipelines/Compile.h"
#include <optional>

namespace atled {

struct RunOptions {
  /// The function to run; empty for the program's only public one.
  std::string entry;
  /// Or the derivative of a function, with respect to `wrt`.
  std::optional<DerivativeRequest> derivative;
  SmallVector<std::string> wrt;
  /// One for each argument: a literal, or the name of an .npy file, which may
  /// stand behind the argument's name.
  SmallVector<std::string> inputs;
  /// .npy files for results, by name or in order; the others are printed.
  SmallVector<std::string> outputs;
  /// How many calls to time; 0 for none.
  unsigned numTimedCalls = 0;
  /// How many threads a call runs on; 0 for as many as there are processors.
  unsigned numThreads = 1;
  CompileOptions compile;
};

/// Runs a function, then prints or writes its results.
LogicalResult runEntry(ModuleOp module, const RunOptions &options,
                       raw_ostream &os);

/// Checks the derivative of a function at the inputs, and prints a line for
/// each argument. Fails where it is not right.
LogicalResult verifyEntryGradient(ModuleOp module, const RunOptions &options,
                                  raw_ostream &os);

} // namespace atled

#endif // ATLED_EXECUTION_RUNENTRY_H
