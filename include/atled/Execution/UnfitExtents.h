//===- UnfitExtents.h - Why a call does not fit ----------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_EXECUTION_UNFITEXTENTS_H
#define ATLED_EXECUTION_UNFITEXTENTS_H

#include "atled/Execution/HostTensor.h"
#include "atled/Pipelines/Compile.h"

namespace atled {

/// An extent that a call says.
struct CallExtent {
  /// "dimension 0 of 'x'".
  std::string name;
  int64_t value;
};

/// Adds to `error` which of the extents do not fit together, and where in the
/// program they have to. They are those of all dynamic dimensions of the inputs
/// of `entry`, in order. `module` is the program before it is compiled, and
/// changes. Returns whether that could be found out.
bool explainUnfit(ModuleOp module, StringRef entry,
                  const CompileOptions &options, ArrayRef<CallExtent> extents,
                  InFlightDiagnostic &error);

/// Emits an error that says of a call of `entry` that its inputs do not fit
/// together, and why.
LogicalResult reportUnfit(ModuleOp module, const EntryPoint &entry,
                          CompileOptions options, ArrayRef<HostTensor> inputs,
                          Location location);

} // namespace atled

#endif // ATLED_EXECUTION_UNFITEXTENTS_H
