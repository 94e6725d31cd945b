//===- ExternalFunction.h - A function that C provides ---------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Everything that one needs to know to write, or to find, a function that
// compiled code calls and does not define.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_EMISSION_EXTERNALFUNCTION_H
#define ATLED_EMISSION_EXTERNALFUNCTION_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/BuiltinOps.h"
#include <string>

namespace atled {

/// Marks a function without a body; what it takes and returns, as text, in the
/// program's types.
inline constexpr StringLiteral signatureAttrName = "atled.signature";

struct ExternalFunction {
  /// Its name in the program, which is its symbol.
  std::string name;
  /// `(in0: tensor<4xf32>) -> (out0: tensor<f32>)`.
  std::string signature;
  int64_t workspaceBytes = 0;
  Location location;
};

/// The functions that a compiled module calls and does not define, in its
/// order.
SmallVector<ExternalFunction> getExternalFunctions(ModuleOp module);

} // namespace atled

#endif // ATLED_EMISSION_EXTERNALFUNCTION_H
