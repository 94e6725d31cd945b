//===- Request.h - Derivatives asked for from outside ----------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A command line, or another program, asks for derivatives of functions by
// name. Each request becomes a public function around an operation of the
// dialect ad, or a declaration of two.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_PIPELINES_REQUEST_H
#define ATLED_PIPELINES_REQUEST_H

#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Support/LLVM.h"
#include "mlir/IR/BuiltinOps.h"
#include <string>

namespace atled {

struct DerivativeRequest {
  enum Kind { Grad, ValueAndGrad, Vjp, Jvp, Split };
  Kind kind;
  /// The function to differentiate.
  std::string function;
};

/// The name of the function that answers `request`: `loss_grad`. A split is
/// answered by two, `loss_fwd` and `loss_bwd`, and this is the first.
std::string getDerivativeName(const DerivativeRequest &request);

/// Adds a public function that answers `request`, with respect to the arguments
/// `wrt`, each counted from 0 or called by its name, or to all that can be
/// differentiated where it is empty. It takes what the function takes, then
/// seeds (vjp) or tangents (jvp). For a split, declares the halves of the vjp.
/// Emits an error where there is no such function or argument, or the
/// derivative does not exist.
LogicalResult addDerivative(ModuleOp module, const DerivativeRequest &request,
                            ArrayRef<std::string> wrt);

/// The outputs of the function that answers `request` which are gradients with
/// respect to `arguments`, counted, called by name, or "all", each as
/// "loss_grad:grad_w"; none of a jvp. Emits an error where there is no such
/// gradient.
FailureOr<SmallVector<std::string>>
findGradients(ModuleOp module, const DerivativeRequest &request,
              ArrayRef<std::string> wrt, ArrayRef<std::string> arguments);

/// What declares that `ad-differentiate` makes a function called `name`, or
/// null.
ad::SplitOp findSplit(ModuleOp module, StringRef name);

/// Makes exactly the functions `names` public. Functions that a split declares
/// are so both, where either is named, or not made. Emits an error, with the
/// nearest name, where there is no such function.
LogicalResult setEntries(ModuleOp module, ArrayRef<std::string> names);

} // namespace atled

#endif // ATLED_PIPELINES_REQUEST_H
