//===- RegionDestinations.cpp - Where loops and branches put their results ===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Bufferization gives a tensor that a loop carries one buffer for all
// iterations, and wants what an iteration yields to be there. So each yielded
// tensor is written to the place of the argument that it becomes:
//
//   scf.for ... iter_args(%h = %x) {        scf.for ... iter_args(%h = %x) {
//     %t = tanh %h                            %t = tanh %h
//                                             %p = materialize %t in %h
//     yield %t                                yield %p
//   }                                       }
//
// Each result of a branch gets one place for all regions, in front of it. Where
// a value is still read afterwards, bufferization copies.
//
//===----------------------------------------------------------------------===//

#include "RegionDestinations.h"
#include "ExtentResolver.h"
#include "atled/Codegen/Passes.h"
#include "atled/Support/Attributes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "llvm/ADT/TypeSwitch.h"

namespace atled {
#define GEN_PASS_DEF_REGIONDESTINATIONSPASS
#include "atled/Codegen/Passes.h.inc"
} // namespace atled

using namespace atled;

/// Whether the loop forwards what it carries, each value at its own position.
static bool forwardsInPlace(scf::WhileOp loop) {
  return ValueRange(loop.getBeforeArguments()).getTypes() ==
         loop.getResultTypes();
}

bool atled::mayUpdate(OpOperand &use) {
  Operation *user = use.getOwner();
  if (auto computation = dyn_cast<DestinationStyleOpInterface>(user))
    return computation.isDpsInit(&use);
  return isa<LoopLikeOpInterface>(user);
}

bool atled::isUpdateOf(Value value, Value place) {
  if (value == place)
    return true;
  auto result = dyn_cast<OpResult>(value);
  if (!result)
    return false;
  unsigned index = result.getResultNumber();
  return llvm::TypeSwitch<Operation *, bool>(result.getOwner())
      .Case<tensor::InsertSliceOp, tensor::InsertOp>(
          [&](auto op) { return isUpdateOf(op.getDest(), place); })
      .Case([&](bufferization::MaterializeInDestinationOp op) {
        return isUpdateOf(op.getDest(), place);
      })
      // Loops are visited from the inside out: those inside yield updates.
      .Case([&](scf::ForOp loop) {
        return isUpdateOf(loop.getInitArgs()[index], place);
      })
      .Case([&](scf::WhileOp loop) {
        return forwardsInPlace(loop) &&
               isUpdateOf(loop.getInits()[index], place);
      })
      .Case([&](scf::IfOp op) {
        return isUpdateOf(op.thenYield().getOperand(index), place) &&
               isUpdateOf(op.elseYield().getOperand(index), place);
      })
      .Default(false);
}

OpOperand *atled::getUpdatedInit(Value value) {
  OpOperand *init = nullptr;
  while (auto loop = value.getDefiningOp<scf::ForOp>()) {
    init = loop.getTiedLoopInit(cast<OpResult>(value));
    if (!isUpdateOf(
            loop.getTiedLoopYieldedValue(loop.getTiedLoopRegionIterArg(init))
                ->get(),
            loop.getTiedLoopRegionIterArg(init)))
      return nullptr;
    value = init->get();
    if (!value.hasOneUse())
      break;
  }
  return init;
}

bool atled::isComputed(Value value) {
  Operation *op = value.getDefiningOp();
  return op && !isa<tensor::EmptyOp>(op) &&
         !op->hasTrait<OpTrait::ConstantLike>();
}

void atled::startIn(OpOperand &init, Value place) {
  if (!init.get().getDefiningOp<tensor::EmptyOp>()) {
    OpBuilder builder(init.getOwner());
    place = bufferization::MaterializeInDestinationOp::create(
                builder, init.get().getLoc(), init.get(), place)
                ->getResult(0);
  }
  init.set(place);
}

/// Whether the memory of `value` may be that of one of `arguments`.
static bool mayBe(Value value, ValueRange arguments) {
  if (llvm::is_contained(arguments, value))
    return true;
  auto result = dyn_cast<OpResult>(value);
  if (!result)
    return false;
  unsigned index = result.getResultNumber();
  return llvm::TypeSwitch<Operation *, bool>(result.getOwner())
      .Case<tensor::InsertSliceOp, tensor::InsertOp>(
          [&](auto op) { return mayBe(op.getDest(), arguments); })
      .Case<tensor::ExtractSliceOp, tensor::CastOp>(
          [&](auto op) { return mayBe(op.getSource(), arguments); })
      .Case<tensor::ExpandShapeOp, tensor::CollapseShapeOp>(
          [&](auto op) { return mayBe(op.getSrc(), arguments); })
      .Case([&](bufferization::MaterializeInDestinationOp op) {
        return mayBe(op.getDest(), arguments);
      })
      .Case([&](scf::ForOp loop) {
        return mayBe(loop.getInitArgs()[index], arguments);
      })
      .Case([&](scf::WhileOp loop) {
        return mayBe(loop.getInits()[index], arguments);
      })
      .Case([&](scf::IfOp op) {
        return llvm::any_of(op->getRegions(), [&](Region &region) {
          return mayBe(region.front().getTerminator()->getOperand(index),
                       arguments);
        });
      })
      .Default(false);
}

static Value buildEmpty(OpBuilder &builder, Location location, Value like) {
  auto type = cast<RankedTensorType>(like.getType());
  return tensor::EmptyOp::create(builder, location,
                                 tensor::getMixedSizes(builder, location, like),
                                 type.getElementType());
}

/// Whether `place` is read behind `op`, by something other than `terminator`.
static bool isReadBehind(Value place, Operation *op, Operation *terminator) {
  return llvm::any_of(place.getUsers(), [&](Operation *user) {
    Operation *ancestor = op->getBlock()->findAncestorOpInBlock(*user);
    return ancestor && ancestor != terminator && op->isBeforeInBlock(ancestor);
  });
}

/// Computes what is written to a place after all that reads what is there, if
/// nothing else waits for it.
static void sinkWrites(Operation *terminator,
                       MutableArrayRef<OpOperand> operands,
                       ArrayRef<BlockArgument> places) {
  for (auto [operand, place] : llvm::zip_equal(operands, places)) {
    Operation *op = operand.get().getDefiningOp();
    if (place && op && op->getBlock() == terminator->getBlock() &&
        isa<DestinationStyleOpInterface>(op) && op->hasOneUse() &&
        isReadBehind(place, op, terminator))
      op->moveBefore(terminator);
  }
}

/// Lets each of `operands`, with which a block ends, be written to the place at
/// the same position, if there is one. What is in a place itself is taken out
/// before anything is written.
static void writeTo(Operation *terminator, MutableArrayRef<OpOperand> operands,
                    ArrayRef<BlockArgument> places) {
  sinkWrites(terminator, operands, places);
  SmallVector<std::pair<OpOperand *, Value>> writes;
  for (auto [operand, place] : llvm::zip_equal(operands, places))
    if (place && isa<RankedTensorType>(place.getType()) &&
        !isUpdateOf(operand.get(), place))
      writes.emplace_back(&operand, place);
  OpBuilder builder(terminator);
  Location location = terminator->getLoc();
  for (auto [operand, place] : writes)
    if (mayBe(operand->get(), SmallVector<Value>(places)))
      operand->set(
          linalg::CopyOp::create(builder, location, operand->get(),
                                 buildEmpty(builder, location, operand->get()))
              .getResult(0));
  for (auto [operand, place] : writes)
    operand->set(bufferization::MaterializeInDestinationOp::create(
                     builder, location, operand->get(), place)
                     ->getResult(0));
}

static void writeYielded(scf::ForOp loop) {
  writeTo(loop.getBody()->getTerminator(), *loop.getYieldedValuesMutable(),
          loop.getRegionIterArgs());
}

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

/// What `value`, which `branch` yields, may be an update of: the first value on
/// the way up that the branch does not compute.
static Value getRoot(Value value, Operation *branch) {
  while (value) {
    Operation *op = value.getDefiningOp();
    if (!op || !branch->isAncestor(op))
      return value;
    unsigned index = cast<OpResult>(value).getResultNumber();
    value =
        llvm::TypeSwitch<Operation *, Value>(op)
            .Case<tensor::InsertSliceOp, tensor::InsertOp,
                  bufferization::MaterializeInDestinationOp>(
                [](auto op) { return op.getDest(); })
            .Case([&](scf::ForOp loop) { return loop.getInitArgs()[index]; })
            .Case([&](scf::WhileOp loop) {
              return forwardsInPlace(loop) ? loop.getInits()[index] : Value();
            })
            .Case(
                [&](scf::IfOp op) { return op.thenYield().getOperand(index); })
            .Default(Value());
  }
  return value;
}

/// What all regions yield an update of, if there is such a value and it may be
/// changed.
static Value getUpdated(Operation *branch, unsigned index) {
  auto getYielded = [&](Region &region) {
    return region.front().getTerminator()->getOperand(index);
  };
  Value root = getRoot(getYielded(branch->getRegion(0)), branch);
  if (!root)
    return Value();
  // What a function is given is not changed.
  bool isArgument =
      isa<BlockArgument>(root) &&
      isa<FunctionOpInterface>(root.getParentBlock()->getParentOp());
  // What was updated in front of the branch is another value there.
  bool areUpdates = llvm::all_of(branch->getRegions(), [&](Region &region) {
    Value yielded = getYielded(region);
    return getRoot(yielded, branch) == root && isUpdateOf(yielded, root);
  });
  return areUpdates && !isArgument ? root : Value();
}

/// Writes what a region yields to `place`, which nobody else knows, as soon as
/// it is computed: from there on the place is read.
static void writeToFresh(OpOperand &yielded, Value place) {
  Value value = yielded.get();
  Operation *op = value.getDefiningOp();
  // Of a value that nobody fills, any content will do.
  if (isa_and_nonnull<tensor::EmptyOp>(op))
    return yielded.set(place);
  // Neither a loop in front of the branch nor one that fills another place.
  OpOperand *init = getUpdatedInit(value);
  if (init && !isComputed(init->get()) &&
      yielded.getOwner()->getParentRegion()->isAncestor(
          init->getOwner()->getParentRegion()) &&
      llvm::count(yielded.getOwner()->getOperands(), value) == 1)
    return startIn(*init, place);
  OpBuilder builder(yielded.getOwner());
  bool isComputedHere = op &&
                        op->getBlock() == yielded.getOwner()->getBlock() &&
                        !isa<bufferization::MaterializeInDestinationOp>(op) &&
                        !op->hasTrait<OpTrait::ConstantLike>();
  if (isComputedHere)
    builder.setInsertionPointAfter(op);
  auto written = bufferization::MaterializeInDestinationOp::create(
      builder, yielded.getOwner()->getLoc(), value, place);
  yielded.set(written->getResult(0));
  // What else is yielded has a place of its own, or is an update of one.
  if (isComputedHere)
    value.replaceUsesWithIf(written->getResult(0), [&](OpOperand &use) {
      return use.getOwner() != written && use.getOwner() != yielded.getOwner();
    });
}

/// What is left of a branch whose regions compute nothing is one again, so that
/// its result is in a place of its own:
///
///   select %c, %x, %y   becomes   if %c { yield %x } else { yield %y }
static void makeBranch(arith::SelectOp select) {
  auto yield = [](Value value) {
    return [value](OpBuilder &builder, Location location) {
      scf::YieldOp::create(builder, location, value);
    };
  };
  OpBuilder builder(select);
  auto branch = scf::IfOp::create(
      builder, select.getLoc(), select.getCondition(),
      yield(select.getTrueValue()), yield(select.getFalseValue()));
  select.replaceAllUsesWith(branch.getResult(0));
  select.erase();
}

/// Bufferization does not see what the regions of an `scf.index_switch` yield,
/// so the cases are tried one after the other:
///
///   if %i == 2 { ... } else { if %i == 5 { ... } else { ... } }
static void makeBranches(scf::IndexSwitchOp op) {
  if (op.getNumResults() == 0)
    return;
  Location location = op.getLoc();
  OpBuilder builder(op);
  SmallVector<Value> results;
  for (auto [number, region] : llvm::zip(op.getCases(), op.getCaseRegions())) {
    Value value = arith::ConstantIndexOp::create(builder, location, number);
    Value isCase = arith::CmpIOp::create(
        builder, location, arith::CmpIPredicate::eq, op.getArg(), value);
    auto branch = scf::IfOp::create(builder, location, op.getResultTypes(),
                                    isCase, /*withElseRegion=*/true);
    branch.getThenRegion().takeBody(region);
    if (results.empty())
      llvm::append_range(results, branch.getResults());
    else
      scf::YieldOp::create(builder, location, branch.getResults());
    builder.setInsertionPointToEnd(branch.elseBlock());
  }

  // The default is what remains.
  Block &rest = op.getDefaultBlock();
  if (results.empty()) {
    llvm::append_range(results, rest.getTerminator()->getOperands());
    rest.getTerminator()->erase();
  }
  builder.getInsertionBlock()->getOperations().splice(
      builder.getInsertionPoint(), rest.getOperations());
  op->replaceAllUsesWith(results);
  op->erase();
}

/// Gives each tensor that `branch` returns a place, unless all its regions
/// return an update of one.
static void placeResults(Operation *branch) {
  OpBuilder builder(branch);
  for (OpResult result : branch->getResults()) {
    auto type = dyn_cast<RankedTensorType>(result.getType());
    unsigned index = result.getResultNumber();
    if (!type || getUpdated(branch, index))
      continue;
    Value place = createEmptyLike(builder, result);
    if (!place)
      continue;
    for (Region &region : branch->getRegions())
      writeToFresh(region.front().getTerminator()->getOpOperand(index), place);
  }
}

//===----------------------------------------------------------------------===//
// scf.while
//===----------------------------------------------------------------------===//

/// Gives each value that `loop` forwards a place among those that it carries,
/// behind them:
///
///   while (%x = %i) { condition(%c) %f } do { ^(%f): yield %y }
///   while (%x = %i, %p = empty) { condition(%c) %x, %f } do { ^(%x, %f): yield
///   %y, %f }
static FailureOr<scf::WhileOp> separateForwarded(scf::WhileOp loop) {
  OpBuilder builder(loop);
  Location location = loop.getLoc();
  SmallVector<Value> inits(loop.getInits());
  unsigned numCarried = inits.size();
  for (Value result : loop.getResults()) {
    Type type = result.getType();
    if (!isa<RankedTensorType>(type)) {
      // A scalar has no place; any value will do to begin with.
      inits.push_back(arith::ConstantOp::create(builder, location,
                                                builder.getZeroAttr(type)));
      continue;
    }
    Value place = createEmptyLike(builder, result);
    if (!place)
      return loop.emitOpError("passes a value of dynamic shape ")
             << type
             << " on from its condition; carry it instead, or give it a static "
                "shape";
    inits.push_back(place);
  }
  SmallVector<Type> types = llvm::to_vector(ValueRange(inits).getTypes());
  auto separated = scf::WhileOp::create(builder, location, types, inits);
  separated->setDiscardableAttrs(loop->getDiscardableAttrDictionary());
  separated.getBefore().takeBody(loop.getBefore());
  separated.getAfter().takeBody(loop.getAfter());

  Block *before = separated.getBeforeBody(), *after = separated.getAfterBody();
  for (Type type : ArrayRef(types).drop_front(numCarried))
    before->addArgument(type, location);
  SmallVector<Value> forwarded(before->getArguments().take_front(numCarried));
  llvm::append_range(forwarded, separated.getConditionOp().getArgs());
  separated.getConditionOp().getArgsMutable().assign(forwarded);
  for (auto [index, type] :
       llvm::enumerate(ArrayRef(types).take_front(numCarried)))
    after->insertArgument(index, type, location);
  separated.getYieldOp().getResultsMutable().append(
      ValueRange(after->getArguments().drop_front(numCarried)));
  loop.replaceAllUsesWith(separated.getResults().drop_front(numCarried));
  loop.erase();
  return separated;
}

static LogicalResult writeForwarded(scf::WhileOp loop) {
  if (!forwardsInPlace(loop)) {
    FailureOr<scf::WhileOp> separated = separateForwarded(loop);
    if (failed(separated))
      return failure();
    loop = *separated;
  }
  auto getOperands = [](const MutableOperandRange &range) {
    return MutableArrayRef<OpOperand>(range.begin(), range.size());
  };
  writeTo(loop.getConditionOp(),
          getOperands(loop.getConditionOp().getArgsMutable()),
          loop.getBeforeArguments());
  writeTo(loop.getYieldOp(), getOperands(loop.getYieldOp().getResultsMutable()),
          loop.getAfterArguments());
  return success();
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

static LogicalResult writeCarried(Operation *op) {
  if (auto loop = dyn_cast<scf::ForOp>(op))
    writeYielded(loop);
  else if (auto loop = dyn_cast<scf::WhileOp>(op))
    return writeForwarded(loop);
  return success();
}

void atled::writeInPlace(func::FuncOp function) {
  SmallVector<BlockArgument> places(function.getNumResults());
  for (auto [index, place] : llvm::enumerate(places))
    if (auto argument =
            function.getResultAttrOfType<IntegerAttr>(index, inPlaceAttrName))
      place = function.getArgument(argument.getInt());
  Operation *terminator = function.getBody().front().getTerminator();
  writeTo(terminator, terminator->getOpOperands(), places);
}

LogicalResult atled::writeCarriedToPlaces(ModuleOp module) {
  for (auto function : module.getOps<func::FuncOp>())
    if (!function.isDeclaration())
      writeInPlace(function);
  WalkResult result =
      module.walk([](Operation *op) { return WalkResult(writeCarried(op)); });
  return failure(result.wasInterrupted());
}

namespace {
struct RegionDestinationsPass
    : atled::impl::RegionDestinationsPassBase<RegionDestinationsPass> {
  void runOnOperation() override {
    getOperation().walk(makeBranches);
    getOperation().walk([](arith::SelectOp select) {
      if (isa<TensorType>(select.getType()) &&
          select.getCondition().getType().isInteger(1))
        makeBranch(select);
    });
    WalkResult result = getOperation().walk([](Operation *op) {
      if (isa<scf::IfOp>(op))
        placeResults(op);
      return WalkResult(writeCarried(op));
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }
};
} // namespace
