// A mistake in a rule is an error at the line of the rule, whichever generator reads it.
//
// DEFINE: %{case} =
// DEFINE: %{run} = not %atled_tblgen -gen-derivative-rules -D%{case} %s 2>&1 | FileCheck --check-prefix=%{case} %s
// REDEFINE: %{case} = NAME
// RUN: %{run}
// REDEFINE: %{case} = TANGENT
// RUN: %{run}
// REDEFINE: %{case} = ARITY
// RUN: %{run}
// REDEFINE: %{case} = MANY
// RUN: %{run}
// REDEFINE: %{case} = ITSELF
// RUN: %{run}
// REDEFINE: %{case} = MISSING
// RUN: %{run}
// REDEFINE: %{case} = RESULTS
// RUN: %{run}
// REDEFINE: %{case} = LITERAL
// RUN: %{run}
// REDEFINE: %{case} = HEAD
// RUN: %{run}
// REDEFINE: %{case} = NESTED
// RUN: %{run}
// REDEFINE: %{case} = UNUSED
// RUN: %{run}
// REDEFINE: %{case} = FORMULAS
// RUN: %{run}
// REDEFINE: %{case} = STATED
// RUN: %{run}
// REDEFINE: %{case} = SECOND
// RUN: %{run}
// REDEFINE: %{case} = UNKNOWN
// RUN: %{run}
// REDEFINE: %{case} = NONE
// RUN: %{run}
//
// RUN: not %atled_tblgen -gen-derivative-doc -DNAME %s 2>&1 | FileCheck --check-prefix=NAME %s
// RUN: not %atled_tblgen -gen-derivative-list -DSECOND %s 2>&1 | FileCheck --check-prefix=SECOND %s

include "toy.td"

#ifdef NAME
// NAME: derivative-rules-invalid.td:[[@LINE+1]]:1: error: '$y' names no operand, result or attribute of 'toy.sin'
def : Partials<Toy_SinOp, [(Toy_CosOp $y)]>;
#endif

// A rule that is not elementwise is stated backwards.
#ifdef TANGENT
// TANGENT: :[[@LINE+1]]:1: error: '$tangent' names no operand, result or attribute of 'toy.neg'
def : Linear<Toy_NegOp, [(Toy_NegOp $tangent)]>;
#endif

#ifdef ARITY
// ARITY: :[[@LINE+1]]:1: error: 'toy.mul' takes 2 operands, the rule gives 1
def : Partials<Toy_SinOp, [(Toy_MulOp $x)]>;
#endif

#ifdef MANY
// MANY: :[[@LINE+1]]:1: error: 'toy.cos' takes 1 operands, the rule gives 2
def : Partials<Toy_SinOp, [(Toy_NegOp (Toy_CosOp $x, $x))]>;
#endif

#ifdef ITSELF
// ITSELF: :[[@LINE+1]]:1: error: 'Itself' takes 1 value, the rule gives 2
def : Linear<Toy_NegOp, [(Itself $cotangent, $x)]>;
#endif

#ifdef MISSING
// MISSING: :[[@LINE+1]]:1: error: 'toy.mul' has 2 operands, the rule has 1 entries
def : Multilinear<Toy_MulOp, [(Toy_MulOp $cotangent, $rhs)]>;
#endif

#ifdef RESULTS
// RESULTS: :[[@LINE+1]]:1: error: 'toy.split' does not have one result: its rule must be Coded
def : Linear<Toy_SplitOp, [(Toy_NegOp $cotangent)]>;
#endif

#ifdef LITERAL
// LITERAL: :[[@LINE+1]]:1: error: '2' is not a value of a rule
def : Partials<Toy_SinOp, [(Toy_MulOp 2, $x)]>;
#endif

#ifdef HEAD
// HEAD: :[[@LINE+1]]:1: error: 'One' is neither an operation nor a function
def : Partials<Toy_SinOp, [(One $x)]>;
#endif

#ifdef NESTED
// NESTED: :[[@LINE+1]]:1: error: 'Zero' is neither an operation nor a function
def : Partials<Toy_SinOp, [(Toy_MulOp (Zero), $x)]>;
#endif

#ifdef UNUSED
// UNUSED: :[[@LINE+1]]:1: error: the entry of '$rhs' does not use $cotangent
def : Multilinear<Toy_MulOp, [(Toy_MulOp $cotangent, $rhs), (Itself $lhs)]>;
#endif

#ifdef FORMULAS
// FORMULAS: :[[@LINE+1]]:1: error: 'toy.max' has 2 operands, the rule has 1 formulas
def : Coded<Toy_MaxOp, ["to the greater"]>;
#endif

#ifdef STATED
// STATED: :[[@LINE+1]]:1: error: 'toy.sin' has 1 operands, the rule has 2 formulas
def : Partials<Toy_SinOp, [(Toy_CosOp $x)]> {
  let formulas = ["cotangent * cos(x)", "none"];
}
#endif

#ifdef SECOND
def : Partials<Toy_SinOp, [(Toy_CosOp $x)]>;
// SECOND: :[[@LINE+2]]:1: error: 'toy.sin' has a second rule
// SECOND: :[[@LINE-2]]:1: note: the first is here
def : Partials<Toy_SinOp, [(Toy_NegOp $x)]>;
#endif

// What is no record at all is TableGen's own affair.
#ifdef UNKNOWN
// UNKNOWN: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}}'Toy_TanOp'
def : Partials<Toy_SinOp, [(Toy_TanOp $x)]>;
#endif

// NONE: error: no derivative rule in this file
