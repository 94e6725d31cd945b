// RUN: atled-opt %s -split-input-file -verify-diagnostics

func.func @no_such_function(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+1 {{'ad.grad' op names a function that does not exist: @loss}}
  %r = ad.grad @loss(%x) wrt = [0] : (tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func private @loss(tensor<4xf32>) -> tensor<f32>
func.func @wrt_empty(%x: tensor<4xf32>) {
  // expected-error@+1 {{'ad.grad' op asks for no derivative: 'wrt' is empty}}
  ad.grad @loss(%x) wrt = [] : (tensor<4xf32>) -> ()
  return
}

// -----

func.func private @loss(tensor<4xf32>, tensor<4xf32>) -> tensor<f32>
func.func @wrt_unsorted(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  // expected-error@+1 {{'ad.grad' op expects 'wrt' to be sorted and without repetition, but 0 follows 1}}
  %r:2 = ad.grad @loss(%x, %x) wrt = [1, 0] : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#0, %r#1 : tensor<4xf32>, tensor<4xf32>
}

// -----

// expected-note@+1 {{@loss is defined here}}
func.func private @loss(tensor<4xf32>) -> tensor<f32>
func.func @wrt_out_of_range(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+1 {{'ad.grad' op 'wrt' names argument 1, but @loss has 1}}
  %r = ad.grad @loss(%x) wrt = [1] : (tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

// expected-note@+1 {{@loss is defined here}}
func.func private @loss(tensor<4xi32>) -> tensor<f32>
func.func @wrt_integer(%x: tensor<4xi32>) -> tensor<4xi32> {
  // expected-error@+1 {{'ad.grad' op argument 0 of @loss has no derivative: its type is 'tensor<4xi32>'}}
  %r = ad.grad @loss(%x) wrt = [0] : (tensor<4xi32>) -> tensor<4xi32>
  return %r : tensor<4xi32>
}

// -----

// expected-note@+1 {{@loss is defined here}}
func.func private @loss(f32) -> tensor<f32>
func.func @wrt_scalar_float(%x: f32) -> f32 {
  // expected-error@+2 {{'ad.grad' op argument 0 of @loss has no derivative: its type is 'f32'}}
  // expected-note@+1 {{a 0-d tensor, tensor<'f32'>, has one}}
  %r = ad.grad @loss(%x) wrt = [0] : (f32) -> f32
  return %r : f32
}

// -----

// expected-note@+1 {{@loss has type '(tensor<4xf32>) -> tensor<f32>'}}
func.func private @loss(tensor<4xf32>) -> tensor<f32>
func.func @argument_count(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+1 {{'ad.grad' op expects 1 argument, got 2}}
  %r = ad.grad @loss(%x, %x) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

// expected-note@+1 {{@loss has type '(tensor<4xf32>) -> tensor<f32>'}}
func.func private @loss(tensor<4xf32>) -> tensor<f32>
func.func @argument_type(%x: tensor<5xf32>) -> tensor<4xf32> {
  // expected-error@+1 {{'ad.grad' op expects argument 0 to be of type 'tensor<4xf32>', got 'tensor<5xf32>'}}
  %r = ad.grad @loss(%x) wrt = [0] : (tensor<5xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

// expected-note@+1 {{@f has type '(tensor<4xf32>) -> tensor<4xf32>'}}
func.func private @f(tensor<4xf32>) -> tensor<4xf32>
func.func @gradient_of_non_scalar(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+2 {{'ad.grad' op needs a function with one real number as its only result}}
  // expected-note@+1 {{'ad.vjp' differentiates any function, given a seed for each result}}
  %r = ad.grad @f(%x) wrt = [0] : (tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

// expected-note@+1 {{@f has type '(tensor<4xf32>) -> tensor<4xf32>'}}
func.func private @f(tensor<4xf32>) -> tensor<4xf32>
func.func @seed_count(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+1 {{'ad.vjp' op expects 1 seed, got 0}}
  %r:2 = ad.vjp @f(%x) seed() wrt = [0] : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}

// -----

// expected-note@+1 {{@f has type '(tensor<4xf32>) -> tensor<4xf32>'}}
func.func private @f(tensor<4xf32>) -> tensor<4xf32>
func.func @tangent_type(%x: tensor<4xf32>, %t: tensor<4xf64>) -> tensor<4xf32> {
  // expected-error@+1 {{'ad.jvp' op expects tangent 0 to be of type 'tensor<4xf32>', got 'tensor<4xf64>'}}
  %r:2 = ad.jvp @f(%x) tangent(%t) wrt = [0] : (tensor<4xf32>, tensor<4xf64>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}

// -----

// expected-note@+1 {{@f has type '(tensor<4xf32>) -> tensor<4xf32>'}}
func.func private @f(tensor<4xf32>) -> tensor<4xf32>
func.func @result_count(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+1 {{'ad.vjp' op expects 2 results, got 1}}
  %r = ad.vjp @f(%x) seed(%x) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

// expected-note@+1 {{@f is defined here}}
func.func private @f(tensor<?xf32>) -> tensor<4xf32>
func.func @jacobian_of_open_shape(%x: tensor<?xf32>) -> tensor<4x4xf32> {
  // expected-error@+2 {{'ad.jacobian' op needs values whose coordinates can be counted, and argument 0 of @f is of type 'tensor<?xf32>'}}
  // expected-note@+1 {{tensors of static shape have coordinates}}
  %r = ad.jacobian @f(%x) wrt = [0] : (tensor<?xf32>) -> tensor<4x4xf32>
  return %r : tensor<4x4xf32>
}

// -----

// expected-note@+1 {{@f has type '(tensor<4xf32>) -> tensor<4xf64>'}}
func.func private @f(tensor<4xf32>) -> tensor<4xf64>
func.func @jacobian_of_two_precisions(%x: tensor<4xf32>) -> tensor<4x4xf32> {
  // expected-error@+1 {{'ad.jacobian' op has no matrix type for the derivatives of a 'tensor<4xf64>' by argument 0, a 'tensor<4xf32>'}}
  %r = ad.jacobian @f(%x) wrt = [0] : (tensor<4xf32>) -> tensor<4x4xf32>
  return %r : tensor<4x4xf32>
}

// -----

// expected-note@+1 {{@f has type '(tensor<4xf32>) -> tensor<2x3xf32>'}}
func.func private @f(tensor<4xf32>) -> tensor<2x3xf32>
func.func @jacobian_of_wrong_type(%x: tensor<4xf32>) -> tensor<4x2x3xf32> {
  // expected-error@+1 {{'ad.jacobian' op expects result 0 to be of type 'tensor<2x3x4xf32>', got 'tensor<4x2x3xf32>'}}
  %r = ad.jacobian @f(%x) wrt = [0] : (tensor<4xf32>) -> tensor<4x2x3xf32>
  return %r : tensor<4x2x3xf32>
}

// -----

// expected-note@+2 {{@f has type '(tensor<4xf32>) -> f32'}}
// expected-note@+1 {{a number that has a derivative is 'tensor<f32>'}}
func.func private @f(tensor<4xf32>) -> f32
func.func @gradient_of_plain_number(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+1 {{'ad.grad' op needs a function with one real number as its only result}}
  %r = ad.grad @f(%x) wrt = [0] : (tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

// expected-note@+1 {{@f has type '(tensor<4xf32>) -> tensor<4xf32>'}}
func.func private @f(tensor<4xf32>) -> tensor<4xf32>
func.func @hessian_of_vector(%x: tensor<4xf32>) -> tensor<4x4xf32> {
  // expected-error@+2 {{'ad.hessian' op needs a function with one real number as its only result}}
  // expected-note@+1 {{'ad.vjp' differentiates any function, given a seed for each result}}
  %r = ad.hessian @f(%x) wrt = [0] : (tensor<4xf32>) -> tensor<4x4xf32>
  return %r : tensor<4x4xf32>
}

// -----

// expected-note@+1 {{@f has type '(tensor<4xf32>) -> tensor<f32>'}}
func.func private @f(tensor<4xf32>) -> tensor<f32>
func.func @hvp_without_tangent(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+1 {{'ad.hvp' op expects 1 tangent, got 0}}
  %r = ad.hvp @f(%x) tangent() wrt = [0] : (tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

// expected-error@+1 {{'func.func' op expects 'ad.max_depth' to be a positive i64, got 0 : i64}}
func.func private @f(tensor<f32>) -> tensor<f32> attributes {ad.max_depth = 0 : i64}

// -----

// expected-error@+1 {{'func.func' op expects 'ad.max_depth' to be at most 1000000, got 1000001}}
func.func private @f(tensor<f32>) -> tensor<f32> attributes {ad.max_depth = 1000001 : i64}

// -----

// expected-error@+1 {{'func.func' op has 'ad.max_iterations', which belongs on a loop}}
func.func private @f(tensor<f32>) -> tensor<f32> attributes {ad.max_iterations = 10 : i64}

// -----

func.func @f(%n: index) {
  // expected-error@+1 {{'scf.for' op has 'ad.max_depth', which belongs on a function}}
  scf.for %i = %n to %n step %n {
  } {ad.max_depth = 10 : i64}
  return
}
