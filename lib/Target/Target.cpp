//===- Target.cpp - What is known of the machine compiled for -------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Target/Target.h"
#include "atled/Support/NearestName.h"
#include "atled/Target/X86Features.h"
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

namespace {
/// A machine that code is written for, and what every processor of its kind can
/// do.
struct Baseline {
  /// As users call it, and LLVM, where it is not the same.
  StringLiteral name, triple, cpu, features, abi;
};
} // namespace

static constexpr Baseline baselines[] = {
    {"x86_64-linux-gnu", "x86_64-linux-gnu", "x86-64", "", ""},
    {"aarch64-linux-gnu", "aarch64-linux-gnu", "generic", "", ""},
    // What Linux distributions are built for, rv64gc, passes double in
    // registers.
    {"riscv64-linux-gnu", "riscv64-linux-gnu", "generic-rv64", "+m,+a,+f,+d,+c",
     "lp64d"},
    // Cortex-M4 and M7, with or without registers for floating point: numbers
    // are passed in the others. The processor knows Thumb instructions alone.
    {"armv7em-none-eabi", "thumbv7em-none-eabi", "generic", "", "aapcs"}};

/// The one of `triple`'s architecture, if there is one.
static Baseline getBaseline(const llvm::Triple &triple) {
  for (const Baseline &baseline : baselines)
    if (llvm::Triple(baseline.triple).getArch() == triple.getArch())
      return baseline;
  return {"", "", "generic", "", ""};
}

bool atled::canAskProcessor(const Target &target) {
  return llvm::Triple(target.triple).getArch() == llvm::Triple::x86_64;
}

void atled::initializeTargets() {
  static bool once = [] {
    llvm::InitializeAllTargetInfos();
    llvm::InitializeAllTargets();
    llvm::InitializeAllTargetMCs();
    llvm::InitializeAllAsmPrinters();
    // Code that asks the processor is assembly.
    llvm::InitializeAllAsmParsers();
    return true;
  }();
  (void)once;
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
       create(getBaseline(triple).cpu)->getAllProcessorDescriptions())
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
  llvm::Triple triple(target.triple);
  target.pointerBits = triple.isArch32Bit() ? 32 : 64;
  target.isBareMetal = triple.getOS() == llvm::Triple::UnknownOS;
  if (triple.isThumb()) {
    // A fused multiply-add of double is a function of libm, where it is there.
    target.vectorBits = 32;
  } else if (triple.isAArch64()) {
    target.hasFMA = true;
  } else if (triple.isRISCV64()) {
    target.hasFMA = subtarget.checkFeatures("+d");
    // There are vectors in an extension alone, and their size is not known.
    target.vectorBits = 64;
  } else if (triple.isX86()) {
    target.hasFMA = subtarget.checkFeatures("+fma");
    target.vectorBits = subtarget.checkFeatures("+avx512f") ? 512
                        : subtarget.checkFeatures("+avx")   ? 256
                                                            : 128;
    if (!canAskProcessor(target))
      return;
    for (const X86Feature &feature : getX86Features())
      if (subtarget.checkFeatures(("+" + feature.name).str()))
        target.required.push_back(feature.name.str());
  }
}

/// The triple of a target's name: that of this machine has more to it.
static FailureOr<std::string>
getTriple(StringRef name, function_ref<InFlightDiagnostic()> emitError) {
  std::string host = llvm::sys::getDefaultTargetTriple();
  if (name.empty() || name == host)
    return host;
  SmallVector<StringRef> names;
  for (const Baseline &baseline : baselines) {
    if (name == baseline.name)
      return baseline.triple.str();
    names.push_back(baseline.name);
  }
  return emitError() << "unknown target '" << name << "'; the targets are "
                     << llvm::join(names, ", ")
                     << suggestNearestName(name, names);
}

FailureOr<Target>
atled::getTarget(StringRef name, StringRef cpu,
                 function_ref<InFlightDiagnostic()> emitError) {
  initializeTargets();
  FailureOr<std::string> tripleName = getTriple(name, emitError);
  if (failed(tripleName))
    return failure();
  llvm::Triple triple(llvm::Triple::normalize(*tripleName));
  std::string error;
  const llvm::Target *llvmTarget =
      llvm::TargetRegistry::lookupTarget(triple, error);
  if (!llvmTarget)
    return emitError() << error;

  Baseline baseline = getBaseline(triple);
  Target target;
  target.triple = triple.str();
  target.cpu = cpu.empty() ? baseline.cpu.str() : cpu.str();
  target.features = cpu.empty() ? baseline.features.str() : "";
  target.abi = baseline.abi.str();
  if (cpu == "native") {
    llvm::Triple host(llvm::sys::getDefaultTargetTriple());
    if (triple.getArch() != host.getArch())
      return emitError() << "'native' is the processor of this machine, which "
                            "is of "
                         << host.getArchName() << " and not of "
                         << triple.getArchName();
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
