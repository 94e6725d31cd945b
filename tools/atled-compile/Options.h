//===- Options.h - The command line of atled-compile -----------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_TOOLS_ATLED_COMPILE_OPTIONS_H
#define ATLED_TOOLS_ATLED_COMPILE_OPTIONS_H

#include "atled/Pipelines/Compile.h"
#include <optional>

namespace atled {

/// What to write to the output file.
enum class Emit {
  MLIR,
  LLVM,
  Assembly,
  Object,
  StaticLibrary,
  SharedLibrary,
  Header,
  CxxHeader,
  Manifest,
  MainProgram,
  Dot
};

struct CompileCommand {
  std::string input, output;
  /// What else to write, if anything.
  std::string header, cxxHeader, mainProgram, manifest;
  /// The flags that can change the code, in a fixed order and spelling.
  std::vector<std::string> flags;
  /// The target and the processor to compile for, as the user calls them.
  std::string target, cpu;
  /// The processors to have a version of the code for, beside each other.
  std::vector<std::string> versions;
  Emit emit;
  /// The phase after which MLIR is printed.
  Phase lastPhase;
  CompileOptions compile;

  /// Parses the command line. Prints what is wrong with it, if anything.
  static FailureOr<CompileCommand> parse(int argc, char **argv);
};

} // namespace atled

#endif // ATLED_TOOLS_ATLED_COMPILE_OPTIONS_H
