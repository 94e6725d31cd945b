//===- Tape.cpp - What was run --------------------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Tape.h"

using namespace atled;

static thread_local bool isPaused = false;

int32_t atled_pause_recording(int32_t paused) {
  return std::exchange(isPaused, paused);
}

//===----------------------------------------------------------------------===//
// Nodes
//===----------------------------------------------------------------------===//

void Node::free() {
  isFreed = true;
  pullback.reset();
  inputs.clear();
  origins.clear();
}

// Set while a thread frees nodes: what becomes free meanwhile waits here.
static thread_local std::vector<std::shared_ptr<Node>> *waiting = nullptr;

Node::~Node() {
  std::vector<std::shared_ptr<Node>> own;
  bool isOutermost = !waiting;
  if (isOutermost)
    waiting = &own;
  for (Recorded &input : inputs)
    waiting->push_back(std::move(input.origin.node));
  for (Origin &origin : origins)
    waiting->push_back(std::move(origin.node));
  if (!isOutermost)
    return;
  while (!own.empty()) {
    std::shared_ptr<Node> next = std::move(own.back());
    own.pop_back();
  }
  waiting = nullptr;
}

//===----------------------------------------------------------------------===//
// Running
//===----------------------------------------------------------------------===//

static bool isActive(const Recorded &value) {
  return isFloat(value.elements->getKind()) && value.origin.isActive();
}

/// The results of `function`, without origins.
static FailureOr<SmallVector<Recorded>>
run(TracedFunction &function, ArrayRef<Recorded> inputs, atled_location place) {
  auto in = llvm::map_to_vector<8>(inputs, [](const Recorded &input) {
    return static_cast<const void *>(input.elements->getBytes().data());
  });
  auto types = llvm::map_to_vector<8>(inputs, [](const Recorded &input) {
    return getInterfaceType(*input.elements);
  });
  SmallVector<int64_t> extents(function.countOutputExtents());
  if (function.getOutputExtents(types, place, extents.data()))
    return failure();
  const atled_signature &signature = function.getSignature();
  SmallVector<Recorded> results;
  SmallVector<void *> out;
  const int64_t *next = extents.data();
  for (size_t i = 0; i < signature.output_count; ++i) {
    atled_type type = signature.outputs[i];
    type.shape = std::exchange(next, next + type.rank);
    std::shared_ptr<HostTensor> result = allocate(type, place);
    if (!result)
      return failure();
    out.push_back(result->getBytes().data());
    results.push_back({std::move(result), {}});
  }
  if (function.call(types, in.data(), out.data(), place))
    return failure();
  return results;
}

static std::shared_ptr<Node> makeNode(TracedFunction &function,
                                      ArrayRef<Recorded> inputs,
                                      ArrayRef<int64_t> wrt,
                                      atled_location place) {
  static std::atomic<uint64_t> last = 0;
  auto node = std::make_shared<Node>();
  node->number = ++last;
  node->place = place;
  node->pullback = function.getPullback(wrt, place);
  // Said only to whoever goes back: many a tensor is computed for its own sake.
  if (!node->pullback) {
    node->failure = atled_last_error();
    return node;
  }
  for (unsigned index : node->pullback->inputs)
    node->inputs.push_back(inputs[index]);
  for (int64_t index : wrt)
    node->origins.push_back(inputs[index].origin);
  return node;
}

/// Says of results without a way back where it ends: here, or before.
static void markCuts(MutableArrayRef<Recorded> results,
                     ArrayRef<Recorded> inputs, bool isActive,
                     atled_location place) {
  const auto *cut = llvm::find_if(
      inputs, [](const Recorded &input) { return input.cut != nullptr; });
  for (Recorded &result : results)
    if (isActive && !isFloat(result.elements->getKind()))
      result.cut = std::make_shared<Cut>(
          Cut{formatType(getType(*result.elements)), place});
    else if (!isActive && cut != inputs.end())
      result.cut = cut->cut;
}

FailureOr<SmallVector<Recorded>>
atled::apply(const std::shared_ptr<TracedFunction> &function,
             ArrayRef<Recorded> inputs, atled_location place) {
  FailureOr<SmallVector<Recorded>> results = run(*function, inputs, place);
  if (failed(results) || isPaused)
    return results;
  SmallVector<int64_t> wrt;
  for (auto [index, input] : llvm::enumerate(inputs))
    if (isActive(input))
      wrt.push_back(index);
  auto hasCotangent = [](const Recorded &result) {
    return isFloat(result.elements->getKind());
  };
  markCuts(*results, inputs, !wrt.empty(), place);
  if (wrt.empty() || llvm::none_of(*results, hasCotangent))
    return results;
  std::shared_ptr<Node> node = makeNode(*function, inputs, wrt, place);
  for (auto [index, result] : llvm::enumerate(*results))
    if (hasCotangent(result))
      result.origin = {node, static_cast<unsigned>(index), {}};
  return results;
}
