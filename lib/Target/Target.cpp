//===- Target.cpp - What is known of the machine compiled for -------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Target/Target.h"
#include "atled/Support/NearestName.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

using namespace atled;

unsigned Target::getLanes(Type elementType) const {
  return std::max(1u, vectorBits / elementType.getIntOrFloatBitWidth());
}

/// What every processor of the architecture can do.
static StringRef getBaselineCPU(const llvm::Triple &triple) {
  return triple.getArch() == llvm::Triple::x86_64 ? "x86-64" : "generic";
}

/// The processors of the architecture that can run its code: LLVM counts the
/// 32-bit ones among those of x86-64.
static SmallVector<StringRef> getProcessors(const llvm::Target &llvmTarget,
                                            const llvm::Triple &triple) {
  auto create = [&](StringRef cpu) {
    return std::unique_ptr<llvm::MCSubtargetInfo>(
        llvmTarget.createMCSubtargetInfo(triple, cpu, ""));
  };
  SmallVector<StringRef> names;
  for (const llvm::SubtargetSubTypeKV &processor :
       create(getBaselineCPU(triple))->getAllProcessorDescriptions())
    if (triple.getArch() != llvm::Triple::x86_64 ||
        create(processor.Key)->checkFeatures("+64bit"))
      names.push_back(processor.Key);
  return names;
}

/// The features of the machine this runs on, in an order that does not vary.
static std::string getHostFeatures() {
  SmallVector<std::string> features;
  for (const llvm::StringMapEntry<bool> &feature :
       llvm::sys::getHostCPUFeatures())
    features.push_back((feature.second ? "+" : "-") + feature.first().str());
  llvm::sort(features);
  return llvm::join(features, ",");
}

static void setFacts(Target &target, const llvm::MCSubtargetInfo &subtarget) {
  if (!llvm::Triple(target.triple).isX86())
    return;
  target.hasFMA = subtarget.checkFeatures("+fma");
  target.vectorBits = subtarget.checkFeatures("+avx512f") ? 512
                      : subtarget.checkFeatures("+avx")   ? 256
                                                          : 128;
}

FailureOr<Target>
atled::getHostTarget(StringRef cpu,
                     function_ref<InFlightDiagnostic()> emitError) {
  llvm::InitializeNativeTarget();
  llvm::Triple triple(llvm::sys::getDefaultTargetTriple());
  std::string error;
  const llvm::Target *llvmTarget =
      llvm::TargetRegistry::lookupTarget(triple, error);
  if (!llvmTarget)
    return emitError() << error;

  Target target;
  target.triple = triple.str();
  target.cpu = cpu.empty() ? getBaselineCPU(triple).str() : cpu.str();
  if (cpu == "native") {
    target.cpu = llvm::sys::getHostCPUName().str();
    target.features = getHostFeatures();
  }

  SmallVector<StringRef> processors = getProcessors(*llvmTarget, triple);
  if (!llvm::is_contained(processors, target.cpu)) {
    processors.push_back("native");
    return emitError() << "unknown processor '" << target.cpu << "' for "
                       << triple.getArchName()
                       << suggestNearestName(target.cpu, processors);
  }

  std::unique_ptr<llvm::MCSubtargetInfo> subtarget(
      llvmTarget->createMCSubtargetInfo(triple, target.cpu, target.features));
  setFacts(target, *subtarget);
  return target;
}
