// Rules with one mistake each: their list, and their C++.
//
// RUN: %atled_tblgen -gen-derivative-mutants %s | FileCheck --match-full-lines --check-prefix=LIST %s
// RUN: %atled_tblgen -gen-derivative-rules --mutants %s | FileCheck %s
// RUN: %atled_tblgen -gen-derivative-rules %s | FileCheck --check-prefix=WITHOUT %s

include "mlir/Interfaces/InferTypeOpInterface.td"
include "toy.td"

def Toy_MinusOp : Toy_Op<"minus", (ins AnyType:$lhs, AnyType:$rhs)> {
  let traits = [SameOperandsAndResultType];
}
def Toy_PlusOp : Toy_Op<"plus", (ins AnyType:$lhs, AnyType:$rhs)> {
  let traits = [SameOperandsAndResultType, Commutative];
}

// Arguments change places only where that matters, and what carries the cotangent is not dropped.
//      LIST: 1 toy.plus by $lhs: negated
// LIST-NEXT: 2 toy.plus by $lhs: dropped
// LIST-NEXT: 3 toy.plus by $lhs: that by $rhs instead
// LIST-NEXT: 4 toy.plus by $lhs: argument 0 of (Toy_PlusOp $cotangent, $rhs) alone
// LIST-NEXT: 5 toy.plus by $lhs: argument 1 of (Toy_PlusOp $cotangent, $rhs) negated
// LIST-NEXT: 6 toy.plus by $rhs: negated
// LIST-NEXT: 7 toy.plus by $rhs: dropped
// LIST-NEXT: 8 toy.plus by $rhs: that by $lhs instead
// LIST-NEXT: 9 toy.plus by $rhs: argument 0 of (Toy_MinusOp $cotangent, One) alone
// LIST-NEXT: 10 toy.plus by $rhs: argument 0 of (Toy_MinusOp $cotangent, One) swapped with the next
// LIST-NEXT: 11 toy.plus by $rhs: argument 1 of (Toy_MinusOp $cotangent, One) negated
def : Multilinear<Toy_PlusOp, [(Toy_PlusOp $cotangent, $rhs), (Toy_MinusOp $cotangent, One)]>;

// What is as it should be, and what no operand passes on, has none.
// LIST-NEXT: 12 toy.choose by $onTrue: negated
// LIST-NEXT: 13 toy.choose by $onTrue: dropped
// LIST-NEXT: 14 toy.choose by $onTrue: argument 1 of (Toy_ChooseOp $which, $cotangent, Nought) swapped with the next
//  LIST-NOT: {{.}}
def : Linear<Toy_ChooseOp, [(NoDerivative), (Toy_ChooseOp $which, $cotangent, Nought), (Zero)]>;
def : Coded<Toy_MaxOp, ["to the greater", "to the greater"]>;

//       CHECK: static unsigned getMutant() {
//       CHECK: getenv("ATLED_MUTANT")
//       CHECK: number > 14
// CHECK-LABEL: struct PlusOpRule {
//       CHECK:     case 0: {
//  CHECK-NEXT:     if (getMutant() == 1) {
//  CHECK-NEXT:       direction = builder.product(direction, builder.splat(-1.0));
//  CHECK-NEXT:       auto value1 = ::toy::PlusOp::create(builder, direction, op.getRhs());
//  CHECK-NEXT:       return value1;
//  CHECK-NEXT:     }
//  CHECK-NEXT:     if (getMutant() == 2) {
//  CHECK-NEXT:       direction = builder.product(direction, builder.splat(0.0));
//       CHECK:     if (getMutant() == 3) {
//       CHECK:       ::toy::MinusOp::create(builder, direction, value0);
//       CHECK:     if (getMutant() == 4) {
//  CHECK-NEXT:       return direction;
//       CHECK:     if (getMutant() == 5) {
//  CHECK-NEXT:       auto value0 = builder.product(op.getRhs(), builder.splat(-1.0));
//  CHECK-NEXT:       auto value1 = ::toy::PlusOp::create(builder, direction, value0);
//       CHECK:     {
//  CHECK-NEXT:       auto value0 = ::toy::PlusOp::create(builder, direction, op.getRhs());
//  CHECK-NEXT:       return value0;
//       CHECK:     if (getMutant() == 10) {
//       CHECK:       ::toy::MinusOp::create(builder, value0, direction);

// WITHOUT-NOT: utant
