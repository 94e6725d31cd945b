// What a reader finds of the things that a file defines: a dialect, an operation, a pass.
//
// RUN: %atled_tblgen -gen-reference %s | FileCheck --match-full-lines --strict-whitespace %s

include "toy.td"
include "mlir/IR/EnumAttr.td"
include "mlir/Pass/PassBase.td"

def Own_Dialect : Dialect {
  let name = "own";
  let summary = "not shown";
  let description = [{
    What the dialect is for.

      - Deeper lines stay deeper.
  }];
}
//      CHECK:What the dialect is for.
//CHECK-EMPTY:
// CHECK-NEXT:  - Deeper lines stay deeper.
//CHECK-EMPTY:

// CHECK-NEXT:| | |
// CHECK-NEXT:|---|---|
// CHECK-NEXT:| [own.mix_up](#ownmix_up) | Several \| things at once |
// CHECK-NEXT:| [own.nothing](#ownnothing) | Returns nothing |
// CHECK-NEXT:| [own.code](#owncode) | Printed by code |
// CHECK-NEXT:| [own-pass](#own-pass) | Mix things up |
// CHECK-NEXT:| [own-plain-pass](#own-plain-pass) | Without options |
//CHECK-EMPTY:

def ModeEnum : I32EnumAttr<"Mode", "how it is done", [
    I32EnumAttrCase<"fast", 0>, I32EnumAttrCase<"safe", 1>]> {
  let genSpecializedAttr = 0;
}
def ModeAttr : EnumAttr<Own_Dialect, ModeEnum, "mode">;

def MixUpOp : Op<Own_Dialect, "mix_up"> {
  let summary = "several | things at once.";
  let description = [{
    Says more.

    Example:

    ```mlir
    %y = "own.mix_up"(%x) : (f32) -> f32
    ```
  }];
  let arguments = (ins AnyType:$x, Variadic<RankedTensorOf<[F32, BF16, I1, UI8]>>:$rest,
                       Optional<Index>:$size, DenseI64ArrayAttr:$order,
                       DefaultValuedAttr<ModeAttr, "Mode::safe">:$mode,
                       DefaultValuedAttr<I64Attr, "1">:$count, OptionalAttr<F64Attr>:$bound,
                       FlatSymbolRefAttr:$callee, ElementsAttr:$value);
  let results = (outs AnyType:$result);
  let assemblyFormat = [{
    $callee `(` $x `,` $rest `)` (`size` `=` $size^)? `[` custom<Order>($order) `]` `` $value
    custom<ModeAndCount>($mode, $count) (`bound` `=` $bound^)? attr-dict `:`
    custom<SameType>(type($x), type($result)) `->` functional-type($rest, $size)
  }];
}
// CHECK-NEXT:## own.mix_up
//CHECK-EMPTY:
// CHECK-NEXT:Several | things at once.
//CHECK-EMPTY:
// CHECK-NEXT:    own.mix_up $callee($x, $rest) (size = $size)?[$order]$value <mode_and_count> (bound = $bound)? : type($x) -> (types) -> types
//CHECK-EMPTY:
// CHECK-NEXT:Says more.
//CHECK-EMPTY:
// CHECK-NEXT:Example:
//CHECK-EMPTY:
// CHECK-NEXT:```mlir
// CHECK-NEXT:%y = "own.mix_up"(%x) : (f32) -> f32
// CHECK-NEXT:```
//CHECK-EMPTY:
// CHECK-NEXT:| | | |
// CHECK-NEXT:|---|---|---|
// CHECK-NEXT:| operand | `x` | any type |
// CHECK-NEXT:| operand | `rest` | tensor of f32 or bf16 or i1 or ui8 (any number) |
// CHECK-NEXT:| operand | `size` | index (may be left out) |
// CHECK-NEXT:| attribute | `order` | array of i64 |
// CHECK-NEXT:| attribute | `mode` | how it is done: `fast`, `safe` (default); `Mode` in C++ |
// CHECK-NEXT:| attribute | `count` | i64 (default `1`) |
// CHECK-NEXT:| attribute | `bound` | f64 (may be left out) |
// CHECK-NEXT:| attribute | `callee` | symbol |
// CHECK-NEXT:| attribute | `value` | constant tensor |
// CHECK-NEXT:| result | `result` | any type |
//CHECK-EMPTY:
// CHECK-NEXT:**Derivative** (linear)
//CHECK-EMPTY:
// CHECK-NEXT:| | |
// CHECK-NEXT:|---|---|
// CHECK-NEXT:| tangent of `result` | `mix_up(tangent(x), rest, size)` |
// CHECK-NEXT:| cotangent of `x` | `cotangent` |
// CHECK-NEXT:| cotangent of `rest` | none |
// CHECK-NEXT:| cotangent of `size` | none |
//CHECK-EMPTY:
def : Linear<MixUpOp, [(Itself $cotangent), (NoDerivative), (NoDerivative)]>;

def NothingOp : Op<Own_Dialect, "nothing"> {
  let summary = "returns nothing";
  let description = "In one line.";
  let assemblyFormat = "attr-dict";
}
// CHECK-NEXT:## own.nothing
//CHECK-EMPTY:
// CHECK-NEXT:Returns nothing.
//CHECK-EMPTY:
// CHECK-NEXT:    own.nothing
//CHECK-EMPTY:
// CHECK-NEXT:In one line.
//CHECK-EMPTY:
// CHECK-NEXT:**Derivative**: none.
//CHECK-EMPTY:

def CodeOp : Op<Own_Dialect, "code"> {
  let summary = "printed by code";
  let description = "Has no format.";
  let arguments = (ins AnyType:$lhs, AnyType:$rhs);
  let results = (outs AnyType:$result);
  let hasCustomAssemblyFormat = 1;
}
// CHECK-NEXT:## own.code
//CHECK-EMPTY:
// CHECK-NEXT:Printed by code.
//CHECK-EMPTY:
// CHECK-NEXT:Has no format.
//CHECK-EMPTY:
//      CHECK:**Derivative** (linear in each operand)
//CHECK-EMPTY:
//      CHECK:| tangent of `result` | `code(tangent(lhs), rhs) + code(lhs, tangent(rhs))` |
// CHECK-NEXT:| cotangent of `lhs` | `cotangent * rhs` |
// CHECK-NEXT:| cotangent of `rhs` | `lhs * cotangent` |
//CHECK-EMPTY:
def : Multilinear<CodeOp, [(Toy_MulOp $cotangent, $rhs), (Toy_MulOp $lhs, $cotangent)]>;

def OwnPass : Pass<"own-pass"> {
  let summary = "mix things up";
  let description = [{
    Does it.
  }];
  let options = [Option<"depth", "depth", "int64_t", "3", "how far: more takes longer">,
                 Option<"name", "name", "std::string", "", "a | b">];
}
// CHECK-NEXT:## own-pass
//CHECK-EMPTY:
// CHECK-NEXT:Mix things up.
//CHECK-EMPTY:
// CHECK-NEXT:Does it.
//CHECK-EMPTY:
// CHECK-NEXT:| option | default | |
// CHECK-NEXT:|---|---|---|
// CHECK-NEXT:| `depth` | `3` | how far: more takes longer |
// CHECK-NEXT:| `name` |  | a \| b |
//CHECK-EMPTY:

def OwnPlainPass : Pass<"own-plain-pass"> {
  let summary = "without options";
  let description = "Does nothing.";
}
// CHECK-NEXT:## own-plain-pass
//CHECK-EMPTY:
// CHECK-NEXT:Without options.
//CHECK-EMPTY:
// CHECK-NEXT:Does nothing.
//CHECK-EMPTY:
//  CHECK-NOT:{{.}}
