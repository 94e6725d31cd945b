//===- ChecksToOutputs.h - What a test asks of its caller ------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A compiled function neither prints nor fails: what a test checks becomes
// results that its caller compares. These are the parts of that agreement.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_CHECK_TRANSFORMS_CHECKSTOOUTPUTS_H
#define ATLED_DIALECT_CHECK_TRANSFORMS_CHECKSTOOUTPUTS_H

#include "atled/Dialect/Check/IR/Check.h"
#include "mlir/IR/BuiltinAttributes.h"
#include <optional>
#include <string>

namespace atled::check {

/// The public functions by which a caller checks one derivative of a function.
/// All take the function's arguments first:
///   value(x…) -> y…,  jvp(x…, dx…) -> dy…,  vjp(x…, dy…) -> dx…
/// with one dx for each argument in `wrt` and one dy for each floating-point
/// result.
struct DerivativeEntries {
  std::string value, jvp, vjp;
  SmallVector<int64_t> wrt;
};

/// Adds the entries for the first `order` derivatives of `function` to its
/// module. Those of order k + 1 are of the function which order k calls vjp, so
/// that they take the seeds of all orders below as further arguments.
SmallVector<DerivativeEntries> addDerivativeEntries(func::FuncOp function,
                                                    ArrayRef<int64_t> wrt,
                                                    int64_t order,
                                                    Location loc);

/// Two results of a test that are to agree: equal, or within a tolerance.
struct Comparison {
  Location loc;
  unsigned actual, expected;
  bool isExact;
  double rtol, atol;
  int64_t ulps;
};

/// Derivatives to check at the point that some results of a test are.
struct GradientsCheck {
  Location loc;
  std::string callee;
  unsigned firstArgument, numArguments;
  SmallVector<DerivativeEntries> orders;
  std::optional<double> rtol, step;
};

/// A test whose checks have become results.
struct Test {
  std::string name;
  /// What to pass for its arguments: the constants that stood in it.
  SmallVector<DenseElementsAttr> inputs;
  SmallVector<Comparison> comparisons;
  SmallVector<GradientsCheck> gradients;
};

/// The tests of a module, in order: its public functions without arguments that
/// contain checks. A check that stands anywhere else is an error.
FailureOr<SmallVector<func::FuncOp>> collectTests(ModuleOp module);

/// Replaces the checks in `test` by results, and its tensor constants by
/// arguments.
FailureOr<Test> convertChecksToOutputs(func::FuncOp test);

/// Erases the tests of a module.
LogicalResult eraseTests(ModuleOp module);

} // namespace atled::check

#endif // ATLED_DIALECT_CHECK_TRANSFORMS_CHECKSTOOUTPUTS_H
