//===- Compile.h - From a program to an object in memory -------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_PIPELINES_COMPILE_H
#define ATLED_PIPELINES_COMPILE_H

#include "atled/Emission/EntryPoint.h"
#include "atled/Emission/ExternalFunction.h"
#include "atled/Pipelines/Pipeline.h"
#include "atled/Pipelines/Request.h"
#include "atled/Target/CPU/CodeGen.h"
#include <functional>

namespace atled {

struct CompileOptions {
  /// The derivatives to add, and with respect to what.
  SmallVector<DerivativeRequest> requests;
  SmallVector<std::string> wrt;
  /// Arguments whose gradients are added to what the caller has, as `wrt`, or
  /// "all".
  SmallVector<std::string> accumulate;
  /// The functions to make public, besides the derivatives.
  SmallVector<std::string> entries;
  PipelineOptions pipeline;
  /// The most bytes of workspace that a call may need that wants all results.
  /// Loops get checkpoints until that is so.
  std::optional<int64_t> memoryBudget;
  /// How much LLVM optimises, 0 to 3.
  unsigned optLevel = 2;
  /// Whether the program is to come with the stack that it takes.
  bool measureStack = false;
  /// Where what is loaded and run finds functions that the program only
  /// declares.
  std::vector<std::string> libraries;
  /// Lets the caller set up the pass manager: timing, printing, reproducers.
  std::function<LogicalResult(PassManager &)> configure;
};

/// Adds the derivatives and decides which functions are public: those in
/// `entries` and the derivatives, or, where none of either is asked for, those
/// that the program says.
LogicalResult prepareProgram(ModuleOp module, const CompileOptions &options);

/// Runs the phases up to and including `last` on a prepared program.
LogicalResult runPipeline(ModuleOp module, const CompileOptions &options,
                          Phase last);

/// What a compiled program is to whoever calls it.
struct CompiledProgram {
  /// An object file, assembly or LLVM IR.
  SmallVector<char, 0> code;
  SmallVector<EntryPoint> entries;
  /// The stack that the entries take, by their symbols, if that was asked for.
  StackUse stackUse;
  /// What the code calls and does not define.
  SmallVector<ExternalFunction> externals;
};

/// Prepares the program, runs all phases and emits code. `module` is in the
/// LLVM dialect afterwards.
FailureOr<CompiledProgram> compile(ModuleOp module,
                                   const CompileOptions &options,
                                   CodeFormat format = CodeFormat::Object);

} // namespace atled

#endif // ATLED_PIPELINES_COMPILE_H
