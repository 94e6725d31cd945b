//===- Program.h - A program compiled into memory ---------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_EXECUTION_PROGRAM_H
#define ATLED_EXECUTION_PROGRAM_H

#include "atled/Execution/LoadedObject.h"
#include "atled/Execution/VerifyGradient.h"
#include "atled/Pipelines/Compile.h"
#include "llvm/ADT/StringMap.h"

namespace atled {

/// The functions of a program, compiled to an object and loaded.
class Program {
public:
  /// Compiles the functions `entries` of `module`. Emits an error where that is
  /// not possible.
  static FailureOr<Program> compile(ModuleOp module,
                                    ArrayRef<std::string> entries,
                                    CompileOptions options);

  /// The function of this name, which is one of the entries.
  const CompiledFunction &operator[](StringRef name) const {
    return functions.find(name)->second;
  }

private:
  explicit Program(LoadedObject object) : object(std::move(object)) {}

  LoadedObject object;
  llvm::StringMap<CompiledFunction> functions;
};

/// The bounds for the numbers that a function takes with respect to `wrt`, and
/// returns.
GradientBounds getDefaultBounds(const EntryPoint &value, ArrayRef<int64_t> wrt);

} // namespace atled

#endif // ATLED_EXECUTION_PROGRAM_H
