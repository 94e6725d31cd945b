// RUN: atled-opt %s -ad-differentiate -split-input-file -verify-diagnostics

// Reverse mode cannot be derived from this rule.
func.func private @f(tensor<4xf32>) -> tensor<4xf32>
func.func private @rule(%x: tensor<4xf32>, %dx: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  // expected-error@+3 {{'math.atan' op has no derivative rule, and the requested gradient passes through it}}
  // expected-note@+2 {{'atled.atan' has a derivative rule}}
  // expected-note@+1 {{'ad.detach' on its results makes it count as a constant}}
  %dy = math.atan %dx : tensor<4xf32>
  return %x, %dy : tensor<4xf32>, tensor<4xf32>
}
// expected-note@+1 {{reverse mode is derived from @rule, since the function has no custom rule for it}}
ad.custom_jvp @f rule @rule
func.func @ask(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-note@+1 {{requested here, with respect to argument 0 of @f}}
  %r:2 = ad.vjp @f(%x) seed(%x) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}

// -----

// Forward mode cannot be derived from what has no body.
func.func private @f(tensor<4xf32>) -> tensor<4xf32>
func.func private @forward(tensor<4xf32>) -> tensor<4xf32>
// expected-error@+1 {{'func.func' op has no body, so it cannot be differentiated}}
func.func private @reverse(tensor<4xf32>) -> tensor<4xf32>
// expected-note@+1 {{forward mode is derived from @reverse, since the function has no custom rule for it}}
ad.custom_vjp @f forward @forward reverse @reverse
func.func @outer(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-note@+1 {{called here, with respect to argument 0 of @f}}
  %y = call @f(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
func.func @ask(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-note@+1 {{requested here, with respect to argument 0 of @outer}}
  %r:2 = ad.jvp @outer(%x) tangent(%x) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}

// -----

// A rule that needs the derivative that is derived from it.
func.func private @f(tensor<4xf32>) -> tensor<4xf32>
// expected-note@+2 {{the pass --ad-unroll-recursion makes a function of each depth}}
// expected-error@+1 {{'func.func' op is recursive, and recursion cannot be differentiated}}
func.func private @rule(%x: tensor<4xf32>, %dx: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  // expected-note@+1 {{called here, with respect to argument 0 of @f}}
  %dy = call @f(%dx) : (tensor<4xf32>) -> tensor<4xf32>
  return %x, %dy : tensor<4xf32>, tensor<4xf32>
}
// expected-note@+1 {{reverse mode is derived from @rule, since the function has no custom rule for it}}
ad.custom_jvp @f rule @rule
func.func @ask(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-note@+1 {{requested here, with respect to argument 0 of @f}}
  %r:2 = ad.vjp @f(%x) seed(%x) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}

// -----

// A rule that asks for the derivative that it states.
// expected-note@+1 {{@f is defined here}}
func.func private @f(tensor<4xf32>) -> tensor<4xf32>
func.func private @rule(%x: tensor<4xf32>, %dx: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  // expected-error@+1 {{'ad.jvp' op asks for a derivative of a function that contains this very request}}
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#0, %r#1 : tensor<4xf32>, tensor<4xf32>
}
ad.custom_jvp @f rule @rule

// -----

// The same, where the rule comes first.
func.func private @rule(%x: tensor<4xf32>, %dx: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  // expected-error@+1 {{'ad.jvp' op asks for a derivative of a function that contains this very request}}
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#0, %r#1 : tensor<4xf32>, tensor<4xf32>
}
// expected-note@+1 {{@f is defined here}}
func.func private @f(tensor<4xf32>) -> tensor<4xf32>
ad.custom_jvp @f rule @rule

// -----

// Not linear: a product of tangents.
func.func private @f(tensor<f32>) -> tensor<f32>
// expected-error@+1 {{'func.func' op is not linear in the tangents, so reverse mode cannot be derived from it}}
func.func private @rule(%x: tensor<f32>, %dx: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  %dy = atled.mul %dx, %dx : tensor<f32>
  return %x, %dy : tensor<f32>, tensor<f32>
}
// expected-note@+2 {{reverse mode is derived from @rule, since the function has no custom rule for it}}
// expected-note@+1 {{'ad.custom_vjp' states a reverse mode of its own}}
ad.custom_jvp @f rule @rule
func.func @ask(%x: tensor<f32>) -> tensor<f32> {
  // expected-note@+1 {{requested here, with respect to argument 0 of @f}}
  %r = ad.grad @f(%x) wrt = [0] : (tensor<f32>) -> tensor<f32>
  return %r : tensor<f32>
}

// -----

// A kink at 0.
func.func private @f(tensor<f32>) -> tensor<f32>
// expected-error@+1 {{'func.func' op is not linear in the tangents, so reverse mode cannot be derived from it}}
func.func private @rule(%x: tensor<f32>, %dx: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  %dy = atled.relu %dx : tensor<f32>
  return %x, %dy : tensor<f32>, tensor<f32>
}
// expected-note@+2 {{reverse mode is derived from @rule, since the function has no custom rule for it}}
// expected-note@+1 {{'ad.custom_vjp' states a reverse mode of its own}}
ad.custom_jvp @f rule @rule
func.func @ask(%x: tensor<f32>) -> tensor<f32> {
  // expected-note@+1 {{requested here, with respect to argument 0 of @f}}
  %r = ad.grad @f(%x) wrt = [0] : (tensor<f32>) -> tensor<f32>
  return %r : tensor<f32>
}

// -----

// A branch that the tangent takes.
func.func private @f(tensor<f32>) -> tensor<f32>
// expected-error@+1 {{'func.func' op is not linear in the tangents, so reverse mode cannot be derived from it}}
func.func private @rule(%x: tensor<f32>, %dx: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  %zero = atled.constant dense<0.0> : tensor<f32>
  %above = atled.compare gt, %dx, %zero : tensor<f32>
  %taken = tensor.extract %above[] : tensor<i1>
  %dy = scf.if %taken -> tensor<f32> {
    %double = atled.add %dx, %dx : tensor<f32>
    scf.yield %double : tensor<f32>
  } else {
    scf.yield %dx : tensor<f32>
  }
  return %x, %dy : tensor<f32>, tensor<f32>
}
// expected-note@+2 {{reverse mode is derived from @rule, since the function has no custom rule for it}}
// expected-note@+1 {{'ad.custom_vjp' states a reverse mode of its own}}
ad.custom_jvp @f rule @rule
func.func @ask(%x: tensor<f32>) -> tensor<f32> {
  // expected-note@+1 {{requested here, with respect to argument 0 of @f}}
  %r = ad.grad @f(%x) wrt = [0] : (tensor<f32>) -> tensor<f32>
  return %r : tensor<f32>
}

// -----

// A power, step by step.
func.func private @f(tensor<f32>) -> tensor<f32>
// expected-error@+1 {{'func.func' op is not linear in the tangents, so reverse mode cannot be derived from it}}
func.func private @rule(%x: tensor<f32>, %dx: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %dy = scf.for %i = %c0 to %c3 step %c1 iter_args(%power = %dx) -> tensor<f32> {
    %next = atled.mul %power, %dx : tensor<f32>
    scf.yield %next : tensor<f32>
  }
  return %x, %dy : tensor<f32>, tensor<f32>
}
// expected-note@+2 {{reverse mode is derived from @rule, since the function has no custom rule for it}}
// expected-note@+1 {{'ad.custom_vjp' states a reverse mode of its own}}
ad.custom_jvp @f rule @rule
func.func @ask(%x: tensor<f32>) -> tensor<f32> {
  // expected-note@+1 {{requested here, with respect to argument 0 of @f}}
  %r = ad.grad @f(%x) wrt = [0] : (tensor<f32>) -> tensor<f32>
  return %r : tensor<f32>
}

// -----

// Another dialect's function.
ml_program.func private @rule(%x: tensor<f32>, %dx: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  ml_program.return %x, %dx : tensor<f32>, tensor<f32>
}
func.func private @f(tensor<f32>) -> tensor<f32>
// expected-error@+1 {{'ad.custom_jvp' op can only differentiate a 'func.func', and @rule is none}}
ad.custom_jvp @f rule @rule

// -----

// A scalar float has no tangent, and where one is lost is an error.
func.func private @scale(tensor<f32>, f32) -> tensor<f32>
func.func private @forward(tensor<f32>, f32) -> (tensor<f32>, f32)
func.func private @reverse(f32, tensor<f32>) -> tensor<f32>
ad.custom_vjp @scale forward @forward reverse @reverse
func.func @f(%x: tensor<f32>) -> tensor<f32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %one = arith.constant 1.0 : f32
  %y:2 = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x, %s = %one) -> (tensor<f32>, f32) {
    %z = func.call @scale(%h, %s) : (tensor<f32>, f32) -> tensor<f32>
    // expected-error@+3 {{'tensor.extract' op has no derivative rule, and the requested gradient passes through it}}
    // expected-note@+2 {{a scalar float carries no derivative; compute with a 0-d tensor instead}}
    // expected-note@+1 {{'ad.detach' on its results makes it count as a constant}}
    %t = tensor.extract %z[] : tensor<f32>
    scf.yield %z, %t : tensor<f32>, f32
  }
  return %y#0 : tensor<f32>
}
func.func @ask(%x: tensor<f32>) -> tensor<f32> {
  // expected-note@+1 {{requested here, with respect to argument 0 of @f}}
  %r = ad.grad @f(%x) wrt = [0] : (tensor<f32>) -> tensor<f32>
  return %r : tensor<f32>
}
