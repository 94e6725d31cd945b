//===- SyntaxDoc.cpp - The text of an operation, for readers --------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An assembly format is a program that prints; a reader wants to see what it
// prints:
//
//   $x (`sizes` `(` $sizes^ `)`)? attr-dict `:` type($x) `->` type($result)
//   atled.reshape $x (sizes($sizes))? : type($x) -> type($result)
//
//===----------------------------------------------------------------------===//

#include "SyntaxDoc.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using mlir::tblgen::Operator;

namespace {
class SyntaxFormatter {
public:
  explicit SyntaxFormatter(StringRef format) : rest(format) {}

  std::string format(StringRef name);

private:
  StringRef takeWhile(llvm::function_ref<bool(char)> belongs);
  StringRef takeParenthesized();
  void formatDirective(StringRef word);
  void formatCustom();
  void write(StringRef text);

  StringRef rest;
  std::string text;
  /// The next piece follows without a space.
  bool isTight = false;
};
} // namespace

StringRef SyntaxFormatter::takeWhile(llvm::function_ref<bool(char)> belongs) {
  StringRef taken = rest.take_while(belongs);
  rest = rest.drop_front(taken.size());
  return taken;
}

/// Takes `(...)` and returns what is in it; nothing, if there is none.
StringRef SyntaxFormatter::takeParenthesized() {
  if (!rest.starts_with("("))
    return {};
  unsigned depth = 0;
  for (auto [index, c] : enumerate(rest)) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (depth)
      continue;
    StringRef inner = rest.slice(1, index);
    rest = rest.drop_front(index + 1);
    return inner;
  }
  return {};
}

/// Appends a piece, with a space before it where MLIR prints one.
void SyntaxFormatter::write(StringRef piece) {
  static constexpr StringLiteral closing = ">)}],", opening = "<({[";
  bool hugsLeft = piece.size() == 1 &&
                  (closing.contains(piece[0]) || opening.contains(piece[0]));
  if (!text.empty() && !isTight && !hugsLeft)
    text += " ";
  text += piece;
  isTight = piece.size() == 1 && opening.contains(piece[0]);
}

/// What code prints: types alone stand for one type, a single argument for
/// itself, more are named after what they are.
void SyntaxFormatter::formatCustom() {
  rest = rest.drop_front(); // <
  StringRef name = takeWhile([](char c) { return c != '>'; });
  rest = rest.drop_front(); // >
  SmallVector<StringRef> arguments;
  takeParenthesized().split(arguments, ',');
  bool areTypes = all_of(arguments, [](StringRef argument) {
    return argument.trim().starts_with("type(");
  });
  if (areTypes || arguments.size() == 1)
    return write(arguments.front().trim());
  write("<" + convertToSnakeFromCamelCase(name) + ">");
}

void SyntaxFormatter::formatDirective(StringRef word) {
  if (word.starts_with("attr-dict"))
    return;
  if (word == "custom")
    return formatCustom();
  if (word == "functional-type") {
    takeParenthesized();
    return write("(types) -> types");
  }
  StringRef arguments = takeParenthesized();
  // It says how to spell a type, not which.
  if (word == "qualified")
    return write(arguments);
  write(arguments.empty() ? word.str() : (word + "(" + arguments + ")").str());
}

std::string SyntaxFormatter::format(StringRef name) {
  text = name.str();
  while (!(rest = rest.ltrim()).empty()) {
    char c = rest.front();
    if (c == '`') {
      rest = rest.drop_front();
      StringRef literal = takeWhile([](char c) { return c != '`'; });
      rest = rest.drop_front();
      if (literal.empty())
        isTight = true;
      else
        write(literal);
    } else if (c == '$' || isAlpha(c)) {
      StringRef word = takeWhile([](char c) {
        return c == '$' || c == '-' || c == '_' || isAlnum(c);
      });
      c == '$' ? write(word) : formatDirective(word);
    } else {
      rest = rest.drop_front();
      if (c == '(') {
        text += " (";
        isTight = true;
      } else if (c == ')') {
        text += ")";
        isTight = false;
      } else if (c == '?') {
        text += "?";
      }
      // What is left, as `^`, says how to parse, not what.
    }
  }
  return text;
}

std::string atled::tblgen::formatSyntax(const Operator &op) {
  if (!op.hasAssemblyFormat())
    return {};
  return SyntaxFormatter(op.getAssemblyFormat()).format(op.getOperationName());
}
