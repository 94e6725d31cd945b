//===- SetCallingConvention.cpp - Buffers as plain pointers ---------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Upstream lowers a buffer of static shape to one bare pointer. The workspace
// is the only one whose type does not tell its size: here it gets the type that
// the plan has found. A buffer without elements gets a type of rank 1.
//
//===----------------------------------------------------------------------===//

#include "atled/Support/Attributes.h"
#include "atled/Target/CPU/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "llvm/Support/MathExtras.h"

namespace atled {
#define GEN_PASS_DEF_SETCALLINGCONVENTIONPASS
#include "atled/Target/CPU/Passes.h.inc"
} // namespace atled

using namespace atled;

/// Alignment of the workspace, of every buffer in it, and of constants.
static constexpr int64_t workspaceAlignment = 64;

static bool hasWorkspace(func::FuncOp function) {
  return function->hasAttr(workspaceBytesAttrName) &&
         function.getNumArguments() > 0;
}

static MemRefType getWorkspaceType(func::FuncOp function) {
  auto bytes = function->getAttrOfType<IntegerAttr>(workspaceBytesAttrName);
  return MemRefType::get({bytes.getInt()},
                         IntegerType::get(function.getContext(), 8));
}

/// Gives the last argument its static type; the body goes on with the dynamic
/// one, through a cast.
static void setWorkspaceType(func::FuncOp function) {
  MemRefType type = getWorkspaceType(function);
  SmallVector<Type> inputs(function.getArgumentTypes());
  Type dynamicType = inputs.back();
  inputs.back() = type;
  function.setFunctionType(FunctionType::get(function.getContext(), inputs,
                                             function.getResultTypes()));
  if (function.isDeclaration())
    return;
  BlockArgument workspace = function.getArguments().back();
  workspace.setType(type);
  OpBuilder builder = OpBuilder::atBlockBegin(&function.front());
  auto cast = memref::CastOp::create(builder, workspace.getLoc(), dynamicType,
                                     workspace);
  workspace.replaceAllUsesExcept(cast, cast);
}

/// Passes the callee's workspace with its static type.
static void castWorkspaceOperand(func::CallOp call, func::FuncOp callee) {
  OpOperand &workspace = call->getOpOperand(call.getNumOperands() - 1);
  OpBuilder builder(call);
  workspace.set(memref::CastOp::create(
      builder, call.getLoc(), getWorkspaceType(callee), workspace.get()));
}

/// What a caller promises of a buffer of such elements.
static int64_t getAlignment(Type elementType) {
  if (!elementType.isIntOrFloat())
    return 1;
  return llvm::PowerOf2Ceil(
      llvm::divideCeil(elementType.getIntOrFloatBitWidth(), 8));
}

/// Upstream finds no strides in memref<2x0xf32>, hence no bare pointer for it;
/// in memref<0xf32> it does. Returns the type of rank 1 that stands at calls
/// for a buffer without elements, or null if there is no need for it.
static MemRefType getEmptyBufferType(Type type) {
  auto buffer = dyn_cast<MemRefType>(type);
  if (!buffer || buffer.getRank() <= 1 || !buffer.hasStaticShape() ||
      buffer.getNumElements() != 0)
    return {};
  return MemRefType::get({0}, buffer.getElementType(), AffineMap(),
                         buffer.getMemorySpace());
}

/// Another buffer for `value`, which has no elements: nobody reads or writes
/// it.
static Value createEmptyBuffer(Block &entry, Value value, MemRefType type) {
  OpBuilder builder = OpBuilder::atBlockBegin(&entry);
  return memref::AllocaOp::create(builder, value.getLoc(), type);
}

static void setEmptyBufferTypes(func::FuncOp function) {
  SmallVector<Type> inputs(function.getArgumentTypes());
  for (auto [index, type] : llvm::enumerate(inputs)) {
    MemRefType emptyType = getEmptyBufferType(type);
    if (!emptyType)
      continue;
    if (!function.isDeclaration()) {
      BlockArgument argument = function.getArgument(index);
      argument.replaceAllUsesWith(createEmptyBuffer(function.front(), argument,
                                                    cast<MemRefType>(type)));
      argument.setType(emptyType);
    }
    type = emptyType;
  }
  function.setFunctionType(FunctionType::get(function.getContext(), inputs,
                                             function.getResultTypes()));
}

static void setEmptyBufferOperands(func::CallOp call) {
  auto caller = call->getParentOfType<FunctionOpInterface>();
  for (OpOperand &operand : call->getOpOperands())
    if (MemRefType type = getEmptyBufferType(operand.get().getType()))
      operand.set(createEmptyBuffer(caller.front(), operand.get(), type));
}

/// Replaces what was known of the arguments by what LLVM wants to know; fails
/// at one whose shape is dynamic.
static LogicalResult setArgumentAttributes(func::FuncOp function) {
  Builder builder(function.getContext());
  for (auto [index, type] : llvm::enumerate(function.getArgumentTypes())) {
    auto memref = dyn_cast<MemRefType>(type);
    if (!memref)
      continue;
    if (!memref.hasStaticShape())
      return function.emitError()
             << "buffer argument " << index << " of '" << function.getName()
             << "' has the dynamic shape " << memref
             << ", and the target needs a static one";
    bool isWorkspace =
        hasWorkspace(function) && index + 1 == function.getNumArguments();
    int64_t alignment = isWorkspace ? workspaceAlignment
                                    : getAlignment(memref.getElementType());
    function.setArgAttrs(
        index,
        builder.getDictionaryAttr(
            {builder.getNamedAttr(LLVM::LLVMDialect::getAlignAttrName(),
                                  builder.getI64IntegerAttr(alignment)),
             builder.getNamedAttr(LLVM::LLVMDialect::getNoAliasAttrName(),
                                  builder.getUnitAttr())}));
  }
  return success();
}

namespace {
struct SetCallingConventionPass
    : atled::impl::SetCallingConventionPassBase<SetCallingConventionPass> {
  void runOnOperation() override {
    SymbolTableCollection symbols;
    getOperation().walk([&](func::CallOp call) {
      auto callee = symbols.lookupNearestSymbolFrom<func::FuncOp>(
          call, call.getCalleeAttr());
      if (callee && hasWorkspace(callee))
        castWorkspaceOperand(call, callee);
      setEmptyBufferOperands(call);
    });
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      if (hasWorkspace(function))
        setWorkspaceType(function);
      setEmptyBufferTypes(function);
      if (failed(setArgumentAttributes(function)))
        return signalPassFailure();
      if (function.isPrivate() && !function.isDeclaration())
        function->setAttr(
            "llvm.linkage",
            LLVM::LinkageAttr::get(&getContext(), LLVM::Linkage::Internal));
    }
    for (auto global : getOperation().getOps<memref::GlobalOp>())
      global.setAlignment(workspaceAlignment);
  }
};
} // namespace
