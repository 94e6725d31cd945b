//===- CNames.cpp - What C and C++ call a name ----------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CNames.h"
#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/TargetParser/Host.h"

using namespace atled;

bool atled::isCIdentifier(StringRef name) {
  auto isLetter = [](char c) { return llvm::isAlpha(c) || c == '_'; };
  return !name.empty() && isLetter(name.front()) &&
         llvm::all_of(name,
                      [&](char c) { return isLetter(c) || llvm::isDigit(c); });
}

bool atled::isReservedInC(StringRef name) {
  static const llvm::StringSet<> names = {
      // C, up to C23.
      "auto", "break", "case", "char", "const", "constexpr", "continue",
      "default", "do", "double", "else", "enum", "extern", "false", "float",
      "for", "goto", "if", "inline", "int", "long", "nullptr", "register",
      "restrict", "return", "short", "signed", "sizeof", "static", "struct",
      "switch", "true", "typedef", "typeof", "typeof_unqual", "union",
      "unsigned", "void", "volatile", "while",
      // C++, up to C++23.
      "alignas", "alignof", "and", "and_eq", "asm", "bitand", "bitor", "bool",
      "catch", "char8_t", "char16_t", "char32_t", "class", "co_await",
      "co_return", "co_yield", "compl", "concept", "consteval", "constinit",
      "const_cast", "decltype", "delete", "dynamic_cast", "explicit", "export",
      "friend", "mutable", "namespace", "new", "noexcept", "not", "not_eq",
      "operator", "or", "or_eq", "private", "protected", "public",
      "reinterpret_cast", "requires", "static_assert", "static_cast",
      "template", "this", "thread_local", "throw", "try", "typeid", "typename",
      "using", "virtual", "wchar_t", "xor", "xor_eq",
      // Macros that headers and compilers define outside the reserved names.
      "EOF", "I", "NAN", "NULL", "INFINITY", "assert", "complex", "errno",
      "i386", "imaginary", "linux", "offsetof", "stderr", "stdin", "stdout",
      "unix", "fma", "isfinite", "isinf", "isnan", "isnormal", "signbit",
      // What the header itself uses.
      "int8_t", "int16_t", "int32_t", "int64_t", "uint8_t", "uint16_t",
      "uint32_t", "uint64_t", "size_t", "ptrdiff_t", "std", "INT64_MAX",
      "INT64_MIN", "UINT64_MAX", "SIZE_MAX", "PTRDIFF_MAX"};
  // The header's own names, and those that C keeps for itself.
  std::string lower = name.lower();
  return names.contains(name) || lower == "atled" ||
         StringRef(lower).starts_with("atled_") || name.starts_with("_");
}

bool atled::isLibraryFunction(StringRef name) {
  static const llvm::TargetLibraryInfoImpl library{
      llvm::Triple(llvm::sys::getDefaultTargetTriple())};
  llvm::LibFunc function;
  return name == "main" || library.getLibFunc(name, function);
}

LogicalResult
atled::checkSymbol(StringRef kind, StringRef symbol,
                   function_ref<InFlightDiagnostic(const Twine &)> emitError) {
  if (!isCIdentifier(symbol))
    return emitError(kind + " '" + symbol + "' is no C identifier");
  if (isReservedInC(symbol))
    return emitError(kind + " '" + symbol +
                     "' is a reserved word of C or C++; rename it");
  if (isLibraryFunction(symbol))
    return emitError(kind + " '" + symbol +
                     "' has the name of a function of the C library, whose "
                     "place it would take; rename it");
  return success();
}

std::string atled::toMacroName(StringRef name) { return name.upper(); }

StringRef atled::getCType(Type elementType) {
  if (auto integer = dyn_cast<IntegerType>(elementType)) {
    if (integer.getWidth() == 1)
      return integer.isSignless() ? "uint8_t" : "";
    bool isUnsigned = integer.isUnsigned();
    switch (integer.getWidth()) {
    case 8:
      return isUnsigned ? "uint8_t" : "int8_t";
    case 16:
      return isUnsigned ? "uint16_t" : "int16_t";
    case 32:
      return isUnsigned ? "uint32_t" : "int32_t";
    case 64:
      return isUnsigned ? "uint64_t" : "int64_t";
    default:
      return "";
    }
  }
  if (elementType.isF16() || elementType.isBF16())
    return "uint16_t";
  if (elementType.isF32())
    return "float";
  return elementType.isF64() ? "double" : "";
}
