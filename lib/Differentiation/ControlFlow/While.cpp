//===- While.cpp - Differentiation of scf.while ---------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Forward, both regions compute tangents beside what they compute. Back, there
// is no such loop: CountWhile.cpp has made it one whose trip count is known.
//
//===----------------------------------------------------------------------===//

#include "ControlFlow.h"
#include "Regions.h"
#include "atled/Interfaces/DifferentiableControlFlowInterface.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace atled;

namespace {
/// What the loop carries stands in several places. Those of a row are one value
/// at different moments.
struct Places {
  explicit Places(scf::WhileOp loop)
      : inits(loop.getInits()), before(loop.getBeforeArguments()),
        forwarded(loop.getConditionOp().getArgs()),
        after(loop.getAfterArguments()), results(loop.getResults()),
        yielded(loop.getYieldOp().getResults()) {}

  // From iteration to iteration: inits and yielded become before.
  ValueRange inits, before;
  // Within one: forwarded becomes after, or results.
  ValueRange forwarded, after, results;
  ValueRange yielded;
};

struct DifferentiableWhile
    : DifferentiableControlFlowInterface::ExternalModel<DifferentiableWhile,
                                                        scf::WhileOp> {
  void propagateVaried(Operation *op, Activity &activity) const {
    auto loop = cast<scf::WhileOp>(op);
    Places places(loop);
    for (auto [init, before] : llvm::zip(places.inits, places.before))
      joinVaried(activity, init, before);
    bool changed = true;
    while (changed) {
      changed = false;
      activity.propagateVaried(*loop.getBeforeBody());
      for (auto [forwarded, after, result] :
           llvm::zip(places.forwarded, places.after, places.results)) {
        joinVaried(activity, forwarded, after);
        joinVaried(activity, forwarded, result);
      }
      activity.propagateVaried(*loop.getAfterBody());
      for (auto [yielded, before] : llvm::zip(places.yielded, places.before))
        changed |= joinVaried(activity, yielded, before);
    }
  }

  void propagateUseful(Operation *op, Activity &activity) const {
    auto loop = cast<scf::WhileOp>(op);
    Places places(loop);
    bool changed = true;
    while (changed) {
      changed = false;
      for (auto [forwarded, after, result] :
           llvm::zip(places.forwarded, places.after, places.results)) {
        joinUseful(activity, after, result);
        joinUseful(activity, result, after);
        joinUseful(activity, result, forwarded);
      }
      activity.propagateUseful(*loop.getBeforeBody());
      for (auto [init, before, yielded] :
           llvm::zip(places.inits, places.before, places.yielded)) {
        joinUseful(activity, before, init);
        changed |= joinUseful(activity, before, yielded);
      }
      activity.propagateUseful(*loop.getAfterBody());
      for (auto [after, result] : llvm::zip(places.after, places.results))
        changed |= joinUseful(activity, after, result);
    }
  }

  LogicalResult buildForward(Operation *op, ForwardMode &mode) const {
    auto loop = cast<scf::WhileOp>(op);
    Places places(loop);
    const Activity &activity = mode.getActivity();
    SmallVector<unsigned> carried = getActive(places.before, activity);
    SmallVector<unsigned> given = getActive(places.after, activity);
    OpBuilder &builder = mode.getBuilder();
    Location location = loop.getLoc();

    SmallVector<Value> inits =
        getPrimalsAndTangents(mode, places.inits, carried);
    SmallVector<Type> types(places.results.getTypes());
    for (unsigned index : given)
      types.push_back(getTangentType(types[index]));
    auto derived = scf::WhileOp::create(builder, location, types, inits);
    derived->setDiscardableAttrs(loop->getDiscardableAttrDictionary());

    OpBuilder::InsertionGuard guard(builder);
    Block *before = builder.createBlock(
        &derived.getBefore(), {}, ValueRange(inits).getTypes(),
        SmallVector<Location>(inits.size(), location));
    setPrimalsAndTangents(mode, places.before, carried, before->getArguments());
    if (failed(mode.run(*loop.getBeforeBody())))
      return failure();
    scf::ConditionOp::create(
        builder, location, mode.getPrimal(loop.getConditionOp().getCondition()),
        getPrimalsAndTangents(mode, places.forwarded, given));

    Block *after =
        builder.createBlock(&derived.getAfter(), {}, types,
                            SmallVector<Location>(types.size(), location));
    setPrimalsAndTangents(mode, places.after, given, after->getArguments());
    if (failed(mode.run(*loop.getAfterBody())))
      return failure();
    scf::YieldOp::create(builder, location,
                         getPrimalsAndTangents(mode, places.yielded, carried));
    setPrimalsAndTangents(mode, places.results, given, derived.getResults());
    return success();
  }

  LogicalResult buildPrimal(Operation *, ReverseMode &) const {
    llvm_unreachable("a while loop is counted before it is differentiated");
  }
  LogicalResult buildReverse(Operation *, ReverseMode &) const {
    llvm_unreachable("a while loop is counted before it is differentiated");
  }
};
} // namespace

void atled::registerWhileDifferentiation(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, scf::SCFDialect *) {
    scf::WhileOp::attachInterface<DifferentiableWhile>(*context);
  });
}
