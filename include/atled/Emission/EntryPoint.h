//===- EntryPoint.h - A function that C code calls -------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Everything that the caller of a compiled function needs to know, and nothing
// of how it is computed: the header is printed from it, and whoever loads the
// object passes its arguments by it.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_EMISSION_ENTRYPOINT_H
#define ATLED_EMISSION_ENTRYPOINT_H

#include "atled/Support/LLVM.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include <optional>
#include <string>
#include <vector>

namespace atled {

/// Of a compiled function: what it is to its caller, as `EntryPoint` says it.
inline constexpr StringLiteral entryAttrName = "atled.entry";

/// An input or an output.
struct EntryTensor {
  /// A C identifier, unique among the inputs or among the outputs.
  std::string name;
  /// With the element type of the program: i1, bf16.
  RankedTensorType type;
  /// Of the residuals of differentiation, which to the caller are bytes: what
  /// the function takes or returns of them, each at an aligned place.
  std::optional<std::vector<RankedTensorType>> residuals;
  /// Of an output: whether it is computed even where nobody wants it, and so
  /// needs room.
  bool needsRoom = false;
  /// Of an output: whether it is added to what is there.
  bool accumulates = false;
  /// Of an output: the input that is donated to it, and where it is.
  std::optional<unsigned> donated = std::nullopt;

  /// Whether the caller has to take this output. Residuals are what the first
  /// half of a derivative is for, and an input that is donated is written.
  bool isAlwaysWanted() const { return residuals || donated; }

  /// The size in the caller's memory, where an i1 takes a byte. The shape is
  /// static.
  int64_t getBytes() const;
  int64_t getElementBytes() const;
  /// Whether there are no elements, whatever the dynamic dimensions are.
  bool isEmpty() const { return llvm::is_contained(type.getShape(), 0); }
  /// What the address must be a multiple of.
  int64_t getAlignment() const;
};

struct EntryPoint {
  /// The function's name in the program and in the object.
  std::string name;
  std::string symbol;
  /// Where the program has it.
  LocationAttr location;
  SmallVector<EntryTensor, 0> inputs, outputs;
  /// Of the second half of a derivative whose sizes are dynamic: the inputs of
  /// the first half. It is their dimensions that the caller says.
  std::optional<SmallVector<EntryTensor, 0>> forwardInputs;
  /// Where a dimension is dynamic, `NAME_workspace_bytes` tells instead. Enough
  /// for a call that wants every output, and enough for every call: with
  /// room for each output that is computed although the caller does not want
  /// it. The first may be 0, the second not.
  int64_t fullCallBytes = 0, workspaceBytes = 0;
  /// Whether a call may need more workspace than that: how much depends on the
  /// values of the inputs.
  bool hasArena = false;
  /// Whether NAME_where tells in which line of the program a call has failed.
  bool tellsPlaces = false;

  /// Those whose dynamic dimensions the caller says, one after the other.
  ArrayRef<EntryTensor> getSizedByCaller() const {
    return forwardInputs ? *forwardInputs : inputs;
  }
  /// How many these are, and how many dynamic dimensions the inputs and the
  /// outputs have.
  unsigned countDims() const;
  unsigned countInputDims() const;
  unsigned countOutputDims() const;
  /// Whether sizes are asked for. Outputs of inputs without dynamic dimensions
  /// may have some: sizes that the program computes from nothing.
  bool isDynamic() const {
    return countDims() + countInputDims() + countOutputDims() != 0;
  }
  /// Whether NAME_input_dims tells the dimensions of the inputs, because the
  /// caller says others.
  bool tellsInputDims() const { return forwardInputs && countInputDims() != 0; }
  /// What is kept between the halves of a derivative; null if this is none.
  const EntryTensor *getResiduals() const;
  /// Residuals begin with the dimensions that they are for, in as many bytes.
  int64_t getResidualsBegin() const;
  /// The input that tells, as the residuals do, which dimensions a call takes;
  /// none where inputs have these.
  std::optional<unsigned> findToldDims() const;

  /// Describes a function on tensors. Emits an error where C code cannot call
  /// it: an argument that is no tensor of known rank, a name that C does not
  /// allow.
  static FailureOr<EntryPoint> fromTensors(func::FuncOp function,
                                           StringRef symbolPrefix);

  /// Describes a function on buffers, as `atled-plan-workspace` leaves it.
  static FailureOr<EntryPoint> fromBuffers(func::FuncOp function,
                                           StringRef symbolPrefix);

  /// From and to the attribute `atled.entry` that the compiled function
  /// carries.
  static EntryPoint fromAttribute(DictionaryAttr attribute);
  /// Whether `attribute` has all that an entry point is made from.
  static bool isDescription(Attribute attribute);
  DictionaryAttr toAttribute(MLIRContext *context) const;
};

/// No buffer is that large, and sums of two such sizes do not overflow.
inline constexpr int64_t kMostResidualBytes = int64_t(1) << 62;

/// The bytes of a residual of static shape.
int64_t getResidualBytes(RankedTensorType type);

/// The entry points of a compiled module, in its order.
SmallVector<EntryPoint> getEntryPoints(ModuleOp module);

} // namespace atled

#endif // ATLED_EMISSION_ENTRYPOINT_H
