//===- Tape.h - What was run, and the way back -----------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_FRONTEND_TAPE_H
#define ATLED_LIB_FRONTEND_TAPE_H

#include "Recorded.h"
#include "TracedFunction.h"

namespace atled {

/// A function that was run on tensors one of which is active.
struct Node {
  Node() = default;
  Node(const Node &) = delete;
  Node &operator=(const Node &) = delete;
  /// Frees the nodes before it that nobody else holds: a loop, not a recursion,
  /// for there may be millions.
  ~Node();

  /// What was run later has a greater number.
  uint64_t number;
  atled_location place;
  /// Null where there is no way back, for the reason that `failure` gives.
  std::shared_ptr<const Pullback> pullback;
  std::string failure;
  /// The inputs that the pullback takes.
  SmallVector<Recorded, 2> inputs;
  /// Where the results of the pullback go.
  SmallVector<Origin, 2> origins;
  /// Whether the way back was gone, and what it needs was freed.
  bool isFreed = false;

  void free();
};

/// Runs `function` at `place`, and makes its results those of a node where an
/// input is active. Where it fails, the last error says why.
FailureOr<SmallVector<Recorded>>
apply(const std::shared_ptr<TracedFunction> &function,
      ArrayRef<Recorded> inputs, atled_location place);

/// Carries `seed` from `result` back to the leaves. `graph` is one of
/// Interface.h's. No gradient changes where it fails.
int runBackward(const Recorded &result, const Recorded &seed, int32_t graph,
                atled_location place);

/// Whether this thread makes nodes, until the end of a scope.
class PauseRecording {
public:
  explicit PauseRecording(bool isPaused)
      : before(atled_pause_recording(isPaused)) {}
  PauseRecording(const PauseRecording &) = delete;
  PauseRecording &operator=(const PauseRecording &) = delete;
  ~PauseRecording() { atled_pause_recording(before); }

private:
  int32_t before;
};

} // namespace atled

#endif // ATLED_LIB_FRONTEND_TAPE_H
