//===- EntrySizes.h - Sizes that the caller says ---------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An entry with dynamic dimensions comes with functions more, as far as it has
// such outputs, or is half of a derivative:
//
//   size_t loss_workspace_bytes(const int64_t *dims);
//   size_t loss_fwd_residual_bytes(const int64_t *dims);
//   int32_t loss_output_dims(const int64_t *dims, int64_t *output_dims);
//   int32_t loss_bwd_input_dims(const int64_t *dims, int64_t *input_dims);
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_EMISSION_ENTRYSIZES_H
#define ATLED_LIB_EMISSION_ENTRYSIZES_H

#include "atled/Emission/EntryPoint.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace atled {

/// Builds, in an LLVM function, what follows from the dimensions that its
/// caller passes.
class EntrySizes {
public:
  EntrySizes(const EntryPoint &entry, func::FuncOp body,
             ImplicitLocOpBuilder &b)
      : entry(entry), body(body), b(b) {}

  /// Loads the dimensions from `dims`, and calls `returnIf` with what must not
  /// be and the code of the contract for it. From here on, the dimensions of
  /// inputs and of outputs are known.
  void check(Value dims, function_ref<void(Value, int32_t)> returnIf);

  /// In a function without dimensions to check.
  void placeStaticResiduals();

  /// The workspace that a call needs which wants every output.
  Value buildFullCallBytes();

  /// Residuals in their buffer: where each one is, and where they end.
  struct ResidualPlaces {
    SmallVector<Value> offsets;
    Value bytes;
  };
  const ResidualPlaces &getInputResiduals() const { return inputResiduals; }
  const ResidualPlaces &getOutputResiduals() const { return outputResiduals; }

  /// The bytes of an output.
  Value buildOutputBytes(unsigned index);

  /// Whether an input or an output has elements; null where that is certain.
  Value buildInputHasElements(unsigned index);
  Value buildOutputHasElements(unsigned index);

  /// What the caller says, as it is, and of type index.
  ArrayRef<Value> getDims() const { return callerDims; }
  SmallVector<Value> getIndexDims();
  /// The dimensions of the inputs, and those of the outputs.
  ArrayRef<Value> getInputDims() const { return inputDims; }
  ArrayRef<Value> getOutputDims() const { return outputDims; }

private:
  /// Returns whether one is negative or too large for any tensor.
  Value load(Value dims);
  /// Whether the dimensions do not fit together.
  Value buildDisagree();
  /// The dimensions of `tensors`, which are arguments of the body from `first`
  /// on, of those that its arguments have; and where residuals are.
  SmallVector<Value> takeDims(ArrayRef<EntryTensor> tensors, unsigned first,
                              ArrayRef<Value> &extents, ResidualPlaces &places);
  /// Places residuals of these dimensions.
  ResidualPlaces placeResiduals(ArrayRef<RankedTensorType> residuals,
                                ArrayRef<Value> dims);
  ArrayRef<Value> getDims(ArrayRef<EntryTensor> tensors, unsigned index,
                          ArrayRef<Value> all) const;
  Value buildBytes(RankedTensorType type, ArrayRef<Value> dims);
  Value buildHasElements(const EntryTensor &tensor, ArrayRef<Value> dims);
  SmallVector<Value> callCompanion(StringRef attribute);
  Value constant(int64_t value) {
    return LLVM::ConstantOp::create(b, b.getI64IntegerAttr(value));
  }

  const EntryPoint &entry;
  func::FuncOp body;
  ImplicitLocOpBuilder &b;
  /// Of type i64.
  SmallVector<Value> callerDims, inputDims, outputDims;
  ResidualPlaces inputResiduals, outputResiduals;
};

/// Goes on where `isBroken` is false; where it is true, in a block that
/// `buildReturn` ends.
void buildReturnIf(ImplicitLocOpBuilder &b, Value isBroken,
                   function_ref<void()> buildReturn);

/// `lhs | rhs`; `lhs` may be null, if there is nothing yet.
Value buildOr(ImplicitLocOpBuilder &b, Value lhs, Value rhs);

/// `bytes`, rounded up to what buffers in a workspace are aligned to.
Value buildAligned(ImplicitLocOpBuilder &b, Value bytes);

/// Builds the functions above, before `body`. A size_t has `sizeBits` bits.
void buildSizeFunctions(const EntryPoint &entry, func::FuncOp body,
                        LLVM::Visibility visibility, unsigned sizeBits);

} // namespace atled

#endif // ATLED_LIB_EMISSION_ENTRYSIZES_H
