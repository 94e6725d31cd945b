// The table of derivatives: both directions, from the one that is stated.
//
// RUN: %atled_tblgen -gen-derivative-doc %s | FileCheck %s
// RUN: not %atled_tblgen -gen-derivative-doc -DFUNCTION %s 2>&1 | FileCheck --check-prefix=FUNCTION %s

include "toy.td"

class Own<string mnemonic, dag operands> : Toy_Op<"own_" # mnemonic, operands>;
class Unary<string mnemonic> : Own<mnemonic, (ins AnyType:$x)>;
class Binary<string mnemonic> : Own<mnemonic, (ins AnyType:$lhs, AnyType:$rhs)>;

// CHECK: | operation | tangent of the result | what travels back |
// CHECK-NEXT: |---|---|---|

// Partial derivatives multiply; a product on the right is evaluated first.
// CHECK-NEXT: | toy.own_tanh | `tangent(x) * ((1 + result) * (1 - result))` | `x`: `cotangent * ((1 + result) * (1 - result))` |
def Tanh : Unary<"tanh">;
def : Partials<Tanh, [(Toy_MulOp (Toy_AddOp One, $result), (Toy_SubOp One, $result))]>;

// An entry in $tangent serves both directions; a negative term is subtracted.
// CHECK-NEXT: | toy.own_div | `tangent(lhs) / rhs - (tangent(rhs) * result / rhs)` | `lhs`: `cotangent / rhs`<br>`rhs`: `-(cotangent * result / rhs)` |
def Div : Binary<"div">;
def : Partials<Div, [(Toy_DivOp $tangent, $rhs),
                     (Toy_NegOp (Toy_DivOp (Toy_MulOp $tangent, $result), $rhs))]>;

// CHECK-NEXT: | toy.own_scale | `tangent(x) * (-0.5 * (result / x))` | `x`: `cotangent * (-0.5 * (result / x))` |
def Scale : Unary<"scale">;
def : Partials<Scale, [(Toy_MulOp Splat<"-0.5">, (Toy_DivOp $result, $x))]>;

// CHECK-NEXT: | toy.own_sign | `0` | `x`: `0` |
def Sign : Unary<"sign">;
def : Partials<Sign, [(Zero)]>;

// CHECK-NEXT: | toy.own_gate | `tangent(lhs) * sign(rhs)` | `lhs`: `cotangent * sign(rhs)`<br>`rhs`: `0` |
def Gate : Binary<"gate">;
def : Partials<Gate, [(Toy_SignOp $rhs), (Zero)]>;

// The tangent of what is linear is the operation on the tangents; an operand without a derivative stays.
// CHECK-NEXT: | toy.own_choose | `own_choose(which, tangent(onTrue), tangent(onFalse))` | `which`: none<br>`onTrue`: `choose(which, cotangent, 0)`<br>`onFalse`: `choose(which, 0, cotangent)` |
def Choose : Own<"choose", (ins I1:$which, AnyType:$onTrue, AnyType:$onFalse)>;
def : Linear<Choose, [(NoDerivative), (Toy_ChooseOp $which, $cotangent, Nought),
                      (Toy_ChooseOp $which, Nought, $cotangent)]>;

// CHECK-NEXT: | toy.own_mul | `own_mul(tangent(lhs), rhs) + own_mul(lhs, tangent(rhs))` | `lhs`: `cotangent * rhs`<br>`rhs`: `lhs * cotangent` |
def Mul : Binary<"mul">;
def : Multilinear<Mul, [(Toy_MulOp $cotangent, $rhs), (Toy_MulOp $lhs, $cotangent)]>;

// Formulas for readers take the place of the entries, in both directions. A bar would end a cell.
// CHECK-NEXT: | toy.own_pow | `tangent(lhs) * slope(lhs, rhs) + tangent(rhs) * log \|lhs\|` | `lhs`: `cotangent * slope(lhs, rhs)`<br>`rhs`: `cotangent * log \|lhs\|` |
def Pow : Binary<"pow">;
def SlopeInBase : Function<"slopeInBase">;
def SlopeInExponent : Function<"slopeInExponent">;
def : Partials<Pow, [(SlopeInBase $lhs, $rhs), (SlopeInExponent $lhs)]> {
  let formulas = ["cotangent * slope(lhs, rhs)", "cotangent * log |lhs|"];
}

// CHECK-NEXT: | toy.own_max | `tangent of the greater` | `lhs`: `cotangent, if it is greater`<br>`rhs`: `cotangent, if it is greater` |
def Max : Binary<"max">;
def : Coded<Max, ["cotangent, if it is greater", "cotangent, if it is greater"], "tangent of the greater">;

// CHECK-NEXT: | toy.own_sort |  | `x`: `sorted back` |
def Sort : Unary<"sort">;
def : Coded<Sort, ["sorted back"]>;

// Operations that are only included have their table elsewhere.
// CHECK-NOT: toy.
def : Partials<Toy_SinOp, [(Toy_CosOp $x)]>;

#ifdef FUNCTION
def Flip : Unary<"flip">;
// FUNCTION: derivative-doc.td:[[@LINE+1]]:1: error: 'SlopeInBase' is C++, which tells readers nothing: give the rule formulas
def : Linear<Flip, [(SlopeInBase $cotangent)]>;
#endif
