//===- Pipeline.h - The order of the phases --------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_PIPELINES_PIPELINE_H
#define ATLED_PIPELINES_PIPELINE_H

#include "atled/Differentiation/KeptValue.h"
#include "atled/Support/LLVM.h"
#include "atled/Target/Target.h"
#include "mlir/Pass/PassManager.h"

namespace atled {

/// The phases, in order; each leaves IR that one can print.
enum class Phase { Program, Derivatives, Linalg, Loops, LLVM };

/// The name of a phase on the command line, and what its IR is.
struct PhaseInfo {
  Phase phase;
  StringRef name, description;
};
ArrayRef<PhaseInfo> getPhases();

struct PipelineOptions {
  Target target;
  /// The processors to have a version of the code for, if there is a choice;
  /// `target` then is what all of them are.
  SmallVector<Target> versions;
  /// What the symbols in the object begin with.
  std::string symbolPrefix;
  /// Whether they are hidden from other shared objects.
  bool hidden = false;
  /// Outputs that take the place of an input, "w:w_new", wherever an entry has
  /// both; outputs that are added to what is there, "loss_grad:grad_w".
  SmallVector<std::string> donated, accumulated;
  /// Whether calls look at what only a run tells, beyond what they always do:
  /// indices; and whether they look for NaN. A call that fails tells where.
  bool checked = false, checkNaN = false;
  /// Whether a cotangent that is 0 stays so through elementwise operations,
  /// whatever their derivatives are.
  bool strongZeros = false;
  /// Whether to print to stderr what is kept for the way back.
  bool printResiduals = false;
  /// Where to put what is kept for the way back, if anybody wants to know.
  std::vector<KeptValue> *kept = nullptr;
};

/// Adds the passes that take a program from the beginning of the phase `first`
/// to the end of the phase `last`, for `options.target`.
void buildPipeline(OpPassManager &pm, const PipelineOptions &options,
                   Phase last = Phase::LLVM, Phase first = Phase::Program);

/// Registers the named pipeline `atled-pipeline`, which is all of it.
void registerPipeline();

} // namespace atled

#endif // ATLED_PIPELINES_PIPELINE_H
