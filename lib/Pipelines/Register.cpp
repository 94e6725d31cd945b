//===- Register.cpp - Everything Atled registers --------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Pipelines/Register.h"
#include "atled/Codegen/Passes.h"
#include "atled/Conversion/Passes.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "atled/Dialect/Atled/Rules/Rules.h"
#include "atled/Dialect/Atled/Transforms/Passes.h"
#include "atled/Dialect/Check/IR/Check.h"
#include "atled/Dialect/Check/Transforms/Passes.h"
#include "atled/Dialect/Special/IR/Special.h"
#include "atled/Differentiation/ControlFlow.h"
#include "atled/Differentiation/Passes.h"
#include "atled/Emission/Passes.h"
#include "atled/Pipelines/Pipeline.h"
#include "atled/Support/ValueBounds.h"
#include "atled/Target/CPU/Passes.h"
#include "mlir/InitAllDialects.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"

using namespace atled;

void atled::registerDialects(DialectRegistry &registry) {
  registerSoundValueBounds(registry);
  mlir::registerAllDialects(registry);
  registry.insert<AtledDialect>();
  registry.insert<ad::ADDialect>();
  registry.insert<check::CheckDialect>();
  registry.insert<special::SpecialDialect>();
  // Tensors are a vector space in operations of the atled dialect, also in a
  // program that uses none of them itself.
  registry.addExtension(+[](MLIRContext *context, ad::ADDialect *) {
    context->getOrLoadDialect<AtledDialect>();
  });
  registerDerivativeRules(registry);
  registerControlFlowDifferentiation(registry);
  registerBuiltinDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
}

void atled::registerPasses() {
  registerAtledConversionPasses();
  registerAtledCodegenPasses();
  registerCodegenPipeline();
  registerAtledDifferentiationPasses();
  registerAtledTransformsPasses();
  registerAtledEmissionPasses();
  registerAtledTargetCPUPasses();
  registerLowerToLLVMPipeline();
  check::registerCheckPasses();
  registerPipeline();
}
