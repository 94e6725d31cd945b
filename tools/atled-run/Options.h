//===- Options.h - The command line of atled-run ----------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_TOOLS_ATLED_RUN_OPTIONS_H
#define ATLED_TOOLS_ATLED_RUN_OPTIONS_H

#include "atled/Execution/RunEntry.h"

namespace atled {

/// What to do with the program.
enum class Mode { Run, Check, VerifyGradient };

struct RunCommand {
  std::string program;
  /// The processor to compile for, as the user calls it.
  std::string cpu;
  Mode mode;
  RunOptions run;

  /// Parses the command line. Prints what is wrong with it, if anything.
  static FailureOr<RunCommand> parse(int argc, char **argv);
};

} // namespace atled

#endif // ATLED_TOOLS_ATLED_RUN_OPTIONS_H
