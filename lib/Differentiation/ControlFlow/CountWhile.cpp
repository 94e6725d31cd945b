//===- CountWhile.cpp - While loops become counted loops ------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The way back has to know how often a loop has run. So the loop runs twice:
// once to count, and once as often as was counted. What is computed does not
// change, since a function that is differentiated has no effects.
//
//   %r = scf.while (%x = %init) { %f = A(%x); condition(%c) %f }
//                            do { ^(%f): yield B(%f) }
//
// becomes
//
//   %n = scf.while (%x = %init, %i = 0) { ...; condition(%c) %f, %i }
//                            do { ^(%f, %i): yield B(%f), %i + 1 }
//   %last = scf.for %k = 0 to %n (%x = %init) { yield B(A(%x)) }
//   %r = A(%last)
//
//===----------------------------------------------------------------------===//

#include "CountWhile.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/IRMapping.h"

using namespace atled;

/// Builds the operations of `block` again on `arguments`; returns what stands
/// for `values` of the block.
static SmallVector<Value> inlineBlock(OpBuilder &builder, Block &block,
                                      ValueRange arguments, ValueRange values) {
  IRMapping mapping;
  mapping.map(block.getArguments(), arguments);
  for (Operation &op : block.without_terminator())
    builder.clone(op, mapping);
  return llvm::map_to_vector(
      values, [&](Value value) { return mapping.lookupOrDefault(value); });
}

/// Builds the loop that counts, and returns the count.
static Value buildCounter(OpBuilder &builder, scf::WhileOp loop) {
  Location location = loop.getLoc();
  auto counter = cast<scf::WhileOp>(builder.clone(*loop));
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPoint(counter);
  Value zero = arith::ConstantIndexOp::create(builder, location, 0);
  counter.getInitsMutable().append(zero);
  Value before = counter.getBeforeBody()->addArgument(zero.getType(), location);
  counter.getConditionOp().getArgsMutable().append(before);
  Value after = counter.getAfterBody()->addArgument(zero.getType(), location);
  builder.setInsertionPoint(counter.getYieldOp());
  Value one = arith::ConstantIndexOp::create(builder, location, 1);
  Value next = arith::AddIOp::create(builder, location, after, one);
  counter.getYieldOp().getResultsMutable().append(next);

  SmallVector<Type> types(counter.getResultTypes());
  types.push_back(zero.getType());
  builder.setInsertionPoint(counter);
  auto extended =
      scf::WhileOp::create(builder, location, types, counter.getInits());
  extended.getBefore().takeBody(counter.getBefore());
  extended.getAfter().takeBody(counter.getAfter());
  counter.erase();
  return extended.getResults().back();
}

void atled::countWhile(scf::WhileOp loop) {
  OpBuilder builder(loop);
  Location location = loop.getLoc();
  Value count = buildCounter(builder, loop);
  Value zero = arith::ConstantIndexOp::create(builder, location, 0);
  Value one = arith::ConstantIndexOp::create(builder, location, 1);
  auto runAgain = [&](OpBuilder &inner, Location, Value, ValueRange carried) {
    SmallVector<Value> forwarded = inlineBlock(
        inner, *loop.getBeforeBody(), carried, loop.getConditionOp().getArgs());
    SmallVector<Value> yielded = inlineBlock(
        inner, *loop.getAfterBody(), forwarded, loop.getYieldOp().getResults());
    scf::YieldOp::create(inner, location, yielded);
  };
  auto counted = scf::ForOp::create(builder, location, zero, count, one,
                                    loop.getInits(), runAgain);
  counted->setDiscardableAttrs(loop->getDiscardableAttrDictionary());
  loop.replaceAllUsesWith(inlineBlock(builder, *loop.getBeforeBody(),
                                      counted.getResults(),
                                      loop.getConditionOp().getArgs()));
  loop.erase();
}

/// The first loop, from the outside in, that has to be counted.
static scf::WhileOp findActiveWhile(func::FuncOp function,
                                    const Activity &activity) {
  scf::WhileOp found;
  function.walk<WalkOrder::PreOrder>([&](scf::WhileOp loop) {
    if (llvm::none_of(loop.getResults(),
                      [&](Value result) { return activity.isActive(result); }))
      return WalkResult::advance();
    found = loop;
    return WalkResult::interrupt();
  });
  return found;
}

CountedFunction::CountedFunction(func::FuncOp function,
                                 const llvm::SmallBitVector &arguments,
                                 const llvm::SmallBitVector &results,
                                 ActivitySummaries &summaries)
    : original(function), counted(function) {
  while (true) {
    Activity activity(summaries);
    activity.analyze(counted, arguments, results);
    scf::WhileOp loop = findActiveWhile(counted, activity);
    if (!loop)
      return;
    if (counted == original) {
      // The copy stands in the module, where its calls find their callees.
      counted = original.clone();
      counted.setName((original.getName() + ".counted").str());
      OpBuilder(original).insert(counted);
      continue;
    }
    countWhile(loop);
  }
}

CountedFunction::~CountedFunction() {
  if (counted != original)
    counted.erase();
}
