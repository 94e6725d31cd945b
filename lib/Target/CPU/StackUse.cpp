//===- StackUse.cpp - How deep the emitted code's stack gets --------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Target/CPU/StackUse.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/Module.h"

using namespace atled;

namespace {
class StackDepths {
public:
  explicit StackDepths(StringRef report);

  /// The bytes below a call of `function`, or nothing.
  std::optional<int64_t> get(const llvm::Function &function);

private:
  std::optional<int64_t> compute(const llvm::Function &function);

  llvm::StringMap<int64_t> frames;
  /// What is being computed has no depth yet.
  llvm::DenseMap<const llvm::Function *, std::optional<int64_t>> depths;
};
} // namespace

/// What LLVM's report leaves out of each frame: the return address, and what it
/// takes to align the widest vectors.
static constexpr int64_t linkBytes = 8 + 64;

/// What a call may push, which the report leaves out as well: all arguments.
static int64_t getArgumentBytes(const llvm::Instruction &instruction) {
  auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction);
  if (!call)
    return 0;
  const llvm::DataLayout &layout = call->getModule()->getDataLayout();
  int64_t bytes = 0;
  for (const llvm::Use &argument : call->args())
    if (argument->getType()->isSized())
      bytes += llvm::alignTo(layout.getTypeAllocSize(argument->getType()), 8);
  return bytes;
}

StackDepths::StackDepths(StringRef report) {
  for (StringRef line : llvm::split(report, '\n')) {
    auto [place, rest] = line.split('\t');
    auto [size, kind] = rest.split('\t');
    int64_t bytes;
    if (kind == "static" && !size.getAsInteger(10, bytes))
      frames[place.rsplit(':').second] = bytes;
  }
}

std::optional<int64_t> StackDepths::compute(const llvm::Function &function) {
  auto frame = frames.find(function.getName());
  if (frame == frames.end())
    return std::nullopt;
  int64_t arguments = 0, below = 0;
  for (const llvm::Instruction &instruction : llvm::instructions(function)) {
    arguments = std::max(arguments, getArgumentBytes(instruction));
    for (const llvm::Value *operand : instruction.operands()) {
      // What only has its address taken is for another to call: from here.
      auto *callee = llvm::dyn_cast<llvm::Function>(operand);
      if (!callee || callee->isDeclaration())
        continue;
      std::optional<int64_t> depth = get(*callee);
      if (!depth)
        return std::nullopt;
      below = std::max(below, *depth);
    }
  }
  return linkBytes + frame->second + arguments + below;
}

std::optional<int64_t> StackDepths::get(const llvm::Function &function) {
  auto [entry, isNew] = depths.try_emplace(&function);
  if (!isNew)
    return entry->second;
  std::optional<int64_t> depth = compute(function);
  depths[&function] = depth;
  return depth;
}

StackUse atled::getStackUse(const llvm::Module &module, StringRef frames) {
  StackDepths depths(frames);
  StackUse use;
  for (const llvm::Function &function : module)
    if (!function.isDeclaration() && !function.hasLocalLinkage())
      if (std::optional<int64_t> depth = depths.get(function))
        use[function.getName()] = *depth;
  return use;
}
