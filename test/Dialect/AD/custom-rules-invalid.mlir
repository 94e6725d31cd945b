// RUN: atled-opt %s -split-input-file -verify-diagnostics

func.func private @rule(tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
// expected-error@+1 {{'ad.custom_jvp' op names a function that does not exist: @f}}
ad.custom_jvp @f rule @rule

// -----

func.func private @f(tensor<4xf32>) -> tensor<4xf32>
func.func private @forward(tensor<4xf32>) -> tensor<4xf32>
// expected-error@+1 {{'ad.custom_vjp' op names a function that does not exist: @reverse}}
ad.custom_vjp @f forward @forward reverse @reverse

// -----

// expected-note@+1 {{@f has type '(tensor<4xf32>, tensor<i32>) -> tensor<f32>'}}
func.func private @f(tensor<4xf32>, tensor<i32>) -> tensor<f32>
// expected-note@+1 {{@rule is defined here}}
func.func private @rule(tensor<4xf32>, tensor<i32>, tensor<4xf32>) -> (tensor<f32>, tensor<4xf32>)
// expected-error@+1 {{'ad.custom_jvp' op needs @rule to have type '(tensor<4xf32>, tensor<i32>, tensor<4xf32>) -> (tensor<f32>, tensor<f32>)', but it has type '(tensor<4xf32>, tensor<i32>, tensor<4xf32>) -> (tensor<f32>, tensor<4xf32>)'}}
ad.custom_jvp @f rule @rule

// -----

// expected-note@+1 {{@f has type '(tensor<4xf32>) -> tensor<f32>'}}
func.func private @f(tensor<4xf32>) -> tensor<f32>
// expected-note@+1 {{@forward is defined here}}
func.func private @forward(tensor<5xf32>) -> tensor<f32>
func.func private @reverse(tensor<f32>) -> tensor<4xf32>
// expected-error@+1 {{'ad.custom_vjp' op needs @forward to have type '(tensor<4xf32>) -> tensor<f32>', with residuals behind the results, but it has type '(tensor<5xf32>) -> tensor<f32>'}}
ad.custom_vjp @f forward @forward reverse @reverse

// -----

// The results come first.
// expected-note@+1 {{@f has type '(tensor<4xf32>) -> tensor<f32>'}}
func.func private @f(tensor<4xf32>) -> tensor<f32>
// expected-note@+1 {{@forward is defined here}}
func.func private @forward(tensor<4xf32>) -> (tensor<4xf32>, tensor<f32>)
func.func private @reverse(tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
// expected-error@+1 {{'ad.custom_vjp' op needs @forward to have type '(tensor<4xf32>) -> tensor<f32>', with residuals behind the results, but it has type '(tensor<4xf32>) -> (tensor<4xf32>, tensor<f32>)'}}
ad.custom_vjp @f forward @forward reverse @reverse

// -----

// The residuals and the cotangents have to be those of the other functions.
// expected-note@+1 {{@f has type '(tensor<4xf32>) -> tensor<f32>'}}
func.func private @f(tensor<4xf32>) -> tensor<f32>
func.func private @forward(tensor<4xf32>) -> (tensor<f32>, tensor<4xf32>)
// expected-note@+1 {{@reverse is defined here}}
func.func private @reverse(tensor<f32>, tensor<4xf32>) -> tensor<4xf32>
// expected-error@+1 {{'ad.custom_vjp' op needs @reverse to have type '(tensor<4xf32>, tensor<f32>) -> tensor<4xf32>', but it has type '(tensor<f32>, tensor<4xf32>) -> tensor<4xf32>'}}
ad.custom_vjp @f forward @forward reverse @reverse

// -----

func.func private @f(tensor<f32>) -> tensor<f32>
func.func private @one(tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>)
func.func private @another(tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>)
// expected-note@+1 {{the first one is here}}
ad.custom_jvp @f rule @one
// expected-error@+1 {{'ad.custom_jvp' op is the second one for @f}}
ad.custom_jvp @f rule @another

// -----

// expected-note@+1 {{@f is defined here}}
func.func private @f(tensor<f32>) -> (tensor<f32>, f32)
func.func private @rule(tensor<f32>, tensor<f32>) -> (tensor<f32>, f32, tensor<f32>)
// expected-error@+1 {{'ad.custom_jvp' op result 1 of @f carries no derivative: its type is 'f32'}}
ad.custom_jvp @f rule @rule

// -----

// Effects are found in what a rule calls, and in regions.
func.func private @f(tensor<f32>) -> tensor<f32>
func.func private @log(%c: i1) {
  scf.if %c {
    // expected-note@+1 {{'memref.alloc' has them}}
    %m = memref.alloc() : memref<f32>
  }
  return
}
func.func private @rule(%x: tensor<f32>, %dx: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  %c = arith.constant true
  call @log(%c) : (i1) -> ()
  return %x, %dx : tensor<f32>, tensor<f32>
}
// expected-error@+1 {{'ad.custom_jvp' op names @rule, which has memory effects; neither a function with a rule nor a rule may have any}}
ad.custom_jvp @f rule @rule

// -----

// What the function itself does would be lost where its rule runs instead.
func.func private @f(%x: tensor<f32>, %m: memref<f32>) -> tensor<f32> {
  %s = tensor.extract %x[] : tensor<f32>
  // expected-note@+1 {{'memref.store' has them}}
  memref.store %s, %m[] : memref<f32>
  return %x : tensor<f32>
}
func.func private @rule(%x: tensor<f32>, %m: memref<f32>, %dx: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  return %x, %dx : tensor<f32>, tensor<f32>
}
// expected-error@+1 {{'ad.custom_jvp' op names @f, which has memory effects; neither a function with a rule nor a rule may have any}}
ad.custom_jvp @f rule @rule

// -----

// A rule calls the function that it is for, and a function may call itself.
func.func private @f(%x: tensor<f32>) -> tensor<f32> {
  %y = call @f(%x) : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @rule(%x: tensor<f32>, %dx: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  %y = call @f(%x) : (tensor<f32>) -> tensor<f32>
  return %y, %dx : tensor<f32>, tensor<f32>
}
ad.custom_jvp @f rule @rule

// -----

func.func @not_in_a_module() {
  // expected-error@+1 {{'ad.custom_jvp' op expects parent op 'builtin.module'}}
  ad.custom_jvp @f rule @rule
  return
}
