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
