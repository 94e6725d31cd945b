//===- Canonicalizer.cpp - The canonicalizer, without what is wrong -------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Support/Canonicalizer.h"
#include "mlir/Transforms/Passes.h"

using namespace atled;

std::unique_ptr<Pass> atled::createSoundCanonicalizerPass() {
  // Moves an `scf.if` from the condition of an `scf.while` to its body, and
  // takes the results of one position for those of another if the condition
  // passes more than one value on (MLIR 22).
  std::string unsound = "(anonymous namespace)::WhileMoveIfDown";
  return mlir::createCanonicalizerPass(mlir::GreedyRewriteConfig(), {unsound});
}
