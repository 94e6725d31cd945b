//===- SkipUnwanted.cpp - What nobody wants is not computed ---------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A caller says at run time which results of a function he wants. Neighbours
// that serve the same set of results form a group, and a group runs if one of
// its results is wanted. Operations stay in their order, as far as that is
// possible: it decides how much memory they need.
//
//   %h = ...                       %h = ...
//   %a = f(%h)                     %a = if wanted[0] { yield f(%h) }
//   %b = g(%h)                     %b = if wanted[1] { yield g(%h) }
//   return %a, %b                  return %a, %b
//
// What a branch yields that is not taken may be anything. So whatever runs in
// any case reads only what is computed in any case: a loop over what is not
// there might not end.
//
//===----------------------------------------------------------------------===//

#include "ExtentResolver.h"
#include "atled/Codegen/Passes.h"
#include "atled/Support/Attributes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include <list>

namespace atled {
#define GEN_PASS_DEF_SKIPUNWANTEDPASS
#include "atled/Codegen/Passes.h.inc"
} // namespace atled

using namespace atled;

/// Which results something serves, a bit each.
using Results = llvm::BitVector;

/// Where nothing is computed and no tensor is read: rather made again for each
/// who needs it.
static bool isCheap(Operation *op) {
  if (isa<tensor::EmptyOp, tensor::CollapseShapeOp, tensor::ExpandShapeOp,
          tensor::ExtractSliceOp, tensor::CastOp>(op) ||
      op->hasTrait<OpTrait::ConstantLike>())
    return true;
  return op->getNumRegions() == 0 && isPure(op) &&
         !isa<tensor::ExtractOp>(op) &&
         llvm::none_of(op->getResultTypes(), llvm::IsaPred<ShapedType>);
}

/// What stands for `value` where it is not computed; null where there is no
/// such thing, as for a tensor whose size is not known then.
static Value buildAbsent(OpBuilder &builder, Value value) {
  if (isa<RankedTensorType>(value.getType()))
    return createEmptyLike(builder, value);
  if (!value.getType().isIntOrIndexOrFloat())
    return {};
  return arith::ConstantOp::create(builder, value.getLoc(),
                                   builder.getZeroAttr(value.getType()));
}

/// Whether `op` does something besides computing its results. Calls of the
/// functions in `pure` do not.
static bool hasEffect(Operation *op, const DenseSet<Operation *> &pure) {
  WalkResult result = op->walk([&](Operation *nested) {
    if (auto call = dyn_cast<func::CallOp>(nested))
      return WalkResult(success(pure.contains(
          SymbolTable::lookupNearestSymbolFrom(call, call.getCalleeAttr()))));
    return WalkResult(
        success(nested->hasTrait<OpTrait::HasRecursiveMemoryEffects>() ||
                isa<func::FuncOp>(nested) || isMemoryEffectFree(nested)));
  });
  return result.wasInterrupted();
}

//===----------------------------------------------------------------------===//
// One function
//===----------------------------------------------------------------------===//

namespace {
/// Neighbours that serve the same results, in their order.
struct Group {
  Results results;
  std::list<Operation *> ops;
};

class FunctionSkipper {
public:
  FunctionSkipper(func::FuncOp function, const DenseSet<Operation *> &pure)
      : function(function), pure(pure) {}

  /// Finds out what serves which results.
  void analyze();

  /// Whether some operation serves some results and no others.
  bool hasGroups() const { return !isOneGroup; }

  /// The calls whose results do not all serve the same, and what each serves.
  const llvm::MapVector<func::CallOp, SmallVector<Results>> &getCalls() const {
    return calls;
  }

  /// Adds the argument that says what is wanted, and the branches.
  void transform();

  /// Whether one of `results` is wanted, a value at the start of the function.
  Value buildIsWanted(const Results &results);

private:
  Block &getBlock() { return function.getBody().front(); }
  SmallVector<Operation *> listBackwards() {
    SmallVector<Operation *> ops;
    for (Operation &op : llvm::reverse(getBlock().without_terminator()))
      ops.push_back(&op);
    return ops;
  }
  Results getUse(OpOperand &use);
  Results getUses(Value value);
  bool isUnconditional(const Results &results) const {
    return results.none() || results.all();
  }
  SmallVector<Group> makeGroups();
  void copyToGroups(Operation *cheap, MutableArrayRef<Group> groups,
                    Operation *&rest);
  bool isReadBy(const Group &group, const DenseSet<Operation *> &ops);
  bool guard(const Group &group);
  void eraseDead();

  func::FuncOp function;
  const DenseSet<Operation *> &pure;
  /// For each operation of the block; all bits where it has to run.
  DenseMap<Operation *, Results> served;
  llvm::MapVector<func::CallOp, SmallVector<Results>> calls;
  bool isOneGroup = true;
  /// The conditions at the start: which result is wanted, and which of two.
  DenseMap<unsigned, Value> bits;
  DenseMap<std::pair<Value, Value>, Value> eithers;
  Operation *lastCondition = nullptr;
};
} // namespace

/// Residuals are wanted by whoever goes back, and what takes the place of an
/// input by everybody.
static bool isAlwaysWanted(func::FuncOp function, unsigned result) {
  if (function.getResultAttr(result, "ad.residual"))
    return true;
  auto place =
      function.getResultAttrOfType<IntegerAttr>(result, inPlaceAttrName);
  return place && !function.getArgAttr(place.getInt(), accumulatorAttrName);
}

Results FunctionSkipper::getUse(OpOperand &use) {
  Operation *user = getBlock().findAncestorOpInBlock(*use.getOwner());
  if (user != getBlock().getTerminator())
    return served.lookup(user);
  Results results(function.getNumResults());
  if (isAlwaysWanted(function, use.getOperandNumber()))
    results.set();
  else
    results.set(use.getOperandNumber());
  return results;
}

Results FunctionSkipper::getUses(Value value) {
  Results results(function.getNumResults());
  for (OpOperand &use : value.getUses())
    results |= getUse(use);
  return results;
}

void FunctionSkipper::analyze() {
  for (Operation &op : llvm::reverse(getBlock().without_terminator())) {
    Results results(function.getNumResults());
    SmallVector<Results> ofEach;
    for (Value result : op.getResults()) {
      ofEach.push_back(getUses(result));
      results |= ofEach.back();
    }
    if (auto call = dyn_cast<func::CallOp>(op);
        call && !llvm::all_equal(ofEach))
      calls[call] = std::move(ofEach);
    if (hasEffect(&op, pure))
      results.set();
    if (!isUnconditional(results) && !isCheap(&op))
      isOneGroup = false;
    served[&op] = std::move(results);
  }
}

void FunctionSkipper::eraseDead() {
  for (Operation *op : listBackwards())
    if (served.lookup(op).none()) {
      if (auto call = dyn_cast<func::CallOp>(op))
        calls.erase(call);
      served.erase(op);
      op->erase();
    }
}

/// What is cheap belongs to no group.
SmallVector<Group> FunctionSkipper::makeGroups() {
  SmallVector<Group> groups;
  for (Operation &op : getBlock().without_terminator()) {
    if (isCheap(&op))
      continue;
    const Results &results = served.lookup(&op);
    if (groups.empty() || groups.back().results != results)
      groups.push_back({results, {}});
    groups.back().ops.push_back(&op);
  }
  return groups;
}

/// Gives each group that uses `cheap` one of its own, in front of the first
/// operation that does. What the function returns moves in front of `rest`, of
/// which it becomes the first.
void FunctionSkipper::copyToGroups(Operation *cheap,
                                   MutableArrayRef<Group> groups,
                                   Operation *&rest) {
  for (Group &group : groups) {
    auto uses = [&](Operation *op) {
      return llvm::any_of(cheap->getUsers(), [&](Operation *user) {
        return op->isAncestor(user);
      });
    };
    auto first = llvm::find_if(group.ops, uses);
    if (first == group.ops.end())
      continue;
    Operation *copy = OpBuilder(*first).clone(*cheap);
    for (auto user = first; user != group.ops.end(); ++user)
      for (auto [result, copied] :
           llvm::zip_equal(cheap->getResults(), copy->getResults()))
        result.replaceUsesWithIf(copied, [&](OpOperand &use) {
          return (*user)->isAncestor(use.getOwner());
        });
    group.ops.insert(first, copy);
  }
  if (cheap->use_empty())
    cheap->erase();
  else
    cheap->moveBefore(std::exchange(rest, cheap));
}

/// Reads each bit once, and asks once for what sets begin with: of many calls
/// in a row, each serves some results more than the one before.
Value FunctionSkipper::buildIsWanted(const Results &results) {
  OpBuilder builder = OpBuilder::atBlockBegin(&getBlock());
  if (lastCondition)
    builder.setInsertionPointAfter(lastCondition);
  Location loc = function.getLoc();
  // What serves every result runs in any case.
  if (isUnconditional(results))
    return arith::ConstantIntOp::create(builder, loc, results.all(),
                                        /*width=*/1);
  Value any;
  for (unsigned index : results.set_bits()) {
    Value &bit = bits[index];
    if (!bit) {
      Value position = arith::ConstantIndexOp::create(builder, loc, index);
      bit = tensor::ExtractOp::create(builder, loc,
                                      function.getArguments().back(), position);
    }
    if (!any) {
      any = bit;
      continue;
    }
    Value &either = eithers[{any, bit}];
    if (!either)
      either = arith::OrIOp::create(builder, loc, any, bit);
    any = either;
  }
  lastCondition = &*std::prev(builder.getInsertionPoint());
  return any;
}

bool FunctionSkipper::isReadBy(const Group &group,
                               const DenseSet<Operation *> &ops) {
  return llvm::any_of(group.ops, [&](Operation *op) {
    return llvm::any_of(op->getUsers(), [&](Operation *user) {
      return ops.contains(getBlock().findAncestorOpInBlock(*user));
    });
  });
}

/// Moves a group into a branch, if something can stand for its results.
bool FunctionSkipper::guard(const Group &group) {
  DenseSet<Operation *> inside(group.ops.begin(), group.ops.end());
  auto isOutside = [&](OpOperand &use) {
    return !inside.contains(getBlock().findAncestorOpInBlock(*use.getOwner()));
  };
  OpBuilder builder(getBlock().getParentOp());
  builder.setInsertionPointAfter(group.ops.back());
  SmallVector<Value> yielded, absent;
  for (Operation *op : group.ops)
    for (Value result : op->getResults())
      if (llvm::any_of(result.getUses(), isOutside)) {
        yielded.push_back(result);
        absent.push_back(buildAbsent(builder, result));
        if (!absent.back())
          return false;
      }
  Location loc = group.ops.front()->getLoc();
  Value isWanted = buildIsWanted(group.results);
  auto branch = scf::IfOp::create(builder, loc, ValueRange(yielded).getTypes(),
                                  isWanted, /*withElseRegion=*/true);
  for (auto [value, result] : llvm::zip_equal(yielded, branch.getResults()))
    value.replaceUsesWithIf(result, isOutside);
  for (Operation *op : group.ops)
    op->moveBefore(branch.thenBlock(), branch.thenBlock()->end());
  builder.setInsertionPointToEnd(branch.thenBlock());
  scf::YieldOp::create(builder, loc, yielded);
  builder.setInsertionPointToEnd(branch.elseBlock());
  for (Value value : absent)
    value.getDefiningOp()->moveBefore(branch.elseBlock(),
                                      branch.elseBlock()->end());
  scf::YieldOp::create(builder, loc, absent);
  return true;
}

void FunctionSkipper::transform() {
  Builder builder(function.getContext());
  auto type =
      RankedTensorType::get({function.getNumResults()}, builder.getI1Type());
  (void)function.insertArgument(function.getNumArguments(), type,
                                builder.getDictionaryAttr(builder.getNamedAttr(
                                    "atled.wanted", builder.getUnitAttr())),
                                function.getLoc());
  eraseDead();
  SmallVector<Group> groups = makeGroups();
  Operation *rest = getBlock().getTerminator();
  for (Operation *op : listBackwards())
    if (isCheap(op))
      copyToGroups(op, groups, rest);
  // From the last to the first, so that it is known what runs in any case.
  DenseSet<Operation *> running;
  for (Group &group : llvm::reverse(groups))
    if (group.results.all() || isReadBy(group, running) || !guard(group))
      running.insert(group.ops.begin(), group.ops.end());
}

//===----------------------------------------------------------------------===//
// The program
//===----------------------------------------------------------------------===//

namespace {
class ProgramSkipper {
public:
  explicit ProgramSkipper(ModuleOp module) : module(module), symbols(module) {}

  void run();

private:
  void findPure();
  void analyze();
  void findSaving();
  void choose();
  /// Tells the callee, for each result, whether it is wanted.
  void passWanted(func::CallOp call);
  func::FuncOp getCallee(func::CallOp call) {
    return symbols.lookup<func::FuncOp>(call.getCallee());
  }

  ModuleOp module;
  SymbolTable symbols;
  /// Functions that need not be called where nobody wants their results.
  DenseSet<Operation *> pure;
  llvm::MapVector<Operation *, std::unique_ptr<FunctionSkipper>> skippers;
  /// Functions of which less can be computed, and of these the ones that are
  /// told what is wanted.
  DenseSet<Operation *> saving;
  llvm::SetVector<Operation *> chosen;
};
} // namespace

/// All are but those that have an effect, or call one that is not.
void ProgramSkipper::findPure() {
  for (auto function : module.getOps<func::FuncOp>())
    pure.insert(function);
  bool changed = true;
  while (std::exchange(changed, false))
    for (auto function : module.getOps<func::FuncOp>())
      if (pure.contains(function) && hasEffect(function, pure))
        changed = pure.erase(function);
}

void ProgramSkipper::analyze() {
  for (auto function : module.getOps<func::FuncOp>()) {
    if (function.isDeclaration() || !function.getBody().hasOneBlock())
      continue;
    auto &skipper = skippers[function];
    skipper = std::make_unique<FunctionSkipper>(function, pure);
    skipper->analyze();
  }
}

void ProgramSkipper::findSaving() {
  for (auto &[function, skipper] : skippers)
    if (skipper->hasGroups())
      saving.insert(function);
  bool changed = true;
  while (std::exchange(changed, false))
    for (auto &[function, skipper] : skippers)
      for (auto &[call, results] : skipper->getCalls())
        if (saving.contains(getCallee(call)))
          changed |= saving.insert(function).second;
}

void ProgramSkipper::choose() {
  for (auto function : module.getOps<func::FuncOp>())
    if (function.isPublic() && saving.contains(function))
      chosen.insert(function);
  for (unsigned index = 0; index < chosen.size(); ++index)
    for (auto &[call, results] : skippers[chosen[index]]->getCalls())
      if (func::FuncOp callee = getCallee(call); saving.contains(callee))
        chosen.insert(callee);
}

void ProgramSkipper::passWanted(func::CallOp call) {
  func::FuncOp callee = getCallee(call);
  auto caller = call->getParentOfType<func::FuncOp>();
  auto type = cast<RankedTensorType>(callee.getArgumentTypes().back());
  OpBuilder builder(call);
  Location loc = call.getLoc();
  const SmallVector<Results> *results = nullptr;
  if (chosen.contains(caller)) {
    auto &calls = skippers[caller]->getCalls();
    if (auto found = calls.find(call); found != calls.end())
      results = &found->second;
  }
  Value wanted;
  if (results) {
    SmallVector<Value> bits;
    for (const Results &served : *results)
      bits.push_back(skippers[caller]->buildIsWanted(served));
    wanted = tensor::FromElementsOp::create(builder, loc, type, bits);
  } else {
    wanted = arith::ConstantOp::create(builder, loc,
                                       DenseElementsAttr::get(type, true));
  }
  SmallVector<Value> operands(call.getOperands());
  operands.push_back(wanted);
  auto updated = func::CallOp::create(builder, loc, callee, operands);
  updated->setDiscardableAttrs(call->getDiscardableAttrDictionary());
  if (results) {
    SmallVector<Attribute> served;
    for (const Results &bits : *results)
      served.push_back(builder.getDenseI64ArrayAttr(
          SmallVector<int64_t>(bits.set_bits_begin(), bits.set_bits_end())));
    updated->setAttr("atled.wanted_by", builder.getArrayAttr(served));
  }
  call.replaceAllUsesWith(updated.getResults());
  call.erase();
}

void ProgramSkipper::run() {
  findPure();
  analyze();
  findSaving();
  choose();
  for (Operation *function : chosen)
    skippers[function]->transform();
  SmallVector<func::CallOp> calls;
  module.walk([&](func::CallOp call) {
    if (chosen.contains(getCallee(call)))
      calls.push_back(call);
  });
  for (func::CallOp call : calls)
    passWanted(call);
}

namespace {
struct SkipUnwantedPass : atled::impl::SkipUnwantedPassBase<SkipUnwantedPass> {
  void runOnOperation() override { ProgramSkipper(getOperation()).run(); }
};
} // namespace
