//===- ReturnOnFailure.cpp - Nothing runs after a failure -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where something has failed, what an assertion has promised does not hold: a
// loop may never end, an index may lie anywhere. So a function returns as soon
// as there is a code in its status, out of whatever loops it is in; and so does
// its caller. Where what follows minds no failure, it goes on.
//
//===----------------------------------------------------------------------===//

#include "atled/Support/Attributes.h"
#include "atled/Target/CPU/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace atled {
#define GEN_PASS_DEF_RETURNONFAILUREPASS
#include "atled/Target/CPU/Passes.h.inc"
} // namespace atled

using namespace atled;

/// The status stands in front of the workspace, which is always the last
/// argument.
static Value getStatus(func::FuncOp function) {
  unsigned behind = function->hasAttr(workspaceBytesAttrName) ? 1 : 0;
  return function.getArgument(function.getNumArguments() - 1 - behind);
}

/// A block that returns; what it returns means nothing.
static Block *createExit(func::FuncOp function) {
  Block *exit = new Block();
  function.getBody().push_back(exit);
  ImplicitLocOpBuilder b(function.getLoc(), OpBuilder::atBlockEnd(exit));
  SmallVector<Value> results;
  for (Type type : function.getResultTypes())
    results.push_back(arith::ConstantOp::create(b, b.getZeroAttr(type)));
  func::ReturnOp::create(b, results);
  return exit;
}

/// Goes on behind `op`, which may write to the status, only if that is 0.
static void returnAfter(Operation *op, Value status, Block *exit) {
  Block *block = op->getBlock();
  Block *rest = block->splitBlock(std::next(op->getIterator()));
  ImplicitLocOpBuilder b(op->getLoc(), OpBuilder::atBlockEnd(block));
  Value index = arith::ConstantIndexOp::create(b, 0);
  Value code = memref::LoadOp::create(b, status, index);
  Value zero =
      arith::ConstantOp::create(b, b.getIntegerAttr(code.getType(), 0));
  Value isWell = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, code, zero);
  cf::CondBranchOp::create(b, isWell, rest, ValueRange(), exit, ValueRange());
}

namespace {
struct ReturnOnFailurePass
    : atled::impl::ReturnOnFailurePassBase<ReturnOnFailurePass> {
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (!function->hasAttr(statusAttrName) || function.isDeclaration())
      return;
    Value status = getStatus(function);
    SmallVector<Operation *> writers;
    for (Operation *user : status.getUsers())
      if (isa<memref::StoreOp, func::CallOp>(user) &&
          !user->hasAttr(goesOnAttrName))
        writers.push_back(user);
    if (writers.empty())
      return;
    Block *exit = createExit(function);
    for (Operation *writer : writers) {
      if (writer->getParentOp() != function) {
        writer->emitOpError("is in a region; run 'convert-scf-to-cf' first");
        return signalPassFailure();
      }
      returnAfter(writer, status, exit);
    }
  }
};
} // namespace
