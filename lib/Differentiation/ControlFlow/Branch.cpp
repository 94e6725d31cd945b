//===- Branch.cpp - Differentiation of scf.if and scf.index_switch --------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Only the branch that was taken is differentiated. Forward, it computes
// tangents beside its results. Back, a second branch on the same condition
// computes what goes to the values that the two use from outside. A residual is
// one more result of the first: what the branch that was taken needs, and
// anything where another one was taken.
//
//===----------------------------------------------------------------------===//

#include "Accumulate.h"
#include "ControlFlow.h"
#include "Regions.h"
#include "ResidualReport.h"
#include "SameSize.h"
#include "Stacks.h"
#include "atled/Interfaces/DifferentiableControlFlowInterface.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace atled;

static OperandRange getYielded(Region &region) {
  return region.front().getTerminator()->getOperands();
}

/// Builds a branch on the same condition, with empty regions and no results
/// yet.
template <typename Mode>
static Operation *buildShell(Mode &mode, OpBuilder &builder, Operation *op) {
  OperationState state(op->getLoc(), op->getName());
  state.addOperands(getPrimals(mode, op->getOperands()));
  state.attributes = op->getAttrDictionary();
  for (unsigned index = 0; index < op->getNumRegions(); ++index)
    state.addRegion()->emplaceBlock();
  return builder.create(state);
}

/// Ends region number `index` of `branch`.
static void endRegion(Operation *branch, unsigned index, ValueRange yielded) {
  OpBuilder builder = OpBuilder::atBlockEnd(&branch->getRegion(index).front());
  scf::YieldOp::create(builder, branch->getLoc(), yielded);
}

//===----------------------------------------------------------------------===//
// Residuals
//===----------------------------------------------------------------------===//

/// Lets `branch` have one more result for each of `values`, which region number
/// `index` computes. The other regions give anything, as large as that if its
/// size follows from those of what is there before the branch.
static Operation *appendResults(Operation *branch, unsigned index,
                                ArrayRef<Value> values) {
  OpBuilder outer(branch);
  SmallVector<Value> sizes = llvm::map_to_vector(values, [&](Value value) {
    return followsFromSizes(value) ? buildSameSize(outer, value, branch)
                                   : Value();
  });
  for (Region &region : branch->getRegions()) {
    Operation *yield = region.front().getTerminator();
    OpBuilder builder(yield);
    for (auto [value, size] : llvm::zip_equal(values, sizes))
      yield->insertOperands(yield->getNumOperands(),
                            region.getRegionNumber() == index
                                ? value
                                : buildPlaceholder(builder, value.getLoc(),
                                                   value.getType(), size));
  }
  return extendOperation(branch, {}, TypeRange(ValueRange(values)));
}

/// Tells `report` what regions keep: the last of the branch's results.
static void reportBranch(ResidualReport &report, ArrayRef<ResidualPlan> plans,
                         ResultRange results) {
  for (const ResidualPlan &plan : llvm::reverse(plans)) {
    report.record(plan, results.take_back(plan.kept.size()));
    results = results.drop_back(plan.kept.size());
  }
}

/// Passes what each region of `reverse` needs of the same region of `primal`,
/// which becomes the branch that returns it.
static void passResiduals(Operation *&primal, Operation *reverse,
                          ResidualReport *report) {
  SmallVector<ResidualPlan> plans;
  for (Region &region : reverse->getRegions()) {
    unsigned index = region.getRegionNumber();
    IRMapping replacements;
    ResidualPlan plan = planResiduals(
        primal->getRegion(index).front(), region.front(), replacements,
        [](Value value) { return estimateBytes(value.getType()); });
    if (!plan.kept.empty()) {
      primal = appendResults(primal, index, plan.kept);
      replacements.map(plan.kept,
                       primal->getResults().take_back(plan.kept.size()));
    }
    OpBuilder builder = OpBuilder::atBlockBegin(&region.front());
    applyResiduals(plan, builder, replacements);
    plans.push_back(std::move(plan));
  }
  // Only now the results are what they stay.
  if (report)
    reportBranch(*report, plans, primal->getResults());
}

//===----------------------------------------------------------------------===//
// The model
//===----------------------------------------------------------------------===//

namespace {
template <typename OpTy>
struct DifferentiableBranch : DifferentiableControlFlowInterface::ExternalModel<
                                  DifferentiableBranch<OpTy>, OpTy> {
  void propagateVaried(Operation *op, Activity &activity) const {
    for (Region &region : op->getRegions()) {
      if (region.empty())
        continue;
      activity.propagateVaried(region.front());
      for (auto [yielded, result] :
           llvm::zip(getYielded(region), op->getResults()))
        joinVaried(activity, yielded, result);
    }
  }

  void propagateUseful(Operation *op, Activity &activity) const {
    for (Region &region : op->getRegions()) {
      if (region.empty())
        continue;
      for (auto [yielded, result] :
           llvm::zip(getYielded(region), op->getResults()))
        joinUseful(activity, result, yielded);
      activity.propagateUseful(region.front());
    }
  }

  LogicalResult buildForward(Operation *op, ForwardMode &mode) const {
    SmallVector<unsigned> active =
        getActive(op->getResults(), mode.getActivity());
    OpBuilder &builder = mode.getBuilder();
    Operation *derived = buildShell(mode, builder, op);
    SmallVector<Type> tangents;
    for (Region &region : op->getRegions()) {
      unsigned index = region.getRegionNumber();
      OpBuilder::InsertionGuard guard(builder);
      builder.setInsertionPointToEnd(&derived->getRegion(index).front());
      if (failed(mode.run(region.front())))
        return failure();
      SmallVector<Value> yielded =
          getPrimalsAndTangents(mode, getYielded(region), active);
      endRegion(derived, index, yielded);
      tangents = llvm::to_vector(
          ValueRange(yielded).drop_front(op->getNumResults()).getTypes());
    }
    SmallVector<Type> types(op->getResultTypes());
    llvm::append_range(types, tangents);
    setPrimalsAndTangents(mode, op->getResults(), active,
                          extendOperation(derived, {}, types)->getResults());
    return success();
  }

  LogicalResult buildPrimal(Operation *op, ReverseMode &mode) const {
    OpBuilder &builder = mode.getPrimalBuilder();
    Operation *primal = buildShell(mode, builder, op);
    for (Region &region : op->getRegions()) {
      unsigned index = region.getRegionNumber();
      OpBuilder::InsertionGuard guard(builder);
      builder.setInsertionPointToEnd(&primal->getRegion(index).front());
      if (failed(mode.runPrimal(region.front())))
        return failure();
      endRegion(primal, index, getPrimals(mode, getYielded(region)));
    }
    setPrimals(mode, op->getResults(),
               extendOperation(primal, {}, op->getResultTypes())->getResults());
    return success();
  }

  LogicalResult buildReverse(Operation *op, ReverseMode &mode) const {
    SmallVector<Value> cotangents;
    for (Value result : op->getResults())
      cotangents.push_back(mode.takeCotangent(result));
    if (llvm::none_of(cotangents,
                      [](Value cotangent) { return bool(cotangent); }))
      return success();
    Operation *primal = mode.getPrimal(op->getResult(0)).getDefiningOp();
    FailureOr<Operation *> reverse = buildWayBack(op, cotangents, mode);
    if (failed(reverse))
      return failure();
    hoistSizes(primal, *reverse);
    passResiduals(primal, *reverse, mode.getFunctions().getReport());
    setPrimals(mode, op->getResults(),
               primal->getResults().take_front(op->getNumResults()));
    return success();
  }

private:
  /// Builds the branch that goes back, and adds what comes out of it to the
  /// cotangents. Its regions use values of the primal's as if they stood there.
  static FailureOr<Operation *>
  buildWayBack(Operation *op, ArrayRef<Value> cotangents, ReverseMode &mode) {
    OpBuilder &builder = mode.getReverseBuilder();
    Operation *reverse = buildShell(mode, builder, op);
    SmallVector<DenseMap<Value, Contributions>> contributions;
    // What any region contributes to, all of them do: zero, if nothing.
    llvm::SetVector<Value> captured;
    for (Region &region : op->getRegions()) {
      OpBuilder::InsertionGuard guard(builder);
      builder.setInsertionPointToEnd(
          &reverse->getRegion(region.getRegionNumber()).front());
      auto left = mode.runScoped([&] {
        for (auto [yielded, cotangent] :
             llvm::zip(getYielded(region), cotangents))
          mode.addCotangent(yielded, cotangent);
        return mode.runReverse(region.front());
      });
      if (failed(left))
        return failure();
      for (auto &[value, terms] : *left)
        captured.insert(value);
      contributions.emplace_back(left->begin(), left->end());
    }

    SmallVector<Type> types;
    // What a loop around adds up begins with what that has.
    SmallVector<Value> zeros, begins;
    OpBuilder outer(reverse);
    for (Value value : captured) {
      bool isAddedUp = mode.isAddedUp(value);
      zeros.push_back(
          isAddedUp ? buildAccumulator(outer, value, mode.getPrimal(value))
                    : Value());
      begins.push_back(isAddedUp ? buildStandIn(outer, zeros.back()) : Value());
    }
    for (auto [index, terms] : llvm::enumerate(contributions)) {
      endRegion(reverse, index, ValueRange());
      Block &block = reverse->getRegion(index).front();
      Operation *yield = block.getTerminator();
      OpBuilder inner(yield);
      SmallVector<Value> yielded;
      for (auto [value, begin] : llvm::zip_equal(captured, begins)) {
        if (begin)
          yielded.push_back(
              accumulateInPlace(block, begin, terms.lookup(value)));
        else if (terms.contains(value))
          yielded.push_back(buildSum(inner, value, terms[value]));
        else
          yielded.push_back(buildZeroTangent(inner, mode.getPrimal(value)));
      }
      types = llvm::to_vector(ValueRange(yielded).getTypes());
      yield->setOperands(yielded);
    }
    reverse = extendOperation(reverse, {}, types);
    for (auto [value, zero, begin, cotangent] :
         llvm::zip_equal(captured, zeros, begins, reverse->getResults())) {
      if (!begin) {
        mode.addCotangent(value, cotangent);
        continue;
      }
      Value narrow = convertCotangent(builder, op->getLoc(), cotangent,
                                      getTangentType(value.getType()));
      mode.addCotangent(value, Contribution{narrow, cotangent, begin, zero});
    }
    return reverse;
  }
};
} // namespace

void atled::registerBranchDifferentiation(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, scf::SCFDialect *) {
    scf::IfOp::attachInterface<DifferentiableBranch<scf::IfOp>>(*context);
    scf::IndexSwitchOp::attachInterface<
        DifferentiableBranch<scf::IndexSwitchOp>>(*context);
  });
}
