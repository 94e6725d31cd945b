// The functions with which C++ calls operations: one of each kind of parameter.
//
// RUN: %atled_tblgen -gen-frontend-operations %s > %t.hpp
// RUN: FileCheck %s --match-full-lines < %t.hpp

include "mlir/IR/EnumAttr.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/InferTypeOpInterface.td"

def Own_Dialect : Dialect {
  let name = "own";
  let cppNamespace = "::own";
}
def Own_ModeEnum : I32EnumAttr<"Mode", "how it is done", [
    I32EnumAttrCase<"fast", 0>, I32EnumAttrCase<"default", 1>]> {
  let genSpecializedAttr = 0;
}
def Own_ModeAttr : EnumAttr<Own_Dialect, Own_ModeEnum, "mode">;

// A value that C++ takes for itself gets another name there.
//      CHECK:/// How it is done.
// CHECK-NEXT:enum class Mode {
// CHECK-NEXT:  fast,
// CHECK-NEXT:  default_,
// CHECK-NEXT:};
//      CHECK:inline const char *text_of(Mode value) {
//      CHECK:  case Mode::default_:
// CHECK-NEXT:    return "#own<mode default>";

def Own_Floats : Type<CPred<"">, "tensor of f16, bf16, f32 or f64">;
def Own_Numbers : Type<CPred<"">, "tensor of f32, f64 or i8 to i64">;
def Own_Integers : Type<CPred<"">, "tensor of i8 to i64">;
def Own_Booleans : Type<CPred<"">, "tensor of i1">;
def Own_Tensor : Type<CPred<"">, "tensor of any element type">;

class Own_Op<string mnemonic, list<Trait> traits = []> : Op<Own_Dialect, mnemonic, traits> {
  let results = (outs Own_Numbers:$result);
}

// CHECK:/// All kinds of operand: `own.operands` in the reference.
// CHECK-NEXT:inline Tensor operands(const Operand &first, const Operand &second_one, const Operands &third, const Operand &fourth, const std::optional<Operand> &last = std::nullopt, Location location = Location::here()) {
// CHECK-NEXT:  detail::Emitter emitter("own.operands", location);
// CHECK-NEXT:  emitter.operand(first, ATLED_FLOATS);
// CHECK-NEXT:  emitter.operand(second_one, ATLED_NUMBERS);
// CHECK-NEXT:  emitter.operand(third, ATLED_INDICES);
// CHECK-NEXT:  emitter.operand(fourth, ATLED_BOOLEANS);
// CHECK-NEXT:  emitter.operand(last, ATLED_NUMBERS);
// CHECK-NEXT:  return emitter.emit();
// CHECK-NEXT:}
def Own_OperandsOp : Own_Op<"operands", [InferTypeOpAdaptor]> {
  let summary = "all kinds of operand";
  let arguments = (ins Own_Floats:$first, Own_Numbers:$secondOne, Variadic<Own_Integers>:$third,
                       Own_Booleans:$fourth, Optional<Own_Numbers>:$last);
}

// What has a default comes last, in front of the place of the call.
// CHECK:inline Tensor attributes(int64_t a, int64_t b, double c, bool d, const std::string &e, const Integers &f, const Array &g, Mode h, bool i = false, std::optional<Mode> j = std::nullopt, std::optional<int64_t> k = std::nullopt, const std::optional<Integers> &l = std::nullopt, Location location = Location::here()) {
// CHECK:  emitter.attribute("a", a, 64);
// CHECK-NEXT:  emitter.attribute("b", b, 32);
// CHECK-NEXT:  emitter.attribute("c", c, 32);
// CHECK-NEXT:  emitter.attribute("d", d, 1);
// CHECK-NEXT:  emitter.attribute("e", e);
// CHECK-NEXT:  emitter.attribute("f", f);
// CHECK-NEXT:  emitter.attribute("g", g);
// CHECK-NEXT:  emitter.attribute("h", h);
// CHECK-NEXT:  emitter.unit("i", i);
// CHECK-NEXT:  emitter.attribute("j", j);
// CHECK-NEXT:  emitter.attribute("k", k, 64);
// CHECK-NEXT:  emitter.attribute("l", l);
def Own_AttributesOp : Own_Op<"attributes", [InferTypeOpAdaptor]> {
  let arguments = (ins I64Attr:$a, UnitAttr:$i, I32Attr:$b, F32Attr:$c, BoolAttr:$d, StrAttr:$e,
                       DenseI64ArrayAttr:$f, ElementsAttr:$g, Own_ModeAttr:$h,
                       DefaultValuedAttr<Own_ModeAttr, "Mode::fast">:$j, OptionalAttr<I64Attr>:$k,
                       OptionalAttr<DenseI64ArrayAttr>:$l);
}

// Extents may be told, a type that does not follow is said, a name of C++ is left to it.
// CHECK:inline Tensor not_(const Operand &x, const Spec &result_spec, const Operands &sizes = {}, Location location = Location::here()) {
// CHECK:  emitter.operand(x, ATLED_NUMBERS);
// CHECK-NEXT:  emitter.result(result_spec);
// CHECK-NEXT:  emitter.extents(sizes);
def Own_NotOp : Own_Op<"not"> {
  let arguments = (ins Own_Numbers:$x, Variadic<Index>:$sizes);
}

// CHECK:inline std::array<Tensor, 2> two(const Operand &x, Location location = Location::here()) {
// CHECK:  return emitter.emit<2>();
def Own_TwoOp : Own_Op<"two", [InferTypeOpAdaptor]> {
  let arguments = (ins Own_Numbers:$x);
  let results = (outs Own_Numbers:$first, Own_Numbers:$second);
}

// Each keeps its element type, and for each there is a result.
// CHECK:inline std::vector<Tensor> many(const Operand &x, const Operands &all_of_them, Location location = Location::here()) {
// CHECK:  emitter.operand(all_of_them, ATLED_OTHERS);
// CHECK-NEXT:  return emitter.emit(all_of_them.size() + 1);
def Own_ManyOp : Own_Op<"many", [InferTypeOpAdaptor]> {
  let arguments = (ins Own_Numbers:$x, Variadic<Own_Tensor>:$allOfThem);
  let results = (outs Variadic<Own_Tensor>:$results, Own_Integers:$last);
}
