//===- WayBack.cpp - From a recorded tensor to the leaves -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "WayBack.h"
#include "LruCache.h"
#include "Trace.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "atled/Dialect/Atled/IR/Splat.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/Support/xxhash.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// The structure
//===----------------------------------------------------------------------===//

WayBack::WayBack(ArrayRef<std::shared_ptr<Node>> nodes, const Origin &start,
                 const Recorded &seed)
    : nodes(nodes), seed(seed) {
  for (auto [number, node] : llvm::enumerate(nodes))
    nodeNumbers[node.get()] = number;
  this->start = findTarget(start);
  for (const std::shared_ptr<Node> &node : nodes)
    targets.push_back(
        llvm::map_to_vector<2>(node->origins, [&](const Origin &origin) {
          return findTarget(origin);
        }));
}

WayBack::Target WayBack::findTarget(const Origin &origin) {
  if (origin.node)
    return {Target::ToNode, nodeNumbers.lookup(origin.node.get()),
            origin.result};
  std::shared_ptr<Leaf> leaf = origin.leaf.lock();
  if (!leaf)
    return {};
  auto [place, isNew] = leafNumbers.try_emplace(leaf.get(), leaves.size());
  if (isNew)
    leaves.push_back(std::move(leaf));
  return {Target::ToLeaf, place->second, 0};
}

std::string WayBack::getStructure() const {
  std::string bytes;
  auto add = [&](uint64_t number) {
    bytes.append(reinterpret_cast<const char *>(&number), sizeof(number));
  };
  auto addTarget = [&](const Target &target) {
    add(target.kind);
    add(target.number);
    add(target.result);
  };
  addTarget(start);
  // A pullback knows the types of all that it takes, but not all need be used.
  add(static_cast<uint64_t>(seed.elements->getKind()));
  for (int64_t extent : seed.elements->getShape())
    add(extent);
  for (auto [node, ownTargets] : llvm::zip_equal(nodes, targets)) {
    add(reinterpret_cast<uintptr_t>(node->pullback.get()));
    llvm::for_each(ownTargets, addTarget);
  }
  return bytes;
}

SmallVector<Recorded> WayBack::getInputs() const {
  SmallVector<Recorded> inputs;
  for (const std::shared_ptr<Node> &node : nodes)
    llvm::append_range(inputs, node->inputs);
  inputs.push_back(seed);
  return inputs;
}

//===----------------------------------------------------------------------===//
// One function
//===----------------------------------------------------------------------===//

namespace {
/// The sum of what comes back to one tensor, as a program. Numbers of 16 bits
/// are added as f32 and rounded once, as they are node by node.
class CotangentSum {
public:
  void add(OpBuilder &builder, Location location, Value part) {
    if (!sum) {
      sum = part;
      type = cast<RankedTensorType>(part.getType());
      return;
    }
    sum = AddOp::create(builder, location, widen(builder, location, sum),
                        widen(builder, location, part));
  }
  /// Null where nothing was added.
  Value get(OpBuilder &builder, Location location) const {
    if (!sum || sum.getType() == type)
      return sum;
    return ConvertOp::create(builder, location, type, sum);
  }

private:
  static Value widen(OpBuilder &builder, Location location, Value value) {
    auto own = cast<RankedTensorType>(value.getType());
    if (own.getElementTypeBitWidth() > 16)
      return value;
    return ConvertOp::create(builder, location, own.clone(builder.getF32Type()),
                             value);
  }

  Value sum;
  RankedTensorType type;
};
} // namespace

/// Writes what `callee` does with `arguments`, and returns its results.
static SmallVector<Value> inlineCall(OpBuilder &builder, func::FuncOp callee,
                                     ArrayRef<Value> arguments) {
  Block &body = callee.getBody().front();
  IRMapping mapping;
  mapping.map(body.getArguments(), arguments);
  for (Operation &op : body.without_terminator())
    builder.clone(op, mapping);
  return llvm::map_to_vector(
      body.getTerminator()->getOperands(),
      [&](Value result) { return mapping.lookup(result); });
}

FailureOr<std::unique_ptr<TracedFunction>>
WayBack::trace(atled_location place) const {
  Location location = getLocation(place);
  auto types =
      llvm::map_to_vector(getInputs(), [](const Recorded &input) -> Type {
        return getTensorType(getType(*input.elements));
      });
  Trace trace("backward", types, {}, location);
  ValueRange given = trace.getFunction().getArguments();
  OpBuilder builder = trace.getBuilder();
  std::vector<SmallVector<CotangentSum, 1>> pending(nodes.size());
  std::vector<CotangentSum> gradients(leaves.size());
  auto send = [&](Value cotangent, const Target &target) {
    if (target.kind == Target::ToLeaf)
      return gradients[target.number].add(builder, location, cotangent);
    if (target.kind == Target::Nowhere)
      return;
    SmallVector<CotangentSum, 1> &sums = pending[target.number];
    if (sums.size() <= target.result)
      sums.resize(target.result + 1);
    sums[target.result].add(builder, location, cotangent);
  };
  send(given.back(), start);
  for (auto [number, node] : llvm::enumerate(nodes)) {
    const Pullback &pullback = *node->pullback;
    Location there = getLocation(node->place);
    SmallVector<Value> arguments(given.take_front(node->inputs.size()));
    given = given.drop_front(node->inputs.size());
    StringAttr name = trace.import(*pullback.function);
    auto callee = trace.getFunction()
                      ->getParentOfType<ModuleOp>()
                      .lookupSymbol<func::FuncOp>(name);
    for (unsigned result : pullback.results) {
      Value cotangent;
      if (result < pending[number].size())
        cotangent = pending[number][result].get(builder, there);
      // Zeros where nobody has used this result.
      if (!cotangent)
        cotangent = ConstantOp::create(
            builder, there,
            getSplatAttr(cast<RankedTensorType>(
                             callee.getArgumentTypes()[arguments.size()]),
                         0));
      arguments.push_back(cotangent);
    }
    SmallVector<Value> results = inlineCall(builder, callee, arguments);
    for (auto [result, target] : llvm::zip_equal(results, targets[number]))
      send(result, target);
  }
  auto results = llvm::map_to_vector(
      gradients, [&](CotangentSum &sum) { return sum.get(builder, location); });
  return trace.finish(results, {}, location);
}

//===----------------------------------------------------------------------===//
// Ways that are gone again and again
//===----------------------------------------------------------------------===//

namespace {
/// How often one backward() in the user's program has gone the same way.
struct Habit {
  std::mutex lock;
  uint64_t structure = 0;
  unsigned count = 0;
};

/// A function, and what keeps the addresses in its structure from others.
struct WholeWay {
  std::shared_ptr<TracedFunction> function;
  std::vector<std::shared_ptr<const Pullback>> parts;
};
} // namespace

/// Whether `place` goes the way `structure` for the time that makes it one to
/// compile: as often in a row as chance does not do it, and as often as it
/// takes for a loop to go on for long enough that it pays.
static bool becomesHabit(atled_location place, StringRef structure) {
  constexpr unsigned repetitions = 100;
  static auto *habits = new LruCache<Habit>(1024);
  std::string key = formatLocation(place);
  std::shared_ptr<Habit> habit = habits->find(key);
  if (!habit)
    habit = habits->insert(key, std::make_shared<Habit>());
  std::lock_guard<std::mutex> guard(habit->lock);
  uint64_t hash = llvm::xxh3_64bits(structure);
  if (habit->structure != hash) {
    habit->structure = hash;
    habit->count = 0;
  }
  return ++habit->count == repetitions;
}

/// So many take half a second to compile, and twice as many four times as long:
/// more than a user would wait for in the middle of a loop.
static constexpr size_t maxOperations = 256;

/// Whether the pullbacks have no more operations. In a session.
static bool isShort(ArrayRef<std::shared_ptr<Node>> nodes) {
  size_t operations = 0;
  for (const std::shared_ptr<Node> &node : nodes)
    operations += node->pullback->function->countOperations();
  return operations <= maxOperations;
}

std::shared_ptr<TracedFunction> WayBack::getFunction(atled_location place) {
  // One node is a function already.
  if (nodes.size() < 2 || nodes.size() > maxOperations || leaves.empty())
    return nullptr;
  // Never freed: tensors may be used until the very end of the process.
  static auto *ways = new LruCache<WholeWay>(64);
  std::string structure = getStructure();
  if (std::shared_ptr<WholeWay> known = ways->find(structure))
    return known->function;
  if (!becomesHabit(place, structure))
    return nullptr;
  std::unique_ptr<TracedFunction> made;
  runInSession(place, [&]() -> LogicalResult {
    if (!isShort(nodes))
      return success();
    FailureOr<std::unique_ptr<TracedFunction>> traced = trace(place);
    if (succeeded(traced))
      made = std::move(*traced);
    return traced;
  });
  if (!made)
    return nullptr;
  auto way = std::make_shared<WholeWay>();
  way->function = TracedFunction::share(std::move(made));
  for (const std::shared_ptr<Node> &node : nodes)
    way->parts.push_back(node->pullback);
  // Each part was compiled; so is the whole, or it is no improvement.
  if (!way->function->compile(place))
    return nullptr;
  return ways->insert(structure, way)->function;
}
