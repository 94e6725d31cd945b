//===- PlanArena.cpp - Buffers whose size only the run tells --------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The arena is a stack that follows the structure of the program: a buffer
// lives until the end of its block.
//
//===----------------------------------------------------------------------===//

#include "PlanArena.h"
#include "FindHarm.h"
#include "atled/Support/Attributes.h"
#include "atled/Support/ByteSize.h"
#include "atled/atled.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/Transforms/BufferViewFlowAnalysis.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "llvm/Support/MathExtras.h"

using namespace atled;

static constexpr StringLiteral frameOffsetName = "atled.frame_offset";

void atled::setFrameOffset(Operation *op, int64_t offset) {
  op->setAttr(frameOffsetName,
              Builder(op->getContext()).getI64IntegerAttr(offset));
}

bool atled::hasArena(func::FuncOp function) {
  return function->hasAttr(arenaAttrName);
}

bool atled::canBeInArena(MemRefType type) {
  return type.getRank() > 0 && type.isDynamicDim(0) &&
         type.getNumDynamicDims() == 1 && type.getLayout().isIdentity();
}

MemRefType atled::getRowType(MemRefType type) {
  SmallVector<int64_t> shape(type.getShape());
  shape.front() = 1;
  return MemRefType::get(shape, type.getElementType());
}

static int64_t getBytes(MemRefType type) {
  return type.getNumElements() * getElementBytes(type.getElementType());
}

namespace {
class ArenaPlanner {
public:
  explicit ArenaPlanner(func::FuncOp function) : function(function) {}

  LogicalResult run();

private:
  /// Gives what `block` allocates its place, from `top` on. Returns what is
  /// free at its end.
  FailureOr<Value> planBlock(Block &block, Value top);
  FailureOr<Value> planRegions(Operation *op, Value top);
  FailureOr<Value> place(memref::AllocOp alloc, int64_t row, Value top);
  /// Sends every access to `buffer`, as far as `fits` reaches, to its first row
  /// if it does not fit. Once it is read, the call does not go on for long.
  LogicalResult guardAccesses(Value buffer, Value fits);
  void passOn(func::CallOp call, int64_t frameOffset, Value top);

  func::FuncOp function;
  Value base, frame, state;
  /// Whether each buffer, and each view of one, fits.
  DenseMap<Value, Value> fitsOf;
};
} // namespace

static Value constant(ImplicitLocOpBuilder &b, int64_t value) {
  return arith::ConstantIndexOp::create(b, value);
}

Value atled::buildEnd(ImplicitLocOpBuilder &b, Value begin, Value bytes,
                      int64_t most) {
  Value padded =
      arith::AddIOp::create(b, bytes, constant(b, ATLED_WORKSPACE_ALIGN - 1));
  Value end = arith::AddIOp::create(
      b, begin,
      arith::AndIOp::create(b, padded, constant(b, -ATLED_WORKSPACE_ALIGN)));
  // Ends add up: what is out of reach stays so.
  return arith::MinUIOp::create(b, end, constant(b, most));
}

/// Where a buffer of `count` rows ends that begins at `top`. Counts beyond any
/// memory do not overflow.
static Value buildEndOfRows(ImplicitLocOpBuilder &b, Value top, Value count,
                            int64_t rowBytes) {
  constexpr int64_t most = int64_t(1) << 61;
  Value rows = arith::MinUIOp::create(
      b, count, constant(b, most / std::max<int64_t>(rowBytes, 1)));
  Value bytes = arith::MulIOp::create(b, rows, constant(b, rowBytes));
  return buildEnd(b, top, bytes, most);
}

static Value loadIndex(ImplicitLocOpBuilder &b, Value state, int64_t field) {
  Value value = memref::LoadOp::create(b, state, constant(b, field));
  return arith::IndexCastOp::create(b, b.getIndexType(), value);
}

static void storeIndex(ImplicitLocOpBuilder &b, Value index, Value state,
                       int64_t field) {
  Value value = arith::IndexCastOp::create(b, b.getI64Type(), index);
  memref::StoreOp::create(b, value, state, constant(b, field));
}

FailureOr<Value> ArenaPlanner::place(memref::AllocOp alloc, int64_t row,
                                     Value top) {
  ImplicitLocOpBuilder b(alloc.getLoc(), OpBuilder(alloc));
  MemRefType type = alloc.getType();
  Value count = alloc.getDynamicSizes().front();
  Value end = buildEndOfRows(b, top, count, getBytes(getRowType(type)));
  storeIndex(b, arith::MaxUIOp::create(b, loadIndex(b, state, 1), end), state,
             1);
  Value limit = loadIndex(b, state, 0);
  Value fits = arith::CmpIOp::create(b, arith::CmpIPredicate::ule, end, limit);
  Value inFrame = arith::AddIOp::create(b, frame, constant(b, row));
  Value offset = arith::SelectOp::create(b, fits, top, inFrame);
  Value whole = memref::ReinterpretCastOp::create(
      b, MemRefType::get({ShapedType::kDynamic}, b.getI8Type()), base,
      OpFoldResult(b.getIndexAttr(0)), ArrayRef<OpFoldResult>(limit),
      ArrayRef<OpFoldResult>(OpFoldResult(b.getIndexAttr(1))));
  Value buffer = memref::ViewOp::create(b, type, whole, offset, count);

  alloc.replaceAllUsesWith(buffer);
  alloc.erase();
  if (failed(guardAccesses(buffer, fits)))
    return failure();
  return end;
}

/// Whether a call reads the buffer that it is given, and not only writes to it.
static bool readsOperand(func::CallOp call, unsigned operand) {
  auto callee = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
      call, call.getCalleeAttr());
  auto numInputs =
      callee ? callee->getAttrOfType<IntegerAttr>(numInputsAttrName) : nullptr;
  return !numInputs || int64_t(operand) < numInputs.getInt();
}

/// Whether `operand`, a buffer, is read by its owner, or through a view of it.
static bool isRead(OpOperand &operand) {
  Operation *user = operand.getOwner();
  if (auto linalg = dyn_cast<linalg::LinalgOp>(user))
    return !linalg.isDpsInit(&operand) ||
           linalg.payloadUsesValueFromOperand(&operand);
  if (auto call = dyn_cast<func::CallOp>(user))
    return readsOperand(call, operand.getOperandNumber());
  if (isa<ViewLikeOpInterface>(user))
    return llvm::any_of(user->getResult(0).getUses(), isRead);
  return isa<memref::LoadOp>(user);
}

/// What `readers` read means nothing if it has had no place. The call ends
/// before that does harm, or reaches who asked for it; and not before, so that
/// it is known how far the arena would have had to reach.
static void assertFits(ArrayRef<Operation *> readers, Value fits) {
  Operation *first = nullptr;
  for (Operation *reader : readers) {
    Operation *ancestor = fits.getParentBlock()->findAncestorOpInBlock(*reader);
    if (!first || ancestor->isBeforeInBlock(first))
      first = ancestor;
  }
  if (!first)
    return;
  Operation *end = findHarm(first);
  OpBuilder builder(end);
  auto assertion = cf::AssertOp::create(builder, first->getLoc(), fits,
                                        "the workspace has room for it");
  assertion->setAttr("ad.limit", builder.getStringAttr("workspace"));
}

LogicalResult ArenaPlanner::guardAccesses(Value buffer, Value fits) {
  SmallVector<Operation *> readers;
  llvm::SetVector<Operation *> users;
  for (Value view : BufferViewFlowAnalysis(function).resolve(buffer)) {
    auto type = dyn_cast<MemRefType>(view.getType());
    if (!type || type.getRank() == 0 || !type.isDynamicDim(0))
      continue;
    // What leaves the region is the affair of the operation that returns it.
    for (OpOperand &use : view.getUses()) {
      if (!fits.getParentRegion()->isAncestor(
              use.getOwner()->getParentRegion()))
        continue;
      users.insert(use.getOwner());
      if (isRead(use))
        readers.push_back(use.getOwner());
    }
    if (fits.getParentRegion()->isAncestor(view.getParentRegion()))
      fitsOf[view] = fits;
  }
  auto guard = [&](OpOperand &index) {
    OpBuilder builder(index.getOwner());
    Location location = index.getOwner()->getLoc();
    Value zero = arith::ConstantIndexOp::create(builder, location, 0);
    index.set(
        arith::SelectOp::create(builder, location, fits, index.get(), zero));
  };
  assertFits(readers, fits);
  for (Operation *user : users) {
    if (auto load = dyn_cast<memref::LoadOp>(user)) {
      guard(load.getIndicesMutable()[0]);
    } else if (auto store = dyn_cast<memref::StoreOp>(user)) {
      guard(store.getIndicesMutable()[0]);
    } else if (auto row = dyn_cast<memref::SubViewOp>(user);
               row && row.getStaticSizes().front() == 1) {
      if (row.isDynamicOffset(0))
        guard(row.getOffsetsMutable()[0]);
      else if (row.getStaticOffset(0) != 0)
        return row.emitOpError(
            "takes a row of a buffer of dynamic size by a constant number");
    } else if (isa<linalg::LinalgOp>(user)) {
      // All of it at once: it is left out.
      OpBuilder builder(user);
      auto guarded = scf::IfOp::create(builder, user->getLoc(), fits,
                                       /*withElseRegion=*/false);
      user->moveBefore(guarded.thenBlock()->getTerminator());
    } else if (!isa<memref::DimOp, scf::ForOp, scf::YieldOp, scf::WhileOp,
                    scf::ConditionOp, memref::CastOp>(user)) {
      InFlightDiagnostic diagnostic = user->emitOpError(
          "uses a buffer of dynamic size in a way that has no plan");
      diagnostic.attachNote(user->getLoc())
          << "its size is what the program computes: give it the size that it "
             "has at most, and let 'atled.select' choose what of it counts";
      return diagnostic;
    }
  }
  return success();
}

void ArenaPlanner::passOn(func::CallOp call, int64_t frameOffset, Value top) {
  ImplicitLocOpBuilder b(call.getLoc(), OpBuilder(call));
  Value calleeFrame = arith::AddIOp::create(b, frame, constant(b, frameOffset));
  call.getOperandsMutable().append({base, calleeFrame, top, state});
}

/// The results of a branch that are buffers of dynamic size.
static SmallVector<unsigned> getReturnedBuffers(Operation *op) {
  SmallVector<unsigned> buffers;
  if (isa<scf::IfOp, scf::IndexSwitchOp>(op))
    for (auto [index, type] : llvm::enumerate(op->getResultTypes()))
      if (auto buffer = dyn_cast<MemRefType>(type);
          buffer && !buffer.hasStaticShape())
        buffers.push_back(index);
  return buffers;
}

/// Regions begin where the arena stands. A branch that returns buffers of its
/// own tells how far they reach, and whether they fit.
FailureOr<Value> ArenaPlanner::planRegions(Operation *op, Value top) {
  SmallVector<unsigned> returned = getReturnedBuffers(op);
  for (Region &region : op->getRegions())
    for (Block &block : region) {
      FailureOr<Value> end = planBlock(block, top);
      if (failed(end))
        return failure();
      if (returned.empty())
        continue;
      Operation *yield = block.getTerminator();
      OpBuilder builder(yield);
      SmallVector<Value> told = {*end};
      for (unsigned index : returned) {
        Value fits = fitsOf.lookup(yield->getOperand(index));
        told.push_back(fits ? fits
                            : arith::ConstantIntOp::create(
                                  builder, op->getLoc(), true, 1));
      }
      yield->insertOperands(yield->getNumOperands(), told);
    }
  if (returned.empty())
    return top;
  OpBuilder builder(op);
  OperationState state(op->getLoc(), op->getName());
  state.addOperands(op->getOperands());
  state.addTypes(op->getResultTypes());
  state.addTypes(builder.getIndexType());
  state.addTypes(SmallVector<Type>(returned.size(), builder.getI1Type()));
  state.attributes = op->getAttrDictionary();
  for (Region &region : op->getRegions())
    state.addRegion()->takeBody(region);
  Operation *extended = builder.create(state);
  unsigned numResults = op->getNumResults();
  op->replaceAllUsesWith(extended->getResults().take_front(numResults));
  op->erase();
  for (auto [position, index] : llvm::enumerate(returned))
    if (failed(guardAccesses(extended->getResult(index),
                             extended->getResult(numResults + 1 + position))))
      return failure();
  return Value(extended->getResult(numResults));
}

FailureOr<Value> ArenaPlanner::planBlock(Block &block, Value top) {
  FailureOr<Value> free = top;
  // What uses a buffer may be moved on the way.
  SmallVector<Operation *> operations =
      llvm::to_vector(llvm::make_pointer_range(block));
  for (Operation *op : operations) {
    if (auto offset = op->getAttrOfType<IntegerAttr>(frameOffsetName)) {
      op->removeAttr(frameOffsetName);
      if (auto alloc = dyn_cast<memref::AllocOp>(op))
        free = place(alloc, offset.getInt(), *free);
      else
        passOn(cast<func::CallOp>(op), offset.getInt(), *free);
    } else if (op->getNumRegions() != 0) {
      free = planRegions(op, *free);
    }
    if (failed(free))
      return failure();
  }
  return free;
}

LogicalResult ArenaPlanner::run() {
  Builder builder(function.getContext());
  Type types[] = {MemRefType::get({1}, builder.getI8Type()),
                  builder.getIndexType(), builder.getIndexType(),
                  MemRefType::get({2}, builder.getI64Type())};
  unsigned first = function.getNumArguments();
  for (Type type : types)
    (void)function.insertArgument(function.getNumArguments(), type, {},
                                  function.getLoc());
  base = function.getArgument(first);
  frame = function.getArgument(first + 1);
  state = function.getArgument(first + 3);
  function->setAttr(arenaAttrName, builder.getUnitAttr());
  return failure(failed(
      planBlock(function.getBody().front(), function.getArgument(first + 2))));
}

LogicalResult atled::planArena(func::FuncOp function) {
  return ArenaPlanner(function).run();
}
