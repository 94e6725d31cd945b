// A mistake in a row is an error at the line of the row.
//
// DEFINE: %{case} =
// DEFINE: %{run} = not %atled_tblgen -gen-scalar-lowerings -D%{case} %s 2>&1 | FileCheck --check-prefix=%{case} %s
// REDEFINE: %{case} = NAME
// RUN: %{run}
// REDEFINE: %{case} = ARITY
// RUN: %{run}
// REDEFINE: %{case} = FUNCTION
// RUN: %{run}
// REDEFINE: %{case} = LITERAL
// RUN: %{run}
// REDEFINE: %{case} = ATTRIBUTE
// RUN: %{run}
// REDEFINE: %{case} = KIND
// RUN: %{run}
// REDEFINE: %{case} = HEAD
// RUN: %{run}
// REDEFINE: %{case} = RESULTS
// RUN: %{run}
// REDEFINE: %{case} = SECOND
// RUN: %{run}

include "scalars.td"

#ifdef NAME
// NAME: scalar-lowerings-invalid.td:[[@LINE+1]]:1: error: '$y' names no operand of 'toy.sin'
def : ScalarLowering<Toy_SinOp, (Math_SinOp $y)>;
#endif

// An attribute with a default, here the fast-math flags, has no place.
#ifdef ARITY
// ARITY: :[[@LINE+1]]:1: error: 'arith.addf' takes 2 arguments, the row gives 1
def : ScalarLowering<Toy_SinOp, (Arith_AddFOp $x)>;
#endif

#ifdef FUNCTION
// FUNCTION: :[[@LINE+1]]:1: error: 'Unchanged' takes 1 arguments, the row gives 2
def : ScalarLowering<Toy_AddOp, (Unchanged $lhs, $rhs)>;
#endif

#ifdef LITERAL
// LITERAL: :[[@LINE+1]]:1: error: '"one"' is not a value
def : ScalarLowering<Toy_SinOp, (Arith_AddFOp "one", $x)>;
#endif

#ifdef ATTRIBUTE
// ATTRIBUTE: :[[@LINE+1]]:1: error: 'arith.cmpf' takes its attribute 'predicate' here, the row gives '0'
def : ScalarLowering<Toy_SinOp, (Arith_CmpFOp 0, $x, $x)>;
#endif

#ifdef KIND
// KIND: :[[@LINE+1]]:1: error: 'SLT' is no value of 'predicate' of 'arith.cmpf'
def : ScalarLowering<Toy_SinOp, (Arith_CmpFOp SLT, $x, $x)>;
#endif

#ifdef HEAD
// HEAD: :[[@LINE+1]]:1: error: 'OLT' is neither an operation nor a function
def : ScalarLowering<Toy_SinOp, (OLT $x)>;
#endif

#ifdef RESULTS
// RESULTS: :[[@LINE+1]]:1: error: 'toy.split' does not have one result
def : ScalarLowering<Toy_SplitOp, (Unchanged $x)>;
#endif

#ifdef SECOND
def : ScalarLowering<Toy_SinOp, (Math_SinOp $x)>;
// SECOND: :[[@LINE+2]]:1: error: 'toy.sin' has a second row
// SECOND: :[[@LINE-2]]:1: note: the first is here
def : ScalarLowering<Toy_SinOp, (Math_CosOp $x)>;
#endif
