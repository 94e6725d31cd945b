// An operation that C++ cannot call is an error at its definition.
//
// DEFINE: %{case} =
// DEFINE: %{run} = not %atled_tblgen -gen-frontend-operations -D%{case} %s 2>&1 | FileCheck --check-prefix=%{case} %s
// REDEFINE: %{case} = OPERAND
// RUN: %{run}
// REDEFINE: %{case} = ATTRIBUTE
// RUN: %{run}
// REDEFINE: %{case} = RESULT
// RUN: %{run}
// REDEFINE: %{case} = RESULTS
// RUN: %{run}
// REDEFINE: %{case} = REGION
// RUN: %{run}
// REDEFINE: %{case} = PROPERTY
// RUN: %{run}

include "mlir/IR/OpBase.td"
include "mlir/IR/Properties.td"

def Own_Dialect : Dialect {
  let name = "own";
  let cppNamespace = "::own";
}
def Own_Numbers : Type<CPred<"">, "tensor of f32, f64 or i8 to i64">;

#ifdef OPERAND
// OPERAND: :[[@LINE+1]]:5: error: 'own.operand' takes the operand 'n', which is no tensor and has no type in C++
def Own_OperandOp : Op<Own_Dialect, "operand"> {
  let arguments = (ins Index:$n);
  let results = (outs Own_Numbers:$result);
}
#endif

#ifdef ATTRIBUTE
// ATTRIBUTE: :[[@LINE+1]]:5: error: 'own.attribute' has the attribute 'where', whose type has none in C++
def Own_AttributeOp : Op<Own_Dialect, "attribute"> {
  let arguments = (ins SymbolRefAttr:$where);
  let results = (outs Own_Numbers:$result);
}
#endif

#ifdef RESULT
// RESULT: :[[@LINE+1]]:5: error: 'own.result' has a result that is any number of tensors, which has no type in C++
def Own_ResultOp : Op<Own_Dialect, "result"> {
  let results = (outs Variadic<Own_Numbers>:$all);
}
#endif

#ifdef RESULTS
// RESULTS: :[[@LINE+1]]:5: error: 'own.results' has several results whose types do not follow from its operands
def Own_ResultsOp : Op<Own_Dialect, "results"> {
  let results = (outs Own_Numbers:$first, Own_Numbers:$second);
}
#endif

#ifdef REGION
// REGION: :[[@LINE+1]]:5: error: 'own.region' has regions, which have no type in C++
def Own_RegionOp : Op<Own_Dialect, "region"> {
  let regions = (region AnyRegion:$body);
  let results = (outs Own_Numbers:$result);
}
#endif

#ifdef PROPERTY
// PROPERTY: :[[@LINE+1]]:5: error: 'own.property' has a property, which has no type in C++
def Own_PropertyOp : Op<Own_Dialect, "property"> {
  let arguments = (ins I64Prop:$n);
  let results = (outs Own_Numbers:$result);
}
#endif
