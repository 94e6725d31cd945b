//===- OutlineParts.cpp - Large functions in parts ------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// LLVM's loop passes take time that grows with the square of the number of
// loops in a function, and every operation of a program is a few loops. So
// neighbours in a function with many loops move into functions of their own:
//
//   for %i = ... { ... }            call @f.part(%x, %workspace)
//   for %i = ... { ... }     =>     call @f.part_0(%y, %workspace)
//   ...
//
// A call for so many loops costs nothing at run time.
//
//===----------------------------------------------------------------------===//

#include "atled/Support/Attributes.h"
#include "atled/Target/CPU/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallVectorExtras.h"
#include "llvm/Support/MathExtras.h"

namespace atled {
#define GEN_PASS_DEF_OUTLINEPARTSPASS
#include "atled/Target/CPU/Passes.h.inc"
} // namespace atled

using namespace atled;

/// How many loops `op` adds to its function; chunks get one of their own.
static int64_t countLoops(Operation *op) {
  int64_t count = 0;
  op->walk<WalkOrder::PreOrder>([&](Operation *nested) {
    count += isa<LoopLikeOpInterface>(nested);
    return isa<scf::ForallOp>(nested) ? WalkResult::skip()
                                      : WalkResult::advance();
  });
  return count;
}

static int64_t countLoops(ArrayRef<Operation *> ops) {
  int64_t count = 0;
  for (Operation *op : ops)
    count += countLoops(op);
  return count;
}

/// Whether `op` may as well run more than once, or not at all.
static bool canBeRepeated(Operation *op) {
  return op->getNumRegions() == 0 && isMemoryEffectFree(op);
}

/// Whether a part computes by itself what `op` does, if it is outside.
static bool isConstantOrView(Operation *op) {
  return canBeRepeated(op) &&
         (op->hasTrait<OpTrait::ConstantLike>() ||
          llvm::all_of(op->getResultTypes(), [](Type type) {
            return isa<BaseMemRefType, LLVM::LLVMPointerType>(type);
          }));
}

/// Whether a function can take `value`. A view could overlap other arguments,
/// and arguments are known not to.
static bool canBePassed(Value value) {
  if (value.getType().isIntOrIndexOrFloat())
    return !matchPattern(value, m_Constant());
  auto argument = dyn_cast<BlockArgument>(value);
  bool isOfFunction =
      argument && isa<func::FuncOp>(argument.getOwner()->getParentOp());
  auto buffer = dyn_cast<MemRefType>(value.getType());
  if (!buffer)
    return isOfFunction && isa<LLVM::LLVMPointerType>(value.getType());
  return (isOfFunction || value.getDefiningOp<memref::AllocaOp>()) &&
         buffer.hasStaticShape() && buffer.getLayout().isIdentity();
}

//===----------------------------------------------------------------------===//
// One part
//===----------------------------------------------------------------------===//

namespace {
/// Neighbours in a block, on their way into a function.
class Part {
public:
  explicit Part(ArrayRef<Operation *> ops)
      : ops(ops), block(ops.front()->getBlock()),
        function(ops.front()->getParentOfType<func::FuncOp>()),
        members(llvm::from_range, ops) {
    unsigned last = function.getNumArguments();
    if (function->hasAttr(workspaceBytesAttrName))
      workspace = function.getArgument(--last);
    if (function->hasAttr(statusAttrName))
      status = function.getArgument(--last);
  }

  /// What can move, without what has to stay between; all of it, or else each
  /// may have to be cut again.
  SmallVector<ArrayRef<Operation *>> findMovable() {
    keepWithoutOperands();
    keepUsedBehind();
    return getRuns();
  }
  /// Replaces them by a call. None of them has to stay.
  void outline(SymbolTable &symbols);

private:
  bool contains(Operation *op) const {
    Operation *ancestor = block->findAncestorOpInBlock(*op);
    return ancestor && members.contains(ancestor);
  }
  bool contains(Value value) const {
    return contains(value.getDefiningOp()
                        ? value.getDefiningOp()
                        : value.getParentBlock()->getParentOp());
  }

  /// Takes out what uses something that cannot be brought.
  void keepWithoutOperands();
  /// Takes out what something behind the part depends on. What can be repeated
  /// may be in both.
  void keepUsedBehind();
  /// The neighbours that are left.
  SmallVector<ArrayRef<Operation *>> getRuns() const;
  /// Notes how the function comes by `value`, from outside; false if it cannot.
  bool bring(Value value);
  /// Whether `op` is memory for what the part alone hands on. Filled outside,
  /// it would lead to buffers that the part also takes.
  bool isOwnMemory(Operation *op) const {
    return isa<LLVM::AllocaOp>(op) &&
           llvm::all_of(op->getUsers(),
                        [&](Operation *user) { return contains(user); });
  }

  ArrayRef<Operation *> ops;
  Block *block;
  func::FuncOp function;
  DenseSet<Operation *> members;
  /// The last arguments of a function that has them.
  Value status, workspace;
  /// What the function takes, and what it computes again.
  llvm::SetVector<Value> passed;
  llvm::SetVector<Operation *> repeated;
  bool failing = false;
};
} // namespace

void Part::keepWithoutOperands() {
  for (Operation *op : ops) {
    WalkResult result = op->walk([&](Operation *nested) {
      return WalkResult(
          success(llvm::all_of(nested->getOperands(), [&](Value operand) {
            return contains(operand) || bring(operand);
          })));
    });
    if (result.wasInterrupted())
      members.erase(op);
  }
}

void Part::keepUsedBehind() {
  DenseSet<Operation *> inBoth;
  for (Operation *op : llvm::reverse(ops)) {
    bool isUsed = llvm::any_of(op->getUsers(), [&](Operation *user) {
      return !contains(user) ||
             inBoth.contains(block->findAncestorOpInBlock(*user));
    });
    if (!isUsed)
      continue;
    if (canBeRepeated(op))
      inBoth.insert(op);
    else
      members.erase(op);
  }
}

SmallVector<ArrayRef<Operation *>> Part::getRuns() const {
  SmallVector<ArrayRef<Operation *>> runs;
  ArrayRef<Operation *> rest = ops;
  auto isMember = [&](Operation *op) { return members.contains(op); };
  while (!rest.empty()) {
    ArrayRef<Operation *> run = rest.take_while(isMember);
    if (!run.empty())
      runs.push_back(run);
    rest = rest.drop_front(run.size()).drop_until(isMember);
  }
  return runs;
}

bool Part::bring(Value value) {
  if (value == workspace)
    return true;
  if (value == status)
    return failing = true;
  if (canBePassed(value)) {
    passed.insert(value);
    return true;
  }
  Operation *op = value.getDefiningOp();
  if (op && repeated.contains(op))
    return true;
  if (!op || !(isConstantOrView(op) || isOwnMemory(op)) ||
      !llvm::all_of(op->getOperands(),
                    [&](Value operand) { return bring(operand); }))
    return false;
  repeated.insert(op);
  return true;
}

void Part::outline(SymbolTable &symbols) {
  SmallVector<Value> inputs = passed.takeVector();
  if (failing)
    inputs.push_back(status);
  if (workspace)
    inputs.push_back(workspace);

  ImplicitLocOpBuilder b(ops.front()->getLoc(), function);
  auto part = func::FuncOp::create(
      b, function.getLoc(), (function.getName() + ".part").str(),
      b.getFunctionType(ValueRange(inputs).getTypes(), TypeRange()));
  part.setPrivate();
  part->setAttr("passthrough", b.getStrArrayAttr({"noinline"}));
  if (failing)
    part->setAttr(statusAttrName, b.getUnitAttr());
  if (Attribute bytes = function->getAttr(workspaceBytesAttrName))
    part->setAttr(workspaceBytesAttrName, bytes);
  symbols.insert(part);

  b.setInsertionPointToEnd(part.addEntryBlock());
  IRMapping inside;
  inside.map(inputs, part.getArguments());
  for (Operation *op : repeated)
    b.clone(*op, inside);
  for (Operation *op : ops)
    b.clone(*op, inside);
  func::ReturnOp::create(b);

  b.setInsertionPointAfter(ops.back());
  func::CallOp::create(b, part, inputs);
  for (Operation *op : llvm::reverse(ops))
    if (op->use_empty())
      op->erase();
}

//===----------------------------------------------------------------------===//
// All parts
//===----------------------------------------------------------------------===//

/// Moves `ops` into functions: one, unless something between them has to stay.
/// Few loops stay, too.
static void outline(ArrayRef<Operation *> ops, int64_t fewest,
                    SymbolTable &symbols) {
  SmallVector<ArrayRef<Operation *>> pending = {ops};
  while (!pending.empty()) {
    ops = pending.pop_back_val();
    if (countLoops(ops) < fewest)
      continue;
    Part part(ops);
    SmallVector<ArrayRef<Operation *>> movable = part.findMovable();
    if (movable.size() == 1 && movable.front().size() == ops.size())
      part.outline(symbols);
    else
      llvm::append_range(pending, movable);
  }
}

/// Cuts `block` into parts of about the same size, with at most `limit` loops
/// each.
static void cut(Block &block, int64_t limit, SymbolTable &symbols) {
  auto ops = llvm::map_to_vector(block.without_terminator(),
                                 [](Operation &op) { return &op; });
  int64_t total = countLoops(ops);
  if (total <= limit)
    return;
  int64_t size = llvm::divideCeil(total, llvm::divideCeil(total, limit));
  SmallVector<Operation *> part;
  int64_t count = 0;
  auto close = [&] {
    outline(part, /*fewest=*/llvm::divideCeil(limit, 8), symbols);
    part.clear();
    count = 0;
  };
  for (Operation *op : ops) {
    int64_t loops = countLoops(op);
    if (count + loops > size)
      close();
    if (loops > limit) {
      for (Region &region : op->getRegions())
        for (Block &inner : region)
          cut(inner, limit, symbols);
      continue;
    }
    part.push_back(op);
    count += loops;
  }
  close();
}

namespace {
struct OutlinePartsPass : atled::impl::OutlinePartsPassBase<OutlinePartsPass> {
  using OutlinePartsPassBase::OutlinePartsPassBase;

  void runOnOperation() override {
    if (loops < 1) {
      getOperation().emitError("the most loops of a part are ")
          << int64_t(loops) << ", and have to be 1 or more";
      return signalPassFailure();
    }
    SymbolTable symbols(getOperation());
    for (auto function :
         llvm::make_early_inc_range(getOperation().getOps<func::FuncOp>()))
      if (!function.isDeclaration())
        cut(function.front(), loops, symbols);
  }
};
} // namespace
