//===- DerivativeRules.td - The words of derivative rules ----*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The vocabulary in which a dialect states the derivatives of its operations.
// atled-tblgen turns each rule into both modes of differentiation and a row of
// the documentation. A rule has one entry per operand; an entry is a dag over
// the operands, results and attributes of the operation ($name; $op is the
// operation itself, $number the number of the operand) and over operations of
// the dialect.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_INTERFACES_DERIVATIVERULES
#define ATLED_INTERFACES_DERIVATIVERULES

include "mlir/IR/OpBase.td"

class DerivativeRule<Op operation, list<dag> entriesOf> {
  Op op = operation;
  list<dag> entries = entriesOf;
  // What travels back, as readers of the documentation see it: one formula per
  // operand, in `cotangent`. Left empty, they are printed from the entries.
  list<string> formulas = [];
  // Whether to run the operation again costs less than to keep its results.
  bit isCheap = 0;
  // Whether a derivative may be infinite or NaN where the operands are finite.
  bit isSingular = 0;
  // Whether what travels back to the last operand is built first: where a later
  // operand gets a part of the cotangent, and the first one the cotangent with
  // that part overwritten, it is to be read before.
  bit isLastFirst = 0;
}

// For operations that work element by element: an entry is d result / d operand.
// Where the order of evaluation matters, an entry may instead say how a tangent
// passes, in $tangent; a cotangent then returns by the same expression.
class Partials<Op op, list<dag> entries> : DerivativeRule<op, entries>;

// Of which some derivative may be infinite or NaN where the operands are finite.
class SingularPartials<Op op, list<dag> entries> : Partials<op, entries> {
  let isSingular = 1;
}

// For operations that are linear in all operands together: an entry is what
// travels back to the operand, in $cotangent. The tangent is the operation on
// all tangents.
class Linear<Op op, list<dag> entries> : DerivativeRule<op, entries> {
  let isCheap = 1;
}

// For operations that are linear in each operand alone: an entry is what travels
// back to the operand, in $cotangent. The tangent is the sum, over the operands,
// of the operation with that operand replaced by its tangent.
class Multilinear<Op op, list<dag> entries> : DerivativeRule<op, entries>;

// For operations that fit none of the above: both directions are written in C++,
// as an external model of DifferentiableOpInterface that the dialect attaches
// itself. The formulas are for the documentation: one per operand, and one for
// the tangent of the result, in `tangent(x)` for an operand `x`.
class Coded<Op op, list<string> formulasOf, string tangentOf = "">
    : DerivativeRule<op, []> {
  let formulas = formulasOf;
  string tangent = tangentOf;
}

// Whole entries.
// The operand has no derivative: an integer, an index, a predicate.
def NoDerivative;
// The derivative is zero everywhere; nothing is computed for it.
def Zero;
// The value of its only argument: (Itself $cotangent).
def Itself;

// A constant of the result's type, as an argument: Splat<"0.5">.
class Splat<string text> { string literal = text; }
def One : Splat<"1.0">;
def Two : Splat<"2.0">;
def Half : Splat<"0.5">;
def Nought : Splat<"0.0">;

// A C++ function that computes an argument or a whole entry from others, where
// a dag of operations cannot say it: (InversePermutation $permutation). It is
// called as name(builder, arguments...) and is declared in the file that
// includes the generated code.
class Function<string text> { string name = text; }

#endif // ATLED_INTERFACES_DERIVATIVERULES
