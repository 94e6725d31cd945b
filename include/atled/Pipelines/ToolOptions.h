//===- ToolOptions.h - Command lines of tools that compile -----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_PIPELINES_TOOLOPTIONS_H
#define ATLED_PIPELINES_TOOLOPTIONS_H

#include "atled/Pipelines/Pipeline.h"
#include "atled/Support/LLVM.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/CommandLine.h"

namespace atled {

/// Registers MLIR's flags for printing, timing, reproducers and the context,
/// and Atled's passes, which they name. A diagnostic does not show the
/// operation as IR unless it is asked to: users read their own text.
void registerMLIROptions();

/// The flags that say what compiled functions do beyond what they are for: look
/// at what only a run tells, and keep cotangents 0 that are.
struct CodeOptions {
  explicit CodeOptions(llvm::cl::OptionCategory &category);
  void apply(PipelineOptions &options) const;

  llvm::cl::opt<bool> checked, checkNaN, strongZeros;
};

/// Prints what is said of a program as a whole: "model.mlir: error: ...".
/// MLIR's own handlers, which print all else, would give it a line 0.
class ProgramDiagnosticHandler : public ScopedDiagnosticHandler {
public:
  explicit ProgramDiagnosticHandler(MLIRContext *context);
};

/// Fails, and says so as `tool`, where the command line `line` has an unknown
/// flag that begins with -h, which LLVM would take for that.
LogicalResult checkHelpFlags(StringRef tool, ArrayRef<const char *> line);

/// The same, and where an argument is empty, or a flag of `category` has an
/// equals sign and no value. For before the command line is parsed.
LogicalResult checkArguments(StringRef tool, ArrayRef<const char *> line,
                             const llvm::cl::OptionCategory &category);

/// Hides from --help the flags that LLVM's libraries bring along. For tools
/// whose flags MLIR registers itself: called before it does.
void hideLibraryOptions();

/// Leaves the flags of `category`, and MLIR's own, visible in --help; the many
/// of LLVM's libraries are hidden.
void hideUnrelatedOptions(llvm::cl::OptionCategory &category);

} // namespace atled

#endif // ATLED_PIPELINES_TOOLOPTIONS_H
