// RUN: atled-opt %s --atled-check-entries -split-input-file -verify-diagnostics

// expected-error @below {{entry 'some-name' is no C identifier}}
func.func @"some-name"() {
  return
}

// -----

// expected-error @below {{entry 'switch' is a reserved word of C or C++; rename it}}
func.func @switch() {
  return
}

// -----

// expected-error @below {{entry 'exp' has the name of a function of the C library, whose place it would take; rename it}}
func.func @exp() {
  return
}

// -----

// expected-error @below {{entry 'atled' is a reserved word of C or C++; rename it}}
func.func @atled() {
  return
}

// -----

// expected-error @below {{entry '_start' is a reserved word of C or C++; rename it}}
func.func @_start() {
  return
}

// -----

// expected-error @below {{entry 'size_t' is a reserved word of C or C++; rename it}}
func.func @size_t() {
  return
}

// -----

// expected-error @below {{entry 'std' is a reserved word of C or C++; rename it}}
func.func @std() {
  return
}

// -----

// expected-error @below {{argument 1 of entry 'f' has type 'f32', and C code can only pass tensors of known rank; a scalar is a 0-d tensor}}
func.func @f(%x: tensor<f32>, %y: f32) {
  return
}

// -----

// expected-error @below {{argument 0 of entry 'f' has type 'tensor<*xf32>', and C code can only pass tensors of known rank}}
func.func @f(%x: tensor<*xf32>) {
  return
}

// -----

// expected-error @below {{result 0 of entry 'f' has type 'i32', and C code can only pass tensors of known rank; a scalar is a 0-d tensor}}
func.func @f() -> i32 {
  %0 = arith.constant 0 : i32
  return %0 : i32
}

// -----

// expected-error @below {{argument 0 of entry 'f' has type 'tensor<4xi7>', and C has no type for 'i7'}}
func.func @f(%x: tensor<4xi7>) {
  return
}

// -----

// expected-error @below {{argument 0 of entry 'f' has type 'tensor<4xindex>', and C has no type for 'index'}}
func.func @f(%x: tensor<4xindex>) {
  return
}

// -----

// expected-error @below {{argument 1 of entry 'f' has type 'tensor<1152921504606846976xf64>', which has 2^63 bytes or more}}
func.func @f(%x: tensor<1152921504606846975xf64>, %y: tensor<1152921504606846976xf64>) {
  return
}

// -----

// expected-error @below {{result 0 of entry 'f' has type 'tensor<9223372036854775807x?x0x6xi8>', which has 2^63 bytes or more}}
func.func @f() -> tensor<9223372036854775807x?x0x6xi8> {
  %n = arith.constant 3 : index
  %y = tensor.empty(%n) : tensor<9223372036854775807x?x0x6xi8>
  return %y : tensor<9223372036854775807x?x0x6xi8>
}

// -----

// expected-note @below {{'atled.name' is what C calls it, which named() says in C++}}
// expected-error @below {{argument 0 is named 'learning rate', which is no C identifier}}
func.func @f(%x: tensor<f32> {atled.name = "learning rate"}) {
  return
}

// -----

// expected-note @below {{the other one is here}}
func.func @f(%x: tensor<f32> {atled.name = "x"},
             // expected-error @below {{argument 1 is named 'x' in C, and so is argument 0}}
             %y: tensor<f32> {atled.name = "x"}) {
  return
}

// -----

// The name of an argument that has none, and of one whose name is a word of C.
// expected-note @below {{the other one is here}}
// expected-error @below {{result 1 is named 'out0' in C, and so is result 0}}
func.func @f() -> (tensor<f32>, tensor<f32> {atled.name = "out0"}) {
  %0 = atled.constant dense<0.0> : tensor<f32>
  return %0, %0 : tensor<f32>, tensor<f32>
}

// -----

// expected-note @below {{the other one is here}}
func.func @f(%x: tensor<f32> {atled.name = "if"},
             // expected-error @below {{argument 1 is named 'if_' in C, and so is argument 0}}
             %y: tensor<f32> {atled.name = "if_"}) {
  return
}

// -----

// expected-error @below {{argument 0 of entry 'f' is what has been kept for the way back, of type 'tensor<?xf32>', and without 'ad.forward' nobody says its size}}
func.func @f(%x: tensor<?xf32> {ad.residual}) {
  return
}

// -----

// expected-error @below {{'ad.forward' and 'ad.like' of @f do not say whose dimensions its caller says}}
func.func @f(%x: tensor<?xf32> {ad.residual}) attributes {ad.forward = "g", ad.like = array<i64: 0>} {
  return
}

// -----

func.func @g(%x: tensor<?x2xf32>) {
  return
}
// It has two dimensions.
// expected-error @below {{'ad.forward' and 'ad.like' of @f do not say whose dimensions its caller says}}
func.func @f(%x: tensor<?xf32> {ad.residual}) attributes {ad.forward = "g", ad.like = array<i64: 0>} {
  return
}

// -----

func.func private @g() -> tensor<4xi7> {
  // expected-error @below {{result 0 of entry 'f' has type 'tensor<4xi7>', and C has no type for 'i7'}}
  %0 = tensor.empty() : tensor<4xi7>
  return %0 : tensor<4xi7>
}
func.func @f() -> (tensor<4xi7> {ad.residual}) {
  %0 = call @g() : () -> tensor<4xi7>
  return %0 : tensor<4xi7>
}

// -----

// Functions that hand on what each other returns.
func.func private @g() -> tensor<4xi7> {
  // expected-error @below {{result 0 of entry 'f' has type 'tensor<4xi7>'}}
  %0 = call @f() : () -> tensor<4xi7>
  return %0 : tensor<4xi7>
}
func.func @f() -> (tensor<4xi7> {ad.residual}) {
  %0 = call @g() : () -> tensor<4xi7>
  return %0 : tensor<4xi7>
}

// -----

// expected-error @below {{the residuals of entry 'f' have 2^62 bytes or more}}
func.func @f(%x: tensor<1152921504606846976xf32> {ad.residual}) {
  return
}

// -----

// expected-note @below {{the other one is here}}
func.func @f(%x: tensor<f32> {ad.residual},
             // expected-error @below {{argument 1 is named 'residuals' in C, and so is argument 0}}
             %y: tensor<f32> {atled.name = "residuals"}) {
  return
}

// -----

// expected-error @below {{argument 0 of entry 'f' has type 'tensor<4xi7>', and C has no type for 'i7'}}
func.func @f(%x: tensor<4xi7> {ad.residual}) {
  return
}

// -----

// expected-note @below {{'f' is here: rename one of them, or leave one out with '--entry'}}
func.func @f(%x: tensor<f32>) {
  return
}
// expected-error @below {{entries 'f' and 'f_cpu_ok' would both define 'f_cpu_ok' in the object}}
func.func @f_cpu_ok(%x: tensor<f32>) {
  return
}

// -----

// expected-note @below {{'f_abi1' is here: rename one of them}}
func.func @f_abi1(%x: tensor<f32>) {
  return
}
// expected-error @below {{entries 'f_abi1' and 'f' would both define 'f_abi1' in the object}}
func.func @f(%x: tensor<f32>) {
  return
}

// -----

// expected-note @below {{'f' is here}}
func.func @f(%x: tensor<?xf32>) {
  return
}
// expected-error @below {{entries 'f' and 'f_output_dims' would both define 'f_output_dims' in the object}}
func.func @f_output_dims(%x: tensor<f32>) {
  return
}

// -----

// expected-note @below {{'f' is here}}
func.func @f(%x: tensor<?xf32>) {
  return
}
// expected-error @below {{entries 'f' and 'f_workspace_bytes' would both define 'f_workspace_bytes' in the object}}
func.func @f_workspace_bytes(%x: tensor<f32>) {
  return
}

// -----

// The object has no such names then.
func.func @f(%x: tensor<f32>) {
  return
}
func.func @f_workspace_bytes(%x: tensor<f32>) {
  return
}
func.func @f_where(%x: tensor<f32>) {
  return
}
