//===- Passes.cpp - The passes of differentiation -------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Differentiation/Passes.h"
#include "ResidualReport.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Differentiation/DerivedFunctions.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/UB/IR/UBOps.h"

namespace atled {
#define GEN_PASS_DEF_DIFFERENTIATEPASS
#define GEN_PASS_DEF_ERASEDETACHPASS
#include "atled/Differentiation/Passes.h.inc"
} // namespace atled

using namespace atled;

namespace {
struct DifferentiatePass
    : atled::impl::DifferentiatePassBase<DifferentiatePass> {
  using DifferentiatePassBase::DifferentiatePassBase;
  DifferentiatePass(DifferentiatePassOptions options,
                    std::vector<KeptValue> *kept)
      : DifferentiatePassBase(options), kept(kept) {}

  void runOnOperation() override {
    ResidualReport report;
    bool isWanted = printResiduals || kept;
    if (failed(expandRequests(getOperation(), isWanted ? &report : nullptr,
                              strongZeros)))
      return signalPassFailure();
    if (kept)
      *kept = report.getKept();
    if (printResiduals)
      printKept(report.getKept(), llvm::errs());
  }

private:
  std::vector<KeptValue> *kept = nullptr;
};

struct EraseDetachPass : atled::impl::EraseDetachPassBase<EraseDetachPass> {
  void runOnOperation() override {
    getOperation()->walk([](ad::DetachOp detach) {
      detach.replaceAllUsesWith(detach.getX());
      detach.erase();
    });
  }
};
} // namespace

std::unique_ptr<Pass>
atled::createDifferentiatePass(DifferentiatePassOptions options,
                               std::vector<KeptValue> *kept) {
  return std::make_unique<DifferentiatePass>(options, kept);
}
