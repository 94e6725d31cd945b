//===- Passes.h - From tensors to loops over buffers -----------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The passes that turn functions on tensors (linalg, tensor, arith, math, scf)
// into functions on buffers that a target can lower, and their order.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_CODEGEN_PASSES_H
#define ATLED_CODEGEN_PASSES_H

#include "atled/Support/LLVM.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassOptions.h"

namespace atled {

#define GEN_PASS_DECL
#include "atled/Codegen/Passes.h.inc"

/// What marks an argument that is what an output's buffer holds, and no input.
inline constexpr StringLiteral accumulatorAttrName = "atled.accumulator";

/// Of a public function that takes tensors of dynamic shape: the function that
/// tells, of the dynamic extents of its inputs, whether they fit together, and
/// the dynamic extents of its results.
inline constexpr StringLiteral extentsAttrName = "atled.extents";
/// And the one that tells how much workspace a call needs, in bytes, and where
/// in it buffers are.
inline constexpr StringLiteral layoutAttrName = "atled.layout";
/// What marks these two: they take and return numbers alone.
inline constexpr StringLiteral companionAttrName = "atled.companion";
/// What marks, of such a function, an argument of one index that follows from
/// those extents: `atled.extents` tells it, too.
inline constexpr StringLiteral knownAttrName = "atled.known";
/// How many dynamic extents it takes, behind its destinations.
inline constexpr StringLiteral numDimsAttrName = "atled.num_dims";
/// Of a buffer that it takes by its address alone: the shape.
inline constexpr StringLiteral shapeAttrName = "atled.shape";
/// Of a module whose functions tell where they fail: the places, as text.
inline constexpr StringLiteral placesAttrName = "atled.places";

/// The first half of the derivative of which `function` is the second: the
/// caller says the dynamic dimensions that that takes. Null where `function` is
/// none, or has no dynamic dimensions; an error where its attributes do not
/// fit.
FailureOr<func::FuncOp> findForward(func::FuncOp function);

/// What the code generator must know of a target, without its name.
struct CodegenOptions : public PassPipelineOptions<CodegenOptions> {
  Option<bool> fma{*this, "fma",
                   llvm::cl::desc("the target rounds a multiply-add once: use "
                                  "it in contractions"),
                   llvm::cl::init(false)};
  Option<int64_t> vectorBytes{
      *this, "vector-bytes",
      llvm::cl::desc("bytes in a vector register of the target"),
      llvm::cl::init(16)};
  Option<bool> places{*this, "places",
                      llvm::cl::desc("tell where a function has failed"),
                      llvm::cl::init(false)};
};

/// Adds the passes of `atled-codegen`: what comes in is what AtledToLinalg
/// leaves, what goes out is loops over buffers, with these guarantees.
///
/// Every function takes its inputs, then one destination per result, then a
/// workspace `memref<?xi8>`, and returns nothing. It allocates nothing. It
/// carries `atled.num_inputs` and `atled.workspace_bytes`; an argument whose
/// elements are stored as another type than the program's carries
/// `atled.element_type`. A function without a body takes the same and returns
/// its code, an i32.
void buildCodegenPipeline(OpPassManager &pm, const CodegenOptions &options);

/// Adds the first of these passes, up to `atled-resolve-extents`: what they
/// leave, with the comparisons where they are needed, tells why a call does not
/// fit.
void buildExtentsPipeline(OpPassManager &pm);

/// Registers the named pipeline `atled-codegen`.
void registerCodegenPipeline();

#define GEN_PASS_REGISTRATION
#include "atled/Codegen/Passes.h.inc"

} // namespace atled

#endif // ATLED_CODEGEN_PASSES_H
