//===- Residuals.cpp - What the way back needs of the primal --------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which values to keep is a minimum cut: between what can only be computed by
// the primal and what the way back uses, through operations that are cheap to
// run again (Chen, Xu, Zhang, Guestrin: Training deep nets with sublinear
// memory cost, 2016, state the trade; the cut makes it exact).
//
//===----------------------------------------------------------------------===//

#include "Residuals.h"
#include "ControlFlow/Iterations.h"
#include "DeadValues.h"
#include "MinCut.h"
#include "ResidualReport.h"
#include "atled/Interfaces/DifferentiableOpInterface.h"
#include "atled/Support/ByteSize.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace atled;

/// Sums of costs must not overflow.
static constexpr int64_t mostBytes = std::numeric_limits<int64_t>::max() >> 8;

int64_t atled::estimateBytes(Type type) {
  constexpr int64_t unknownExtent = 1024, unknownBytes = 1 << 20;
  auto shaped = dyn_cast<ShapedType>(type);
  Type element = shaped ? shaped.getElementType() : type;
  int64_t bytes =
      hasElementBytes(element) ? getElementBytes(element) : unknownBytes;
  if (!shaped || !shaped.hasRank())
    return bytes;
  for (int64_t extent : shaped.getShape())
    if (llvm::MulOverflow(
            bytes, ShapedType::isDynamic(extent) ? unknownExtent : extent,
            bytes))
      return mostBytes;
  // A stack of nothing still costs a little.
  return std::clamp<int64_t>(bytes, 1, mostBytes);
}

//===----------------------------------------------------------------------===//
// Planning
//===----------------------------------------------------------------------===//

static llvm::MapVector<Value, SmallVector<OpOperand *>>
findCrossingUses(Block &primal, Block &reverse) {
  llvm::MapVector<Value, SmallVector<OpOperand *>> uses;
  reverse.walk([&](Operation *op) {
    for (OpOperand &operand : op->getOpOperands())
      if (operand.get().getParentBlock() == &primal)
        uses[operand.get()].push_back(&operand);
  });
  return uses;
}

SmallVector<Value> atled::findCrossingValues(Block &primal, Block &reverse) {
  eraseDeadOperations(reverse);
  return llvm::to_vector(
      llvm::make_first_range(findCrossingUses(primal, reverse)));
}

/// Whether to run `op` again is better than to keep what it computes.
static bool isCheap(Operation *op) {
  if (op->getNumRegions() != 0 || !isMemoryEffectFree(op))
    return false;
  if (auto rule = dyn_cast<DifferentiableOpInterface>(op))
    return rule.isCheap();
  // Made out of nothing, or scalars made of anything.
  auto isScalar = [](Type type) { return type.isIntOrIndexOrFloat(); };
  return llvm::all_of(op->getOperandTypes(), isScalar) ||
         llvm::all_of(op->getResultTypes(), isScalar);
}

/// The most times that `block` runs for each time that `value` is computed,
/// around it; nothing if that is not known. A way back that is being built is
/// in no operation yet, and goes beside what it is the way back of.
static std::optional<int64_t> countRuns(Block &block, Value value) {
  int64_t runs = 1;
  for (Operation *op = block.getParentOp(); op; op = op->getParentOp()) {
    if (isa<LoopLikeOpInterface>(op)) {
      auto loop = dyn_cast<scf::ForOp>(op);
      std::optional<int64_t> most;
      if (loop)
        most = getMostIterations(loop);
      if (!most || llvm::MulOverflow(runs, *most, runs))
        return std::nullopt;
    }
    if (op->getBlock() == value.getParentBlock())
      break;
  }
  return runs;
}

/// How many parts of `value`, which is computed around `block`, its way back
/// would keep instead of it; nothing where `value` is there anyway, or if that
/// is not known. What is computed once, outside of all loops, counts as there
/// if a loop would keep parts of it.
static std::optional<int64_t> countParts(Value value, Block &block) {
  Operation *op = value.getDefiningOp();
  bool isMadeOfNothing = op && op->getNumOperands() == 0;
  bool isArgument =
      !op && isa<FunctionOpInterface>(value.getParentBlock()->getParentOp());
  if (isMadeOfNothing || isArgument)
    return std::nullopt;
  std::optional<int64_t> runs = countRuns(block, value);
  if (runs != 1 &&
      !value.getParentRegion()->getParentOfType<LoopLikeOpInterface>())
    return std::nullopt;
  return runs;
}

/// Whether `op` reads little of much that is from outside of its block: what
/// it reads is better kept than that.
static bool readsPartFromOutside(Operation *op) {
  int64_t bytes = 0;
  for (Type type : op->getResultTypes())
    bytes += estimateBytes(type);
  return llvm::any_of(op->getOperands(), [&](Value operand) {
    int64_t limit = estimateBytes(operand.getType()) / 2;
    if (operand.getParentBlock() == op->getBlock() || limit < bytes)
      return false;
    std::optional<int64_t> parts = countParts(operand, *op->getBlock());
    return parts && *parts <= limit / bytes;
  });
}

SmallVector<Value> atled::getUsedValues(Operation *op) {
  llvm::SetVector<Value> used(op->operand_begin(), op->operand_end());
  getUsedValuesDefinedAbove(op->getRegions(), used);
  return used.takeVector();
}

namespace {
/// The values of a block that matter to those that cross, as nodes of a graph.
class ResidualGraph {
public:
  ResidualGraph(Block &primal, const IRMapping &available,
                function_ref<std::optional<int64_t>(Value)> getCost)
      : primal(primal), available(available), getCost(getCost) {}

  void addCrossing(Value value) {
    if (isPresent(value))
      return;
    cut.addSink(getNode(value));
    needed.insert(value);
  }

  /// Sets `kept` and `recomputed` of `plan`.
  void solve(ResidualPlan &plan);

private:
  /// Whether the way back has `value` anyway.
  bool isPresent(Value value) const {
    return value.getParentBlock() != &primal || available.contains(value);
  }
  unsigned getNode(Value value);

  Block &primal;
  const IRMapping &available;
  function_ref<std::optional<int64_t>(Value)> getCost;
  MinCut cut;
  DenseMap<Value, unsigned> nodes;
  DenseSet<Value> needed;
};
} // namespace

unsigned ResidualGraph::getNode(Value value) {
  auto [it, inserted] = nodes.try_emplace(value, 0);
  if (!inserted)
    return it->second;
  std::optional<int64_t> cost = getCost(value);
  unsigned node = it->second = cut.addNode(cost.value_or(mostBytes));
  Operation *op = value.getDefiningOp();
  if (!op || (cost && (!isCheap(op) || readsPartFromOutside(op)))) {
    cut.addSource(node);
    return node;
  }
  for (Value operand : getUsedValues(op))
    if (!isPresent(operand))
      cut.addEdge(getNode(operand), node);
  return node;
}

void ResidualGraph::solve(ResidualPlan &plan) {
  llvm::BitVector isCut = cut.solve();
  auto isKept = [&](Value value) {
    auto it = nodes.find(value);
    return it != nodes.end() && isCut[it->second];
  };
  // From the last operation to the first: what is needed and not kept is
  // computed again, and needs its operands.
  for (Operation &op : llvm::reverse(primal)) {
    bool runsAgain = false;
    for (Value result : op.getResults())
      if (needed.contains(result))
        (isKept(result) ? plan.kept.push_back(result) : void(runsAgain = true));
    if (!runsAgain)
      continue;
    plan.recomputed.push_back(&op);
    for (Value operand : getUsedValues(&op))
      if (!isPresent(operand))
        needed.insert(operand);
  }
  for (BlockArgument argument : llvm::reverse(primal.getArguments()))
    if (needed.contains(argument))
      plan.kept.push_back(argument);
  std::reverse(plan.kept.begin(), plan.kept.end());
  std::reverse(plan.recomputed.begin(), plan.recomputed.end());
}

ResidualPlan
atled::planResiduals(Block &primal, Block &reverse, const IRMapping &available,
                     function_ref<std::optional<int64_t>(Value)> getCost) {
  eraseDeadOperations(reverse);
  ResidualPlan plan;
  plan.uses = findCrossingUses(primal, reverse);
  ResidualGraph graph(primal, available, getCost);
  for (auto &[value, uses] : plan.uses)
    graph.addCrossing(value);
  graph.solve(plan);
  return plan;
}

void atled::applyResiduals(const ResidualPlan &plan, OpBuilder &builder,
                           IRMapping &replacements) {
  for (Operation *op : plan.recomputed)
    builder.clone(*op, replacements);
  for (auto &[value, uses] : plan.uses)
    for (OpOperand *use : uses)
      use->set(replacements.lookup(value));
}

//===----------------------------------------------------------------------===//
// Between the halves of a function
//===----------------------------------------------------------------------===//

/// Tells `report` of what is kept and has to be computed: the caller has the
/// arguments.
static void reportComputed(ResidualReport &report, ResidualPlan plan) {
  llvm::erase_if(plan.kept,
                 [](Value value) { return isa<BlockArgument>(value); });
  report.record(plan, plan.kept);
}

void atled::reportResiduals(ResidualReport &report, Block &primal,
                            Block &reverse) {
  ResidualPlan plan;
  for (auto &[value, uses] : findCrossingUses(primal, reverse)) {
    Operation *op = value.getDefiningOp();
    bool isReturned = llvm::all_of(uses, [](OpOperand *use) {
      return isa<func::ReturnOp>(use->getOwner());
    });
    bool isMadeOfNothing = op && op->getNumOperands() == 0;
    if (isReturned || isMadeOfNothing)
      continue;
    plan.kept.push_back(value);
    plan.uses.insert({value, uses});
  }
  reportComputed(report, plan);
}

static void updateType(func::FuncOp function) {
  Block &body = function.getBody().front();
  function.setType(FunctionType::get(function.getContext(),
                                     body.getArgumentTypes(),
                                     body.getTerminator()->getOperandTypes()));
}

/// The reverse half was built as if it stood below the primal half:
///
///   func @f.fwd(%x) { %y = sin %x; return %y }
///   func @f.bwd(%dy) { %c = cos %x; %dx = mul %dy, %c; return %dx }
///
/// Here the uses that cross over become residuals:
///
///   func @f.bwd(%x, %dy) { ... }
void atled::passResiduals(SplitFunction &split, ResidualReport *report) {
  Block &primal = split.primal.getBody().front();
  Block &reverse = split.reverse.getBody().front();
  Operation *primalReturn = primal.getTerminator();
  SmallVector<Value> returned(primalReturn->getOperands());
  // What the caller has costs nothing.
  auto getCost = [&](Value value) {
    bool isThere =
        isa<BlockArgument>(value) || llvm::is_contained(returned, value);
    return isThere ? 0 : estimateBytes(value.getType());
  };
  IRMapping replacements;
  ResidualPlan plan = planResiduals(primal, reverse, replacements, getCost);
  if (report)
    reportComputed(*report, plan);

  for (Value value : plan.kept) {
    replacements.map(value,
                     reverse.insertArgument(split.residuals.size(),
                                            value.getType(), value.getLoc()));
    if (auto argument = dyn_cast<BlockArgument>(value)) {
      split.residuals.push_back(
          {SplitFunction::Residual::Argument, argument.getArgNumber()});
      continue;
    }
    auto it = llvm::find(returned, value);
    unsigned index = it - returned.begin();
    if (it == returned.end())
      returned.push_back(value);
    split.residuals.push_back({SplitFunction::Residual::Result, index});
  }
  auto builder = OpBuilder::atBlockBegin(&reverse);
  applyResiduals(plan, builder, replacements);
  primalReturn->setOperands(returned);
  updateType(split.primal);
  updateType(split.reverse);
}
