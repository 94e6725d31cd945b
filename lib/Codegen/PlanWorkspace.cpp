//===- PlanWorkspace.cpp - Temporaries live in the caller's workspace -----===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Places every allocation of a function, and the workspace of every function
// that it calls, at a constant offset of one workspace argument. Buffers whose
// lifetimes do not meet share memory. Offsets depend on the program's text
// alone.
//
//===----------------------------------------------------------------------===//

#include "DynamicEntries.h"
#include "Lifetimes.h"
#include "PlanArena.h"
#include "PlanSlots.h"
#include "atled/Codegen/Passes.h"
#include "atled/Support/Attributes.h"
#include "atled/Support/ByteSize.h"
#include "atled/atled.h"
#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Remarks.h"
#include "llvm/Support/MathExtras.h"

namespace atled {
#define GEN_PASS_DEF_PLANWORKSPACEPASS
#include "atled/Codegen/Passes.h.inc"
} // namespace atled

using namespace atled;

/// A buffer of at most this many bytes goes to the stack, ...
static constexpr int64_t kMaxStackBuffer = 64;
/// ... while the function's stack buffers are no more than this together.
static constexpr int64_t kMaxStack = 4096;
/// No workspace is that large, and sums of two such sizes do not overflow.
static constexpr int64_t kMostBytes = int64_t(1) << 62;

//===----------------------------------------------------------------------===//
// Placement
//===----------------------------------------------------------------------===//

namespace {
/// Something that needs memory for a while: an allocation, or a call, for the
/// workspace of its callee. An allocation of dynamic size is in the arena; here
/// it has one row, for when that is full.
struct Buffer {
  Operation *op;
  int64_t size;
  Lifetime lifetime;
  int64_t offset = 0;
};
} // namespace

/// The tightest place for `size` bytes between `taken`, which is sorted by
/// offset and may overlap itself.
static int64_t findGap(ArrayRef<const Buffer *> taken, int64_t size) {
  int64_t best = -1, bestGap = std::numeric_limits<int64_t>::max(), end = 0;
  for (const Buffer *buffer : taken) {
    int64_t gap = buffer->offset - end;
    if (gap >= size && gap < bestGap) {
      best = end;
      bestGap = gap;
    }
    end = std::max(end, buffer->offset + buffer->size);
  }
  return best < 0 ? end : best;
}

/// Gives each buffer an offset, so that two that live at once do not overlap,
/// and returns the bytes needed. Sizes are multiples of the alignment.
static int64_t place(MutableArrayRef<Buffer> buffers) {
  SmallVector<Buffer *> order;
  for (Buffer &buffer : buffers)
    order.push_back(&buffer);
  // Largest first, and of equals the first.
  llvm::sort(order, [](const Buffer *a, const Buffer *b) {
    return std::pair(-a->size, a) < std::pair(-b->size, b);
  });

  int64_t total = 0;
  SmallVector<Buffer *> placed; // by offset
  for (Buffer *buffer : order) {
    SmallVector<const Buffer *> taken;
    for (Buffer *other : placed)
      if (other->lifetime.meets(buffer->lifetime))
        taken.push_back(other);
    buffer->offset = findGap(taken, buffer->size);
    total = std::max(total, buffer->offset + buffer->size);
    placed.insert(llvm::upper_bound(placed, buffer,
                                    [](const Buffer *a, const Buffer *b) {
                                      return a->offset < b->offset;
                                    }),
                  buffer);
  }
  return total;
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// The bytes of a buffer of static shape.
static int64_t getByteSize(MemRefType type) {
  int64_t bytes = getElementBytes(type.getElementType());
  for (int64_t extent : type.getShape())
    if (llvm::MulOverflow(bytes, extent, bytes))
      return kMostBytes;
  return std::min(bytes, kMostBytes);
}

/// A loop that runs as often as only a run tells, where that is what the size
/// of `alloc` depends on: a `while` that is counted first, or a `for` that uses
/// the buffer.
static Operation *findUnboundedLoop(memref::AllocOp alloc) {
  SetVector<Operation *> sources;
  BackwardSliceOptions options;
  options.inclusive = true;
  for (Value size : alloc.getDynamicSizes())
    (void)getBackwardSlice(size, &sources, options);
  for (Operation *source : sources)
    if (isa<scf::WhileOp>(source))
      return source;
  for (Operation *user : alloc->getUsers())
    for (auto loop = user->getParentOfType<scf::ForOp>();
         loop && !loop->isAncestor(alloc);
         loop = loop->getParentOfType<scf::ForOp>())
      if (!loop.getStaticTripCount())
        return loop;
  return nullptr;
}

static LogicalResult emitDynamicSize(memref::AllocOp alloc, func::FuncOp func) {
  InFlightDiagnostic diag =
      alloc.emitError("a dynamic dimension where a static one is needed: @")
      << func.getName() << " keeps a temporary of type " << alloc.getType()
      << ", and its workspace is planned at compile time";
  diag.attachNote(func.getLoc())
      << "give the arguments of @" << func.getName() << " static shapes";
  if (Operation *loop = findUnboundedLoop(alloc))
    diag.attachNote(loop->getLoc())
        << "or say with 'ad.max_iterations' on this loop how often it runs at "
           "most";
  return diag;
}

/// Puts a small buffer on the stack, at the start of the function.
static void moveToStack(memref::AllocOp alloc, func::FuncOp func) {
  OpBuilder builder = OpBuilder::atBlockBegin(&func.getBody().front());
  Value buffer = memref::AllocaOp::create(
      builder, alloc.getLoc(), alloc.getType(), alloc.getAlignmentAttr());
  alloc.replaceAllUsesWith(buffer);
  alloc.erase();
}

/// How much workspace the callee of `call`, which is planned, gets.
static int64_t getWorkspaceBytes(func::CallOp call,
                                 const SymbolTable &symbols) {
  return symbols.lookup(call.getCallee())
      ->getAttrOfType<IntegerAttr>(workspaceBytesAttrName)
      .getInt();
}

static bool isCompanion(func::CallOp call, const SymbolTable &symbols) {
  return symbols.lookup(call.getCallee())->hasAttr(companionAttrName);
}

/// Lists what needs memory in `func`, in the order of its text. Callees are
/// planned; `workspace_bytes` of each is known. What gets a slot is not in the
/// list.
static FailureOr<SmallVector<Buffer>> collectBuffers(func::FuncOp func,
                                                     const SymbolTable &symbols,
                                                     SlotPlanner *slots) {
  SmallVector<Buffer> buffers;
  int64_t stack = 0;
  WalkResult result = func.walk([&](Operation *op) {
    if (auto call = dyn_cast<func::CallOp>(op)) {
      if (isCompanion(call, symbols))
        return WalkResult::advance();
      // That of a declaration may be any number.
      int64_t size = std::min(getWorkspaceBytes(call, symbols), kMostBytes);
      buffers.push_back(
          {op, int64_t(llvm::alignTo(size, ATLED_WORKSPACE_ALIGN)), {}});
      return WalkResult::advance();
    }
    auto alloc = dyn_cast<memref::AllocOp>(op);
    if (!alloc)
      return WalkResult::advance();
    MemRefType type = alloc.getType();
    if (failed(verifyNumbers(alloc.getLoc(), type)))
      return WalkResult::interrupt();
    if (slots && !type.hasStaticShape() && slots->add(alloc))
      return WalkResult::advance();
    if (canBeInArena(type)) {
      int64_t row =
          llvm::alignTo(getByteSize(getRowType(type)), ATLED_WORKSPACE_ALIGN);
      buffers.push_back({op, row, {}});
      return WalkResult::advance();
    }
    if (!type.hasStaticShape())
      return WalkResult(emitDynamicSize(alloc, func));
    int64_t size = getByteSize(type);
    if (size <= kMaxStackBuffer && stack + size <= kMaxStack) {
      stack += size;
      moveToStack(alloc, func);
    } else {
      buffers.push_back(
          {op, int64_t(llvm::alignTo(size, ATLED_WORKSPACE_ALIGN)), {}});
    }
    return WalkResult::advance();
  });
  if (result.wasInterrupted())
    return failure();
  return buffers;
}

/// Replaces `buffer` by its piece of `workspace`.
static void useWorkspace(const Buffer &buffer, Value workspace,
                         const SymbolTable &symbols) {
  OpBuilder builder(buffer.op);
  Location loc = buffer.op->getLoc();
  Value offset = arith::ConstantIndexOp::create(builder, loc, buffer.offset);
  if (auto alloc = dyn_cast<memref::AllocOp>(buffer.op)) {
    alloc.replaceAllUsesWith(memref::ViewOp::create(builder, loc,
                                                    alloc.getType(), workspace,
                                                    offset, ValueRange())
                                 .getResult());
    alloc.erase();
    return;
  }
  auto call = cast<func::CallOp>(buffer.op);
  Value size = arith::ConstantIndexOp::create(builder, loc,
                                              getWorkspaceBytes(call, symbols));
  SmallVector<Value> operands(call.getOperands());
  operands.push_back(memref::ViewOp::create(
      builder, loc, cast<MemRefType>(workspace.getType()), workspace, offset,
      size));
  auto updated = func::CallOp::create(
      builder, loc, symbols.lookup<func::FuncOp>(call.getCallee()), operands);
  updated->setDiscardableAttrs(call->getDiscardableAttrDictionary());
  call.replaceAllUsesWith(updated.getResults());
  call.erase();
}

/// Whether `buffer` is in the arena, or hands it on.
static bool usesArena(const Buffer &buffer, const SymbolTable &symbols) {
  if (auto call = dyn_cast<func::CallOp>(buffer.op))
    return hasArena(symbols.lookup<func::FuncOp>(call.getCallee()));
  return !cast<memref::AllocOp>(buffer.op).getType().hasStaticShape();
}

/// Plans one function whose callees are planned.
/// What all buffers take together has to be a size.
static LogicalResult checkTotal(ArrayRef<Buffer> buffers, func::FuncOp func) {
  int64_t total = 0;
  for (const Buffer &buffer : buffers) {
    if (!llvm::AddOverflow(total, buffer.size, total) && total < kMostBytes)
      continue;
    return emitError(buffer.op->getLoc())
           << "this is too large: with it, the temporaries of @"
           << func.getName() << " have 2^62 bytes or more";
  }
  return success();
}

/// A function without a body gets as much workspace as its declaration says.
static void planDeclaration(func::FuncOp func) {
  Builder builder(func.getContext());
  if (!func->getAttrOfType<IntegerAttr>(workspaceBytesAttrName))
    func->setAttr(workspaceBytesAttrName, builder.getI64IntegerAttr(0));
  SmallVector<Type> types(func.getArgumentTypes());
  types.push_back(MemRefType::get({ShapedType::kDynamic}, builder.getI8Type()));
  func.setType(builder.getFunctionType(types, func.getResultTypes()));
}

static LogicalResult planFunction(func::FuncOp func,
                                  const SymbolTable &symbols) {
  std::optional<SlotPlanner> slots;
  if (func->hasAttr(extentsAttrName))
    slots.emplace(func);
  FailureOr<SmallVector<Buffer>> buffers =
      collectBuffers(func, symbols, slots ? &*slots : nullptr);
  if (failed(buffers))
    return failure();
  Lifetimes lifetimes(func);
  for (Buffer &buffer : *buffers)
    buffer.lifetime = isa<func::CallOp>(buffer.op)
                          ? lifetimes.of(buffer.op)
                          : lifetimes.of(buffer.op->getResult(0));
  if (failed(checkTotal(*buffers, func)))
    return failure();
  int64_t total = place(*buffers);
  if (slots)
    slots->assign(lifetimes, total);
  remark::analysis(
      func.getLoc(),
      remark::RemarkOpts::name("workspace").category("atled-plan-workspace"))
      << remark::metric("bytes", total)
      << remark::metric("buffers", buffers->size());

  bool needsArena = false;
  for (const Buffer &buffer : *buffers)
    if (usesArena(buffer, symbols)) {
      setFrameOffset(buffer.op, buffer.offset);
      needsArena = true;
    }
  // What is in the arena alone has its place then.
  llvm::erase_if(*buffers, [](const Buffer &buffer) {
    auto alloc = dyn_cast<memref::AllocOp>(buffer.op);
    return alloc && !alloc.getType().hasStaticShape();
  });
  if (needsArena && failed(planArena(func)))
    return failure();

  Builder builder(func.getContext());
  auto type = MemRefType::get({ShapedType::kDynamic}, builder.getI8Type());
  if (failed(
          func.insertArgument(func.getNumArguments(), type, {}, func.getLoc())))
    return failure();
  Value workspace = func.getArguments().back();
  for (const Buffer &buffer : *buffers)
    useWorkspace(buffer, workspace, symbols);
  if (slots)
    slots->place(workspace);
  viewReshapes(func);
  func->setAttr(workspaceBytesAttrName, builder.getI64IntegerAttr(total));
  return success();
}

namespace {
/// Plans functions callees first.
class Planner {
public:
  explicit Planner(ModuleOp module) : symbols(module) {}

  LogicalResult plan(func::FuncOp func) {
    if (planned.contains(func) || func->hasAttr(companionAttrName))
      return success();
    if (func.isDeclaration()) {
      planDeclaration(func);
      planned.insert(func);
      return success();
    }
    callers.insert(func);
    WalkResult result = func.walk([&](func::CallOp call) {
      auto callee = symbols.lookup<func::FuncOp>(call.getCallee());
      if (callers.contains(callee))
        return WalkResult(
            call.emitError("@")
            << callee.getName() << " calls itself here"
            << (callee == func ? "" : ", by way of other functions")
            << "; recursion has no workspace of constant size");
      return WalkResult(plan(callee));
    });
    callers.remove(func);
    planned.insert(func);
    return failure(result.wasInterrupted() ||
                   failed(planFunction(func, symbols)));
  }

private:
  SymbolTable symbols;
  llvm::SetVector<Operation *> callers;
  DenseSet<Operation *> planned;
};

struct PlanWorkspacePass
    : atled::impl::PlanWorkspacePassBase<PlanWorkspacePass> {
  void runOnOperation() override {
    Planner planner(getOperation());
    for (auto func : getOperation().getOps<func::FuncOp>())
      if (failed(planner.plan(func)))
        return signalPassFailure();
  }
};
} // namespace
