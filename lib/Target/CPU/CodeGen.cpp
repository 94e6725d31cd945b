//===- CodeGen.cpp - From the LLVM dialect to object code -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The last step: translation, LLVM's own optimiser, and its code generator.
// Nothing here asks for fast-math or lets a multiplication and an addition be
// contracted: what the program says is what is computed.
//
//===----------------------------------------------------------------------===//

#include "atled/Target/CPU/CodeGen.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/Analysis/CGSCCPassManager.h"
#include "llvm/Analysis/LoopAnalysisManager.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/TargetParser/Triple.h"

using namespace atled;

static std::unique_ptr<llvm::TargetMachine>
createTargetMachine(const Target &target, unsigned optLevel,
                    std::string &error) {
  initializeTargets();
  llvm::Triple triple(target.triple);
  const llvm::Target *llvmTarget =
      llvm::TargetRegistry::lookupTarget(triple, error);
  if (!llvmTarget)
    return nullptr;
  llvm::TargetOptions options;
  options.AllowFPOpFusion = llvm::FPOpFusion::Strict;
  options.MCOptions.ABIName = target.abi;
  return std::unique_ptr<llvm::TargetMachine>(llvmTarget->createTargetMachine(
      triple, target.cpu, target.features, options,
      target.isBareMetal ? llvm::Reloc::Static : llvm::Reloc::PIC_,
      std::nullopt, *llvm::CodeGenOpt::getLevel(optLevel)));
}

/// Whether `function` calls another that the module defines.
static bool callsOthers(const llvm::Function &function) {
  for (const llvm::BasicBlock &block : function)
    for (const llvm::Instruction &instruction : block)
      if (auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction))
        if (const llvm::Function *callee = call->getCalledFunction();
            callee && !callee->isDeclaration())
          return true;
  return false;
}

/// Every function that is not for a processor of its own is for the same one
/// (or LLVM would not inline one into the other), never unwinds, and uses the
/// widest vectors there are.
static void setFunctionAttributes(llvm::Module &module, const Target &target) {
  for (llvm::Function &function : module) {
    function.setDoesNotThrow();
    if (function.isDeclaration())
      continue;
    // Of calls inside one another only the innermost is inlined: all in one
    // function, the alias scopes of its parts take LLVM minutes.
    if (function.hasLocalLinkage() && callsOthers(function) &&
        !function.hasFnAttribute(llvm::Attribute::AlwaysInline))
      function.addFnAttr(llvm::Attribute::NoInline);
    if (function.hasFnAttribute("target-cpu"))
      continue;
    function.addFnAttr("target-cpu", target.cpu);
    if (!target.features.empty())
      function.addFnAttr("target-features", target.features);
    function.addFnAttr("prefer-vector-width", llvm::utostr(target.vectorBits));
  }
}

static void optimize(llvm::Module &module, llvm::TargetMachine &machine,
                     unsigned optLevel) {
  const llvm::OptimizationLevel levels[] = {
      llvm::OptimizationLevel::O0, llvm::OptimizationLevel::O1,
      llvm::OptimizationLevel::O2, llvm::OptimizationLevel::O3};
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager sccs;
  llvm::ModuleAnalysisManager modules;
  llvm::PassBuilder builder(&machine);
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(sccs);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, sccs, modules);
  llvm::ModulePassManager passes =
      optLevel == 0 ? builder.buildO0DefaultPipeline(levels[0])
                    : builder.buildPerModuleDefaultPipeline(levels[optLevel]);
  passes.run(module, modules);
}

/// Whether `machine` can write that.
static bool writeMachineCode(llvm::Module &module, llvm::TargetMachine &machine,
                             CodeFormat format, llvm::raw_pwrite_stream &os) {
  llvm::legacy::PassManager passes;
  llvm::CodeGenFileType type = format == CodeFormat::Object
                                   ? llvm::CodeGenFileType::ObjectFile
                                   : llvm::CodeGenFileType::AssemblyFile;
  if (machine.addPassesToEmitFile(passes, os, nullptr, type))
    return false;
  passes.run(module);
  return true;
}

LogicalResult atled::emitCode(ModuleOp module, const Target &target,
                              unsigned optLevel, CodeFormat format,
                              llvm::raw_pwrite_stream &os, StackUse *stackUse) {
  std::string error;
  std::unique_ptr<llvm::TargetMachine> machine =
      createTargetMachine(target, optLevel, error);
  if (!machine)
    return module.emitError() << error;

  // Known to the translation, which gives loads and stores their alignment.
  module->setAttr(
      LLVM::LLVMDialect::getDataLayoutAttrName(),
      StringAttr::get(module.getContext(),
                      machine->createDataLayout().getStringRepresentation()));

  // The module's name shows in the object: it is the same for all.
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> llvmModule =
      translateModuleToLLVMIR(module, context, "atled");
  if (!llvmModule)
    return failure();
  llvmModule->setTargetTriple(machine->getTargetTriple());
  llvmModule->setDataLayout(machine->createDataLayout());
  if (!target.isBareMetal)
    llvmModule->setPICLevel(llvm::PICLevel::BigPIC);
  setFunctionAttributes(*llvmModule, target);
  optimize(*llvmModule, *machine, optLevel);

  if (format == CodeFormat::LLVM) {
    llvmModule->print(os, nullptr);
    return success();
  }
  SmallString<128> frames;
  if (stackUse)
    // LLVM reports the frames' sizes to a file alone.
    if (std::error_code code =
            llvm::sys::fs::createTemporaryFile("atled", "su", frames))
      return module.emitError() << "cannot measure frames: " << code.message();
  llvm::FileRemover remover(frames);
  machine->Options.StackUsageOutput = frames.str();
  if (!writeMachineCode(*llvmModule, *machine, format, os))
    return module.emitError()
           << "LLVM cannot write this kind of file for " << target.triple;
  if (stackUse) {
    auto report = llvm::MemoryBuffer::getFile(frames);
    if (!report)
      return module.emitError()
             << "cannot measure frames: " << report.getError().message();
    *stackUse = getStackUse(*llvmModule, (*report)->getBuffer());
  }
  return success();
}
