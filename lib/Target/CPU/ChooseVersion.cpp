//===- ChooseVersion.cpp - Asking the processor what it can do ------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Writes the questions as instructions, so that no library is needed:
//
//   choose():  return known ? known : find();
//   find():    CPUID, XGETBV; return known = ...
//
// Threads that come at the same time all find the same.
//
//===----------------------------------------------------------------------===//

#include "atled/Target/CPU/ChooseVersion.h"
#include "atled/Target/X86Features.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "llvm/ADT/StringSet.h"
#include <array>

using namespace atled;

/// Every processor of x86-64, whatever the module is for.
static constexpr StringLiteral baselineProcessor("x86-64");

void atled::setBaseline(LLVM::LLVMFuncOp function) {
  function.setTargetCpu(baselineProcessor);
}

/// The bits that a version needs, word by word.
static std::array<uint32_t, numX86Words>
getMasks(ArrayRef<StringRef> required) {
  std::array<uint32_t, numX86Words> masks = {};
  llvm::StringSet<> names;
  names.insert_range(required);
  for (const X86Feature &feature : getX86Features()) {
    if (!names.contains(feature.name))
      continue;
    masks[static_cast<unsigned>(feature.word)] |= uint32_t(1) << feature.bit;
    masks[static_cast<unsigned>(X86Word::SavedState)] |= feature.savedState;
  }
  return masks;
}

namespace {
/// Writes the function that asks.
class VersionFinder {
public:
  VersionFinder(ModuleOp module, LLVM::GlobalOp known)
      : b(module.getLoc(), module.getContext()), known(known),
        wordType(b.getI32Type()) {
    b.setInsertionPointToEnd(module.getBody());
  }

  LLVM::LLVMFuncOp build(ArrayRef<SmallVector<StringRef>> required);

private:
  /// What CPUID leaves in eax, ebx, ecx and edx; zeros where the processor does
  /// not know that leaf, and would answer for another.
  using Leaf = std::array<Value, 4>;
  Leaf askProcessor(uint32_t leaf, uint32_t subleaf, Value isKnown = {});
  Value askSystem();
  /// Asks everything.
  void readWords();
  Value hasAll(ArrayRef<uint32_t> masks);

  Value constant(uint32_t value) {
    return LLVM::ConstantOp::create(
        b, b.getI32IntegerAttr(static_cast<int32_t>(value)));
  }
  Value isAtLeast(Value value, uint32_t bound) {
    return LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::uge, value,
                                constant(bound));
  }
  Value runAssembly(StringRef text, StringRef constraints, unsigned numResults,
                    ValueRange operands) {
    auto type = LLVM::LLVMStructType::getLiteral(
        b.getContext(), SmallVector<Type>(numResults, wordType));
    return LLVM::InlineAsmOp::create(
               b, type, operands, text, constraints, /*has_side_effects=*/true,
               /*is_align_stack=*/false, LLVM::TailCallKind::None,
               LLVM::AsmDialectAttr(), ArrayAttr())
        .getRes();
  }

  ImplicitLocOpBuilder b;
  LLVM::GlobalOp known;
  Type wordType;
  std::array<Value, numX86Words> words;
};
} // namespace

VersionFinder::Leaf VersionFinder::askProcessor(uint32_t leaf, uint32_t subleaf,
                                                Value isKnown) {
  Value number = constant(leaf), mask;
  if (isKnown) {
    number = LLVM::SelectOp::create(b, isKnown, number, constant(0));
    mask = LLVM::SelectOp::create(b, isKnown, constant(~0u), constant(0));
  }
  Value registers = runAssembly(
      "cpuid", "={ax},={bx},={cx},={dx},{ax},{cx},~{dirflag},~{fpsr},~{flags}",
      4, {number, constant(subleaf)});
  Leaf results;
  for (int64_t i = 0; i != 4; ++i) {
    results[i] = LLVM::ExtractValueOp::create(b, registers, i);
    if (isKnown)
      results[i] = LLVM::AndOp::create(b, results[i], mask);
  }
  return results;
}

/// Which registers the operating system saves. The instruction is there where
/// it has said that it uses it.
Value VersionFinder::askSystem() {
  Value bit =
      LLVM::AndOp::create(b, words[static_cast<unsigned>(X86Word::Leaf1Ecx)],
                          constant(uint32_t(1) << 27));
  Value isThere =
      LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::ne, bit, constant(0));
  Value none = constant(0);
  Block *before = b.getInsertionBlock();
  Region &body = *before->getParent();
  Block *ask = b.createBlock(&body, body.end());
  Value registers = runAssembly(
      "xgetbv", "={ax},={dx},{cx},~{dirflag},~{fpsr},~{flags}", 2, constant(0));
  Value low = LLVM::ExtractValueOp::create(b, registers, int64_t(0));
  Block *after = b.createBlock(&body, body.end(), wordType, b.getLoc());
  b.setInsertionPointToEnd(ask);
  LLVM::BrOp::create(b, low, after);
  b.setInsertionPointToEnd(before);
  LLVM::CondBrOp::create(b, isThere, ask, ValueRange(), after, none);
  b.setInsertionPointToEnd(after);
  return after->getArgument(0);
}

void VersionFinder::readWords() {
  auto word = [&](X86Word name) -> Value & {
    return words[static_cast<unsigned>(name)];
  };
  constexpr unsigned eax = 0, ebx = 1, ecx = 2, edx = 3;
  Value hasLeaf7 = isAtLeast(askProcessor(0, 0)[eax], 7);
  word(X86Word::Leaf1Ecx) = askProcessor(1, 0)[ecx];
  Leaf leaf7 = askProcessor(7, 0, hasLeaf7);
  word(X86Word::Leaf7Ebx) = leaf7[ebx];
  word(X86Word::Leaf7Ecx) = leaf7[ecx];
  word(X86Word::Leaf7Edx) = leaf7[edx];
  Leaf leaf7Sub1 = askProcessor(7, 1, isAtLeast(leaf7[eax], 1));
  word(X86Word::Leaf7Sub1Eax) = leaf7Sub1[eax];
  word(X86Word::Leaf7Sub1Edx) = leaf7Sub1[edx];
  Value hasExtended = isAtLeast(askProcessor(0x80000000, 0)[eax], 0x80000001);
  word(X86Word::ExtendedLeaf1Ecx) =
      askProcessor(0x80000001, 0, hasExtended)[ecx];
  word(X86Word::SavedState) = askSystem();
}

Value VersionFinder::hasAll(ArrayRef<uint32_t> masks) {
  Value all = LLVM::ConstantOp::create(b, b.getBoolAttr(true));
  for (auto [word, mask] : llvm::zip_equal(words, masks)) {
    if (mask == 0)
      continue;
    Value bits = LLVM::AndOp::create(b, word, constant(mask));
    Value has =
        LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::eq, bits, constant(mask));
    all = LLVM::AndOp::create(b, all, has);
  }
  return all;
}

LLVM::LLVMFuncOp
VersionFinder::build(ArrayRef<SmallVector<StringRef>> required) {
  auto function = LLVM::LLVMFuncOp::create(
      b, "atled.find_version", LLVM::LLVMFunctionType::get(wordType, {}),
      LLVM::Linkage::Internal);
  setBaseline(function);
  function.setNoInline(true);
  // Who calls this once has all registers for the other calls.
  function.setCConv(LLVM::cconv::CConv::PreserveMost);
  b.setInsertionPointToEnd(function.addEntryBlock(b));
  readWords();
  Value version = constant(~0u);
  for (size_t i = required.size(); i-- != 0;)
    version = LLVM::SelectOp::create(b, hasAll(getMasks(required[i])),
                                     constant(i + 1), version);
  LLVM::StoreOp::create(b, version, LLVM::AddressOfOp::create(b, known),
                        /*alignment=*/4, /*isVolatile=*/false,
                        /*isNonTemporal=*/false, /*isInvariantGroup=*/false,
                        LLVM::AtomicOrdering::monotonic);
  LLVM::ReturnOp::create(b, version);
  return function;
}

LLVM::LLVMFuncOp
atled::addVersionChoice(ModuleOp module,
                        ArrayRef<SmallVector<StringRef>> required) {
  ImplicitLocOpBuilder b(module.getLoc(), module.getContext());
  b.setInsertionPointToEnd(module.getBody());
  Type i32 = b.getI32Type();
  auto known = LLVM::GlobalOp::create(
      b, i32, /*isConstant=*/false, LLVM::Linkage::Internal,
      "atled.known_version", b.getI32IntegerAttr(0), 4);
  LLVM::LLVMFuncOp find = VersionFinder(module, known).build(required);

  b.setInsertionPointToEnd(module.getBody());
  auto choose = LLVM::LLVMFuncOp::create(b, "atled.choose_version",
                                         LLVM::LLVMFunctionType::get(i32, {}),
                                         LLVM::Linkage::Internal);
  setBaseline(choose);
  choose.setAlwaysInline(true);
  Block *entry = choose.addEntryBlock(b);
  Block *isKnown = b.createBlock(&choose.getBody(), choose.getBody().end());
  Block *isUnknown = b.createBlock(&choose.getBody(), choose.getBody().end());
  b.setInsertionPointToEnd(entry);
  Value version = LLVM::LoadOp::create(
      b, i32, LLVM::AddressOfOp::create(b, known), /*alignment=*/4,
      /*isVolatile=*/false, /*isNonTemporal=*/false, /*isInvariant=*/false,
      /*isInvariantGroup=*/false, LLVM::AtomicOrdering::monotonic);
  Value zero = LLVM::ConstantOp::create(b, b.getI32IntegerAttr(0));
  LLVM::CondBrOp::create(
      b, LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::ne, version, zero),
      isKnown, isUnknown);
  b.setInsertionPointToEnd(isKnown);
  LLVM::ReturnOp::create(b, version);
  b.setInsertionPointToEnd(isUnknown);
  auto call = LLVM::CallOp::create(b, find, ValueRange());
  call.setCConv(find.getCConv());
  LLVM::ReturnOp::create(b, call.getResult());
  return choose;
}
