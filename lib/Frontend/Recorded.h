//===- Recorded.h - Tensors that hold their elements -----------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where no function is traced, an operation runs at once, and its results know
// their elements and what they were computed from. What points where:
//
//   the user's handle -> elements
//                     -> the node that made it -> the nodes before it
//                                              -> elements that the way back
//                                                 needs
//
// No node points at what it has made, or at the handle of a tensor, so that
// there is no cycle: what nobody holds any more is freed.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_FRONTEND_RECORDED_H
#define ATLED_LIB_FRONTEND_RECORDED_H

#include "Session.h"
#include "atled/Execution/HostTensor.h"
#include <memory>
#include <mutex>

namespace atled {

/// Shared, and never changed.
using Elements = std::shared_ptr<const HostTensor>;

struct Leaf;
struct Node;

/// Where a tensor's cotangent goes: to the node that made the tensor, as that
/// of its result with this number, or into the gradient of a leaf. A leaf that
/// is gone wants none.
struct Origin {
  std::shared_ptr<Node> node;
  unsigned result = 0;
  std::weak_ptr<Leaf> leaf;

  bool isActive() const { return node || !leaf.expired(); }
};

/// A tensor of integers that was made from one that requires a gradient: none
/// comes back through it.
struct Cut {
  std::string type;
  atled_location place;
};

/// A tensor's elements, and where its cotangent goes, if anywhere.
struct Recorded {
  Elements elements;
  Origin origin;
  /// Where the way back ends, if it does.
  std::shared_ptr<const Cut> cut = nullptr;
};

/// The gradient of a tensor that is to have one. Several threads may carry
/// cotangents back to it.
struct Leaf {
  std::mutex lock;
  /// Without elements where nothing has come back.
  Recorded gradient;
};

} // namespace atled

/// What a handle stands for.
struct atled_tensor {
  atled::Recorded value;
  std::shared_ptr<atled::Leaf> leaf;
  atled_location made;
};

namespace atled {

/// The type of elements, for as long as they live.
atled_type getType(const HostTensor &elements);

/// A new handle, the caller's own.
atled_value makeHandle(Recorded value, atled_location place);

/// The tensor that a handle stands for, or null where it is not recorded, and
/// the last error says so.
atled_tensor *resolveRecorded(atled_value handle, atled_location place);

/// Memory for elements; null where there is none, and the last error says so.
std::shared_ptr<HostTensor> allocate(atled_type type, atled_location place);

/// `number` as one element of a type. Null where that does not hold it, and the
/// last error says so.
Elements makeNumber(int32_t dtype, const atled_operand &number,
                    atled_location place);

} // namespace atled

#endif // ATLED_LIB_FRONTEND_RECORDED_H
