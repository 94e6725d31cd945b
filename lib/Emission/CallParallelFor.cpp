//===- CallParallelFor.cpp - Chunks run on the caller's threads -----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A loop whose iterations may run at the same time becomes a function for one
// iteration, and a call of the `parallel_for` of the caller's `atled_exec`,
// which is passed down from the entry. Who has no threads passes a loop: the
// same code runs in any case. How many iterations there are may depend on the
// sizes of the call, never on the threads.
//
//===----------------------------------------------------------------------===//

#include "ParallelFor.h"
#include "atled/Emission/Passes.h"
#include "atled/Support/Attributes.h"
#include "mlir/Conversion/LLVMCommon/MemRefBuilder.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/Transforms.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Transforms/RegionUtils.h"

namespace atled {
#define GEN_PASS_DEF_CALLPARALLELFORPASS
#include "atled/Emission/Passes.h.inc"
} // namespace atled

using namespace atled;

//===----------------------------------------------------------------------===//
// What a loop captures
//===----------------------------------------------------------------------===//

/// Whether `op` is as good inside the body as where it is. A piece of the
/// workspace is not: as an argument it is known to overlap no other.
static bool canMoveIntoBody(Operation *op) {
  return isMemoryEffectFree(op) && op->getNumRegions() == 0 &&
         !isa<memref::ViewOp, UnrealizedConversionCastOp>(op);
}

/// Whether `value` can be one word in memory, of a buffer its address.
static bool canBePacked(Value value) {
  if (auto buffer = dyn_cast<MemRefType>(value.getType()))
    return buffer.hasStaticShape() && buffer.getLayout().isIdentity();
  return value.getType().isIntOrIndexOrFloat();
}

/// Whether `op` is a piece of the workspace whose size the call tells.
static bool isDynamicPiece(Operation *op) {
  auto view = dyn_cast<memref::ViewOp>(op);
  return view && !view.getType().hasStaticShape();
}

/// Whether `loop` can be the affair of `parallel_for`: it counts from 0 on, is
/// in no other, and what it captures can be passed on.
static bool canBeOutlined(scf::ForallOp loop) {
  if (loop.getRank() != 1 || !loop.isNormalized() ||
      !loop.getOutputs().empty() || loop->getParentOfType<scf::ForallOp>() ||
      !loop->getParentOfType<func::FuncOp>())
    return false;
  llvm::SetVector<Value> captured;
  getUsedValuesDefinedAbove(loop.getRegion(), captured);
  for (unsigned i = 0; i < captured.size(); ++i) {
    Operation *op = captured[i].getDefiningOp();
    if (op && isDynamicPiece(op))
      captured.insert_range(cast<memref::ViewOp>(op).getSizes());
    else if (op && canMoveIntoBody(op))
      captured.insert(op->operand_begin(), op->operand_end());
    else if (!canBePacked(captured[i]))
      return false;
  }
  return true;
}

//===----------------------------------------------------------------------===//
// One loop
//===----------------------------------------------------------------------===//

namespace {
/// Replaces one loop, top to bottom.
class LoopOutliner {
public:
  LoopOutliner(scf::ForallOp loop, Value exec, SymbolTable &symbols)
      : loop(loop), exec(exec), symbols(symbols),
        function(loop->getParentOfType<func::FuncOp>()),
        b(loop.getLoc(), OpBuilder(loop)), converter(b.getContext()),
        pointerType(LLVM::LLVMPointerType::get(b.getContext())) {}

  void run();

private:
  /// Makes the body independent of what is around the loop; captured values
  /// become arguments behind the index.
  void isolateBody();
  /// What `value`, from outside, is inside: an argument, or computed again.
  Value bring(Value value, IRMapping &inside);
  /// A piece of dynamic size: known inside by where it begins, and its sizes.
  Value bringPiece(memref::ViewOp piece, IRMapping &inside);
  /// Moves the body into a function of the index and what it captures.
  func::FuncOp outlineBody();
  /// The function that `parallel_for` calls: it takes apart what is packed in
  /// `packType`, and calls `body`.
  LLVM::LLVMFuncOp createThunk(func::FuncOp body, Type packType);
  /// Puts what is captured side by side in memory that lives during the call.
  Value pack(Type packType);
  /// How many chunks there are.
  Value getCount();
  /// The `parallel_for` that runs `count` chunks.
  Value chooseParallelFor(Value count);

  /// What stands for a value of `type` in memory: of a buffer its address.
  Type getPackedType(Type type) {
    return isa<MemRefType>(type) ? pointerType : converter.convertType(type);
  }
  Value toPacked(Value value);
  Value fromPacked(Value value, Type type);

  Value getField(Type packType, Value pointer, int32_t field) {
    return LLVM::GEPOp::create(b, pointerType, packType, pointer,
                               ArrayRef<LLVM::GEPArg>{0, field});
  }
  Value loadExecField(ExecField field) {
    return LLVM::LoadOp::create(b, pointerType, buildExecField(b, exec, field));
  }

  scf::ForallOp loop;
  Value exec;
  SymbolTable &symbols;
  func::FuncOp function;
  ImplicitLocOpBuilder b;
  LLVMTypeConverter converter;
  LLVM::LLVMPointerType pointerType;
  SmallVector<Value> captured;
};
} // namespace

Value LoopOutliner::bring(Value value, IRMapping &inside) {
  if (Value known = inside.lookupOrNull(value))
    return known;
  Operation *op = value.getDefiningOp();
  if (op && isDynamicPiece(op)) {
    inside.map(value, bringPiece(cast<memref::ViewOp>(op), inside));
  } else if (op && canMoveIntoBody(op)) {
    for (Value operand : op->getOperands())
      bring(operand, inside);
    b.clone(*op, inside);
  } else {
    captured.push_back(value);
    inside.map(value,
               loop.getBody()->addArgument(value.getType(), value.getLoc()));
  }
  return inside.lookup(value);
}

Value LoopOutliner::bringPiece(memref::ViewOp piece, IRMapping &inside) {
  MemRefType type = piece.getType();
  OpBuilder outside(loop);
  Value begin = memref::ViewOp::create(
      outside, piece.getLoc(), MemRefType::get({1}, type.getElementType()),
      piece.getSource(), piece.getByteShift(), /*sizes=*/ValueRange());
  SmallVector<Value> lengths;
  for (Value length : piece.getSizes())
    lengths.push_back(bring(length, inside));
  SmallVector<OpFoldResult> sizes = getMixedValues(type.getShape(), lengths, b);
  SmallVector<OpFoldResult> strides(sizes.size(), b.getIndexAttr(1));
  AffineExpr product = b.getAffineSymbolExpr(0) * b.getAffineSymbolExpr(1);
  for (unsigned i = sizes.size(); i-- > 1;)
    strides[i - 1] = affine::makeComposedFoldedAffineApply(
        b, b.getLoc(), product, {strides[i], sizes[i]});
  return memref::ReinterpretCastOp::create(b, type, bring(begin, inside),
                                           b.getIndexAttr(0), sizes, strides);
}

void LoopOutliner::isolateBody() {
  llvm::SetVector<Value> used;
  getUsedValuesDefinedAbove(loop.getRegion(), used);
  IRMapping inside;
  b.setInsertionPointToStart(loop.getBody());
  for (Value value : used)
    replaceAllUsesInRegionWith(value, bring(value, inside), loop.getRegion());
}

Value LoopOutliner::toPacked(Value value) {
  Type type = converter.convertType(value.getType());
  if (type == value.getType())
    return value;
  Value converted =
      UnrealizedConversionCastOp::create(b, type, value).getResult(0);
  return isa<MemRefType>(value.getType())
             ? MemRefDescriptor(converted).alignedPtr(b, b.getLoc())
             : converted;
}

Value LoopOutliner::fromPacked(Value value, Type type) {
  if (auto buffer = dyn_cast<MemRefType>(type))
    value = MemRefDescriptor::fromStaticShape(b, b.getLoc(), converter, buffer,
                                              value);
  if (value.getType() == type)
    return value;
  return UnrealizedConversionCastOp::create(b, type, value).getResult(0);
}

func::FuncOp LoopOutliner::outlineBody() {
  Block *block = loop.getBody();
  b.setInsertionPoint(function);
  auto body = func::FuncOp::create(
      b, (function.getName() + ".chunk").str(),
      b.getFunctionType(block->getArgumentTypes(), TypeRange()));
  body.setPrivate();
  symbols.insert(body);
  body.getBody().takeBody(loop.getRegion());
  block->getTerminator()->erase();
  b.setInsertionPointToEnd(block);
  func::ReturnOp::create(b);
  return body;
}

LLVM::LLVMFuncOp LoopOutliner::createThunk(func::FuncOp body, Type packType) {
  b.setInsertionPointAfter(body);
  auto thunk = LLVM::LLVMFuncOp::create(
      b, (body.getName() + ".call").str(),
      LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(b.getContext()),
                                  {pointerType, b.getI64Type()}),
      LLVM::Linkage::Internal);
  symbols.insert(thunk);
  Block *block = thunk.addEntryBlock(b);
  b.setInsertionPointToEnd(block);
  SmallVector<Value> operands = {
      fromPacked(block->getArgument(1), b.getIndexType())};
  for (auto [field, type] :
       llvm::enumerate(body.getArgumentTypes().drop_front())) {
    Value address = getField(packType, block->getArgument(0), field);
    Value packed = LLVM::LoadOp::create(b, getPackedType(type), address);
    operands.push_back(fromPacked(packed, type));
  }
  func::CallOp::create(b, body, operands);
  LLVM::ReturnOp::create(b, ValueRange());
  return thunk;
}

Value LoopOutliner::pack(Type packType) {
  // At the start of the function, so that a loop around takes no more stack.
  b.setInsertionPointToStart(&function.front());
  Value one = LLVM::ConstantOp::create(b, b.getI64IntegerAttr(1));
  Value memory = LLVM::AllocaOp::create(b, pointerType, packType, one);
  b.setInsertionPoint(loop);
  for (auto [field, value] : llvm::enumerate(captured))
    LLVM::StoreOp::create(b, toPacked(value),
                          getField(packType, memory, field));
  return memory;
}

Value LoopOutliner::getCount() {
  if (ValueRange bound = loop.getDynamicUpperBound(); !bound.empty())
    return toPacked(bound.front());
  return LLVM::ConstantOp::create(
      b, b.getI64IntegerAttr(loop.getStaticUpperBound().front()));
}

Value LoopOutliner::chooseParallelFor(Value count) {
  Value given = loadExecField(ExecField::ParallelFor);
  if (loop.getDynamicUpperBound().empty())
    return given;
  // Where the call's sizes leave little to do, nobody else is to hear of it.
  Value serial = LLVM::AddressOfOp::create(
      b, symbols.lookup<LLVM::LLVMFuncOp>(serialForName));
  Value one = LLVM::ConstantOp::create(b, b.getI64IntegerAttr(1));
  Value isMany = LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::sgt, count, one);
  return LLVM::SelectOp::create(b, isMany, given, serial);
}

void LoopOutliner::run() {
  isolateBody();
  SmallVector<Type> types;
  for (Value value : captured)
    types.push_back(getPackedType(value.getType()));
  Type packType = LLVM::LLVMStructType::getLiteral(b.getContext(), types);
  Value packed = pack(packType);
  func::FuncOp body = outlineBody();
  LLVM::LLVMFuncOp thunk = createThunk(body, packType);

  b.setInsertionPoint(loop);
  Value count = getCount();
  Value parallelFor = chooseParallelFor(count);
  Value context = loadExecField(ExecField::Context);
  Value address = LLVM::AddressOfOp::create(b, thunk);
  auto type = LLVM::LLVMFunctionType::get(
      LLVM::LLVMVoidType::get(b.getContext()),
      {pointerType, b.getI64Type(), pointerType, pointerType});
  LLVM::CallOp::create(
      b, type, ValueRange{parallelFor, context, count, address, packed});
  loop.erase();
}

//===----------------------------------------------------------------------===//
// All loops
//===----------------------------------------------------------------------===//

/// The functions that contain a loop, or call one that does.
static llvm::SetVector<func::FuncOp> findParallel(ArrayRef<scf::ForallOp> loops,
                                                  ModuleOp module) {
  llvm::SetVector<func::FuncOp> parallel;
  for (scf::ForallOp loop : loops)
    parallel.insert(loop->getParentOfType<func::FuncOp>());
  SymbolTableCollection tables;
  SymbolUserMap users(tables, module);
  for (unsigned i = 0; i < parallel.size(); ++i)
    for (Operation *user : users.getUsers(parallel[i]))
      if (auto call = dyn_cast<func::CallOp>(user))
        parallel.insert(call->getParentOfType<func::FuncOp>());
  return parallel;
}

static unsigned getExecPosition(func::FuncOp function) {
  return function.getNumArguments() -
         (function->hasAttr(arenaAttrName) ? 4 : 0) -
         (function->hasAttr(statusAttrName) ? 1 : 0) -
         (function->hasAttr(workspaceBytesAttrName) ? 1 : 0);
}

/// Gives `function` its argument.
static LogicalResult addExec(func::FuncOp function) {
  Type pointerType = LLVM::LLVMPointerType::get(function.getContext());
  unsigned position = getExecPosition(function);
  function->setAttr(execAttrName, UnitAttr::get(function.getContext()));
  return function.insertArgument(position, pointerType, {}, function.getLoc());
}

static Value getExec(func::FuncOp function) {
  return function.getArgument(getExecPosition(function) - 1);
}

static void passExec(func::CallOp call, func::FuncOp callee) {
  unsigned position = getExecPosition(callee) - 1;
  SmallVector<Value> operands(call.getOperands());
  operands.insert(operands.begin() + position,
                  getExec(call->getParentOfType<func::FuncOp>()));
  call.getOperandsMutable().assign(operands);
}

/// A `parallel_for` that runs one chunk after the other.
static void createSerialFor(SymbolTable &symbols, ModuleOp module) {
  auto b = ImplicitLocOpBuilder::atBlockEnd(module.getLoc(), module.getBody());
  auto pointerType = LLVM::LLVMPointerType::get(b.getContext());
  Type i64 = b.getI64Type();
  auto type =
      LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(b.getContext()),
                                  {pointerType, i64, pointerType, pointerType});
  auto function =
      LLVM::LLVMFuncOp::create(b, serialForName, type, LLVM::Linkage::Internal);
  symbols.insert(function);
  Block *entry = function.addEntryBlock(b);
  Value chunks = entry->getArgument(1), body = entry->getArgument(2),
        argument = entry->getArgument(3);
  Region &region = function.getBody();
  Block *head = b.createBlock(&region, region.end(), i64, module.getLoc());
  Block *next = b.createBlock(&region, region.end());
  Block *exit = b.createBlock(&region, region.end());
  Value index = head->getArgument(0);

  b.setInsertionPointToEnd(entry);
  Value zero = LLVM::ConstantOp::create(b, b.getI64IntegerAttr(0));
  LLVM::BrOp::create(b, zero, head);
  b.setInsertionPointToEnd(head);
  Value isChunk =
      LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::slt, index, chunks);
  LLVM::CondBrOp::create(b, isChunk, next, exit);
  b.setInsertionPointToEnd(next);
  auto bodyType = LLVM::LLVMFunctionType::get(
      LLVM::LLVMVoidType::get(b.getContext()), {pointerType, i64});
  LLVM::CallOp::create(b, bodyType, ValueRange{body, argument, index});
  Value one = LLVM::ConstantOp::create(b, b.getI64IntegerAttr(1));
  LLVM::BrOp::create(b, LLVM::AddOp::create(b, index, one).getResult(), head);
  b.setInsertionPointToEnd(exit);
  LLVM::ReturnOp::create(b, ValueRange());
}

/// Makes loops of those that have no function.
static void makeSerial(ArrayRef<scf::ForallOp> loops) {
  for (scf::ForallOp loop : loops) {
    IRRewriter rewriter(loop.getContext());
    rewriter.setInsertionPoint(loop);
    (void)scf::forallToForLoop(rewriter, loop);
  }
}

namespace {
struct CallParallelForPass
    : atled::impl::CallParallelForPassBase<CallParallelForPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    SmallVector<scf::ForallOp> loops, others;
    module.walk([&](scf::ForallOp loop) {
      (canBeOutlined(loop) ? loops : others).push_back(loop);
    });
    makeSerial(others);
    if (loops.empty())
      return;
    llvm::SetVector<func::FuncOp> parallel = findParallel(loops, module);
    for (func::FuncOp function : parallel)
      if (failed(addExec(function)))
        return signalPassFailure();
    SymbolTable symbols(module);
    module.walk([&](func::CallOp call) {
      auto callee = symbols.lookup<func::FuncOp>(call.getCallee());
      if (parallel.contains(callee))
        passExec(call, callee);
    });
    createSerialFor(symbols, module);
    for (scf::ForallOp loop : loops)
      LoopOutliner(loop, getExec(loop->getParentOfType<func::FuncOp>()),
                   symbols)
          .run();
  }
};
} // namespace
