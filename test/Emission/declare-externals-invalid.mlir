// RUN: atled-opt %s --atled-declare-externals -split-input-file -verify-diagnostics

// expected-error @below {{external function 'some-name' is no C identifier}}
func.func private @"some-name"()
func.func @f() {
  // expected-note @below {{it has no body and is used here, so C code has to provide it}}
  func.call @"some-name"() : () -> ()
  return
}

// -----

// expected-error @below {{external function 'switch' is a reserved word of C or C++; rename it}}
func.func private @switch()
func.func @f() {
  // expected-note @below {{it has no body and is used here}}
  func.call @switch() : () -> ()
  return
}

// -----

// expected-error @below {{external function 'sin' has the name of a function of the C library, whose place it would take; rename it}}
func.func private @sin(tensor<f64>) -> tensor<f64>
func.func @f(%x: tensor<f64>) -> tensor<f64> {
  // expected-note @below {{it has no body and is used here}}
  %y = func.call @sin(%x) : (tensor<f64>) -> tensor<f64>
  return %y : tensor<f64>
}

// -----

// In the object.
// expected-error @below {{external function 'f_abi1' has a name that the object or its header defines for entry 'f'; rename one}}
func.func private @f_abi1()
func.func @f() {
  // expected-note @below {{it has no body and is used here}}
  func.call @f_abi1() : () -> ()
  return
}

// -----

// In the header.
// expected-error @below {{external function 'F_WORKSPACE_BYTES' has a name that the object or its header defines for entry 'f'; rename one}}
func.func private @F_WORKSPACE_BYTES()
func.func @f() {
  // expected-note @below {{it has no body and is used here}}
  func.call @F_WORKSPACE_BYTES() : () -> ()
  return
}

// -----

// expected-error @below {{argument 1 of external function 'g' has type 'f32', and an external function takes and returns tensors of known rank; a scalar is a 0-d tensor}}
func.func private @g(tensor<f32>, f32)
func.func @f(%x: tensor<f32>) {
  %c = arith.constant 1.0 : f32
  // expected-note @below {{it has no body and is used here}}
  func.call @g(%x, %c) : (tensor<f32>, f32) -> ()
  return
}

// -----

// expected-error @below {{result 0 of external function 'g' has type 'tensor<*xf32>', and an external function takes and returns tensors of known rank}}
func.func private @g() -> tensor<*xf32>
func.func @f() {
  // expected-note @below {{it has no body and is used here}}
  func.call @g() : () -> tensor<*xf32>
  return
}

// -----

// expected-error @below {{result 1 of external function 'g' has type 'tensor<2x?xf32>', and an external function takes and returns tensors of static shape; give all dimensions a size}}
func.func private @g() -> (tensor<f32>, tensor<2x?xf32>)
func.func @f() {
  // expected-note @below {{it has no body and is used here}}
  func.call @g() : () -> (tensor<f32>, tensor<2x?xf32>)
  return
}

// -----

// expected-error @below {{argument 0 of external function 'g' has type 'tensor<2xindex>', and C has no type for 'index'}}
func.func private @g(tensor<2xindex>)
func.func @f() {
  %x = arith.constant dense<0> : tensor<2xindex>
  // expected-note @below {{it has no body and is used here}}
  func.call @g(%x) : (tensor<2xindex>) -> ()
  return
}

// -----

// The comment in the header ends where it should.
// expected-note @below {{'atled.name' is what C calls it, which named() says in C++}}
// expected-error @below {{argument 0 is named '*/', which is no C identifier}}
func.func private @g(tensor<f32> {atled.name = "*/"})
func.func @f(%x: tensor<f32>) {
  func.call @g(%x) : (tensor<f32>) -> ()
  return
}
