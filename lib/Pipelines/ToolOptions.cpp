//===- ToolOptions.cpp - Command lines of tools that compile --------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Pipelines/ToolOptions.h"
#include "atled/Pipelines/Register.h"
#include "atled/Support/Place.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Location.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/Timing.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

using namespace atled;
namespace cl = llvm::cl;

void atled::registerMLIROptions() {
  // Before the flags that take a pass's name.
  registerTransformsPasses();
  registerPasses();
  registerAsmPrinterCLOptions();
  registerMLIRContextCLOptions();
  registerPassManagerCLOptions();
  registerDefaultTimingManagerCLOptions();
  cl::Option *printOp =
      cl::getRegisteredOptions().lookup("mlir-print-op-on-diagnostic");
  static_cast<cl::opt<bool> *>(printOp)->setInitialValue(false);
}

CodeOptions::CodeOptions(cl::OptionCategory &category)
    : checked("checked", cl::cat(category),
              cl::desc("Let calls look at indices, too, and tell where in the "
                       "program they fail")),
      checkNaN("check-nan", cl::cat(category),
               cl::desc("Let calls look for NaN, and tell the operation that "
                        "has the first one, with its place in the program; "
                        "they take longer")),
      strongZeros("strong-zeros", cl::cat(category),
                  cl::desc("Let a cotangent that is 0 stay 0 through "
                           "elementwise operations, also where it meets an "
                           "infinite derivative and would be NaN")) {}

void CodeOptions::apply(PipelineOptions &options) const {
  options.checked = checked;
  options.checkNaN = checkNaN;
  options.strongZeros = strongZeros;
}

/// Prints without a line of the program.
static void print(Diagnostic &diagnostic, llvm::SourceMgr::DiagKind kind) {
  llvm::SMDiagnostic(formatPlace(diagnostic.getLocation()), kind,
                     diagnostic.str())
      .print(/*ProgName=*/nullptr, llvm::errs());
}

ProgramDiagnosticHandler::ProgramDiagnosticHandler(MLIRContext *context)
    : ScopedDiagnosticHandler(context, [](Diagnostic &diagnostic) {
        auto file = diagnostic.getLocation()->findInstanceOf<FileLineColLoc>();
        if (!file || file.getLine() != 0 ||
            diagnostic.getSeverity() != DiagnosticSeverity::Error)
          return failure();
        print(diagnostic, llvm::SourceMgr::DK_Error);
        for (Diagnostic &note : diagnostic.getNotes())
          print(note, llvm::SourceMgr::DK_Note);
        return success();
      }) {}

/// Whether one of the values that commas separate is missing.
static bool lacksValue(StringRef values, const cl::Option &option) {
  if (values.empty())
    return true;
  return (option.getMiscFlags() & cl::CommaSeparated) &&
         llvm::is_contained(llvm::split(values, ','), "");
}

static LogicalResult reportError(StringRef tool, const Twine &message) {
  llvm::WithColor::error(llvm::errs(), tool) << message << "\n";
  return failure();
}

/// The name of a flag, without what it is set to; empty where `argument` is
/// none.
static StringRef getFlagName(StringRef argument) {
  StringRef name = argument.ltrim('-');
  return name.size() < argument.size() ? name.split('=').first : "";
}

LogicalResult atled::checkHelpFlags(StringRef tool,
                                    ArrayRef<const char *> line) {
  for (StringRef argument : line) {
    StringRef name = getFlagName(argument);
    if (name.starts_with("h") && name != "h" && !name.starts_with("help") &&
        !cl::getRegisteredOptions().contains(name))
      return reportError(tool, "unknown option '" + argument +
                                   "'; --help lists the options");
  }
  return success();
}

LogicalResult atled::checkArguments(StringRef tool, ArrayRef<const char *> line,
                                    const cl::OptionCategory &category) {
  if (failed(checkHelpFlags(tool, line)))
    return failure();
  for (StringRef argument : line) {
    if (argument.empty())
      return reportError(tool, "an argument is empty");
    const cl::Option *option =
        cl::getRegisteredOptions().lookup(getFlagName(argument));
    auto [flag, value] = argument.split('=');
    if (option && flag.size() != argument.size() &&
        option->Categories.front() == &category && lacksValue(value, *option))
      return reportError(tool, "'" + argument + "' lacks a value");
  }
  return success();
}

void atled::hideLibraryOptions() {
  for (auto &[name, option] : cl::getRegisteredOptions())
    if (option->Categories.front()->getName() != "Generic Options")
      option->setHiddenFlag(cl::Hidden);
}

void atled::hideUnrelatedOptions(cl::OptionCategory &category) {
  cl::HideUnrelatedOptions(category);
  for (auto &[name, option] : cl::getRegisteredOptions())
    if (name.starts_with("mlir-"))
      option->setHiddenFlag(cl::NotHidden);
}
