//===- Backward.cpp - From a recorded tensor back to the leaves -----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Nodes are visited from the last that was run to the first: then all that
// used a node's results have been visited before it. Each runs its pullback,
// an ordinary function, so that the way back can be recorded like the way
// there. Or the whole way is one function (WayBack.h). What reaches the leaves
// is added to their gradients at the end.
//
//===----------------------------------------------------------------------===//

#include "Recording.h"
#include "WayBack.h"
#include "llvm/ADT/MapVector.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// Sums of cotangents
//===----------------------------------------------------------------------===//

namespace {
/// The sum of what comes back to one tensor. Numbers of 16 bits are added as
/// f32 and rounded once.
class Cotangent {
public:
  LogicalResult add(const Recorded &part, atled_location place);
  /// Without elements where nothing was added.
  FailureOr<Recorded> get(atled_location place) const;

private:
  FailureOr<Recorded> widen(const Recorded &value, atled_location place) const;

  Recorded sum;
  /// Of the tensor, where the sum is wider than it.
  std::optional<ElementKind> narrow;
};
} // namespace

static FailureOr<Recorded> convert(const Recorded &value, ElementKind kind,
                                   atled_location place) {
  atled_type type = getType(*value.elements);
  type.dtype = static_cast<int32_t>(kind);
  return runElementwise("atled.convert", value, &type, place);
}

FailureOr<Recorded> Cotangent::widen(const Recorded &value,
                                     atled_location place) const {
  if (getByteWidth(value.elements->getKind()) > 2)
    return value;
  return convert(value, ElementKind::F32, place);
}

LogicalResult Cotangent::add(const Recorded &part, atled_location place) {
  if (!sum.elements) {
    sum = part;
    return success();
  }
  ElementKind own = part.elements->getKind();
  FailureOr<Recorded> before = widen(sum, place), more = widen(part, place);
  if (failed(before) || failed(more))
    return failure();
  FailureOr<Recorded> both =
      runElementwise("atled.add", {*before, *more}, nullptr, place);
  if (failed(both))
    return failure();
  sum = std::move(*both);
  if (sum.elements->getKind() != own)
    narrow = own;
  return success();
}

FailureOr<Recorded> Cotangent::get(atled_location place) const {
  if (!narrow)
    return sum;
  return convert(sum, *narrow, place);
}

//===----------------------------------------------------------------------===//
// The walk
//===----------------------------------------------------------------------===//

namespace {
class Walk {
public:
  Walk(bool frees, atled_location place) : frees(frees), place(place) {}

  /// Finds all nodes behind `first`. Fails where one was freed, or has no
  /// derivative.
  LogicalResult find(const std::shared_ptr<Node> &first);
  /// Goes from node to node.
  LogicalResult run(const Recorded &seed, const Origin &origin);
  /// Goes all the way in one step, where there is a function that does so.
  LogicalResult run(const WayBack &way,
                    const std::shared_ptr<TracedFunction> &function);
  ArrayRef<std::shared_ptr<Node>> getNodes() const { return nodes; }

private:
  LogicalResult check(const Node &node);
  /// Compiles the pullbacks.
  LogicalResult prepare();
  LogicalResult send(const Recorded &cotangent, const Origin &origin);
  LogicalResult visit(Node &node, ArrayRef<Cotangent> cotangents);
  /// The gradients that the leaves are to have.
  LogicalResult addToLeaves();

  bool frees;
  atled_location place;
  /// In the order in which they are visited.
  std::vector<std::shared_ptr<Node>> nodes;
  /// Of the results of the nodes that are still to be visited.
  DenseMap<Node *, SmallVector<Cotangent, 1>> pending;
  llvm::MapVector<Leaf *, std::pair<std::shared_ptr<Leaf>, Cotangent>> leaves;
};
} // namespace

LogicalResult Walk::check(const Node &node) {
  if (node.isFreed)
    setLastError(place,
                 "backward() has gone this way before, and what it needs is "
                 "freed; let the first one keep it: "
                 "backward(atled::retain_graph)\n" +
                     formatLocation(node.place) +
                     ": note: the way leads through what is computed here");
  else if (!node.pullback)
    setLastError(Twine(node.failure) + "\n" + formatLocation(place) +
                 ": note: backward() is called here");
  else
    return success();
  return failure();
}

LogicalResult Walk::find(const std::shared_ptr<Node> &first) {
  DenseSet<Node *> seen;
  SmallVector<std::shared_ptr<Node>> stack;
  auto push = [&](const std::shared_ptr<Node> &node) {
    if (node && seen.insert(node.get()).second)
      stack.push_back(node);
  };
  push(first);
  while (!stack.empty()) {
    std::shared_ptr<Node> node = stack.pop_back_val();
    if (failed(check(*node)))
      return failure();
    for (const Origin &origin : node->origins)
      push(origin.node);
    nodes.push_back(std::move(node));
  }
  llvm::sort(nodes, [](const auto &lhs, const auto &rhs) {
    return lhs->number > rhs->number;
  });
  return success();
}

LogicalResult Walk::prepare() {
  llvm::SetVector<TracedFunction *> missing;
  for (const std::shared_ptr<Node> &node : nodes)
    if (TracedFunction *function = node->pullback->function.get();
        !function->isCompiled())
      missing.insert(function);
  return success(missing.empty() ||
                 !TracedFunction::compile(missing.getArrayRef(), place));
}

LogicalResult Walk::send(const Recorded &cotangent, const Origin &origin) {
  if (!origin.node) {
    // A leaf that is gone wants none.
    std::shared_ptr<Leaf> leaf = origin.leaf.lock();
    if (!leaf)
      return success();
    auto &[kept, sum] = leaves[leaf.get()];
    kept = leaf;
    return sum.add(cotangent, place);
  }
  SmallVector<Cotangent, 1> &cotangents = pending[origin.node.get()];
  if (cotangents.size() <= origin.result)
    cotangents.resize(origin.result + 1);
  return cotangents[origin.result].add(cotangent, place);
}

LogicalResult Walk::visit(Node &node, ArrayRef<Cotangent> cotangents) {
  const Pullback &pullback = *node.pullback;
  auto inputs = llvm::to_vector(node.inputs);
  for (unsigned result : pullback.results) {
    FailureOr<Recorded> cotangent = Recorded();
    if (result < cotangents.size())
      cotangent = cotangents[result].get(node.place);
    if (failed(cotangent))
      return failure();
    // Zeros where nobody has used this result.
    const atled_type *types = pullback.function->getSignature().inputs;
    if (!cotangent->elements)
      cotangent->elements = allocate(types[inputs.size()], place);
    if (!cotangent->elements)
      return failure();
    inputs.push_back(std::move(*cotangent));
  }
  FailureOr<SmallVector<Recorded>> results =
      apply(pullback.function, inputs, node.place);
  if (failed(results))
    return failure();
  for (auto [result, origin] : llvm::zip_equal(*results, node.origins))
    if (failed(send(result, origin)))
      return failure();
  return success();
}

LogicalResult Walk::addToLeaves() {
  SmallVector<std::pair<Leaf *, Recorded>> gradients;
  for (auto &[leaf, entry] : leaves) {
    FailureOr<Recorded> more = entry.second.get(place);
    if (failed(more))
      return failure();
    gradients.emplace_back(leaf, *more);
  }
  for (auto &[leaf, more] : gradients) {
    std::lock_guard<std::mutex> guard(leaf->lock);
    Cotangent sum;
    if (leaf->gradient.elements && failed(sum.add(leaf->gradient, place)))
      return failure();
    if (failed(sum.add(more, place)))
      return failure();
    FailureOr<Recorded> all = sum.get(place);
    if (failed(all))
      return failure();
    leaf->gradient = std::move(*all);
  }
  return success();
}

LogicalResult Walk::run(const Recorded &seed, const Origin &origin) {
  if (failed(prepare()) || failed(send(seed, origin)))
    return failure();
  for (const std::shared_ptr<Node> &node : nodes) {
    auto entry = pending.find(node.get());
    SmallVector<Cotangent, 1> cotangents = std::move(entry->second);
    pending.erase(entry);
    if (failed(visit(*node, cotangents)))
      return failure();
    if (frees)
      node->free();
  }
  return addToLeaves();
}

LogicalResult Walk::run(const WayBack &way,
                        const std::shared_ptr<TracedFunction> &function) {
  FailureOr<SmallVector<Recorded>> results =
      apply(function, way.getInputs(), place);
  if (failed(results))
    return failure();
  for (auto [leaf, result] : llvm::zip_equal(way.getLeaves(), *results))
    if (failed(send(result, {nullptr, 0, leaf})))
      return failure();
  if (frees)
    for (const std::shared_ptr<Node> &node : nodes)
      node->free();
  return addToLeaves();
}

int atled::runBackward(const Recorded &result, const Recorded &seed,
                       int32_t graph, atled_location place) {
  PauseRecording pause(graph != ATLED_CREATE_GRAPH);
  Walk walk(graph == ATLED_FREE_GRAPH, place);
  if (failed(walk.find(result.origin.node)))
    return 1;
  // What is recorded consists of nodes.
  if (graph != ATLED_CREATE_GRAPH) {
    WayBack way(walk.getNodes(), result.origin, seed);
    // Where it fails, node by node tells the place.
    if (std::shared_ptr<TracedFunction> whole = way.getFunction(place);
        whole && succeeded(walk.run(way, whole)))
      return 0;
  }
  return failed(walk.run(seed, result.origin));
}

//===----------------------------------------------------------------------===//
// The interface
//===----------------------------------------------------------------------===//

/// What `y` is differentiated with: the seed that was given, or a one.
static FailureOr<Recorded> readSeed(atled_value y, const atled_value *given,
                                    atled_location place) {
  auto fail = [&](const Twine &message) {
    setLastError(place, message);
    return failure();
  };
  if (given) {
    atled_tensor *seed = resolveRecorded(*given, place);
    if (!seed)
      return failure();
    if (!isSameType(given->type, y.type))
      return fail("the seed of a tensor of " + formatType(y.type) +
                  " is of the same type, and one of " +
                  formatType(given->type) + " is given");
    return seed->value;
  }
  if (!llvm::all_of(ArrayRef(y.type.shape, static_cast<size_t>(y.type.rank)),
                    [](int64_t extent) { return extent == 1; }))
    return fail("backward() of a tensor of " + formatType(y.type) +
                " needs a seed: a weight for each of its elements, such as "
                "ones_like of it");
  std::shared_ptr<HostTensor> one = allocate(y.type, place);
  if (!one)
    return failure();
  one->setFloat(0, 1);
  return Recorded{std::move(one), {}};
}

static int reportInactive(const atled_tensor &tensor, atled_location place) {
  if (!tensor.value.cut)
    return setLastError(place,
                        "backward() of a tensor that requires no gradient: "
                        "nothing that it was computed from was told to with "
                        "requires_grad()");
  const Cut &cut = *tensor.value.cut;
  int status = setLastError(
      place, "backward() of a tensor that follows from what requires a "
             "gradient only by way of one of " +
                 cut.type + ", which has no derivative");
  return setLastError(Twine(atled_last_error()) + "\n" +
                          formatLocation(cut.place) +
                          ": note: that one is made here; compute what is "
                          "differentiated without it, and take its detach() "
                          "where it may count as a constant",
                      status);
}

int atled_tensor_backward(atled_value y, const atled_value *seed, int32_t graph,
                          atled_location place) {
  atled_tensor *tensor = resolveForGradient(y, place);
  if (!tensor)
    return 1;
  if (!tensor->value.origin.isActive())
    return reportInactive(*tensor, place);
  FailureOr<Recorded> start = readSeed(y, seed, place);
  if (failed(start))
    return 1;
  return runBackward(tensor->value, *start, graph, place);
}
