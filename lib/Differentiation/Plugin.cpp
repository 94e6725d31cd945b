//===- Plugin.cpp - Differentiation in a stock mlir-opt -------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The dialect ad and the passes of differentiation, for any tool that loads
// plug-ins:
//
//   mlir-opt --load-dialect-plugin=AtledADPlugin.so
//            --load-pass-plugin=AtledADPlugin.so
//            --pass-pipeline="builtin.module(ad-differentiate)"
//
//===----------------------------------------------------------------------===//

#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Differentiation/ControlFlow.h"
#include "atled/Differentiation/Passes.h"
#include "mlir/Tools/Plugins/DialectPlugin.h"
#include "mlir/Tools/Plugins/PassPlugin.h"

using namespace atled;

static void registerDialects(DialectRegistry *registry) {
  registry->insert<ad::ADDialect>();
  registerControlFlowDifferentiation(*registry);
}

extern "C" LLVM_ATTRIBUTE_VISIBILITY_DEFAULT DialectPluginLibraryInfo
mlirGetDialectPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "AtledAD", ATLED_VERSION, registerDialects};
}

extern "C" LLVM_ATTRIBUTE_VISIBILITY_DEFAULT PassPluginLibraryInfo
mlirGetPassPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "AtledAD", ATLED_VERSION,
          registerAtledDifferentiationPasses};
}
