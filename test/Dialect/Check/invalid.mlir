// RUN: atled-opt %s -verify-diagnostics -split-input-file

func.func @no_tolerance(%x: tensor<4xf32>) {
  // expected-error@+1 {{'check.expect_close' op needs a tolerance: rtol, atol or ulps; to expect equal values, write 'check.expect_eq'}}
  check.expect_close %x, %x within : tensor<4xf32>
  return
}

// -----

func.func @negative_tolerance(%x: tensor<4xf32>) {
  // expected-error@+1 {{'check.expect_close' op rtol is -1.000000e+00, and must be a number from 0 on}}
  check.expect_close %x, %x within rtol = -1.0 : tensor<4xf32>
  return
}

// -----

func.func @infinite_tolerance(%x: tensor<4xf32>) {
  // expected-error@+1 {{'check.expect_close' op atol is}}
  check.expect_close %x, %x within atol = 0x7ff0000000000000 : tensor<4xf32>
  return
}

// -----

func.func @negative_ulps(%x: tensor<4xf32>) {
  // expected-error@+1 {{'check.expect_close' op ulps is -1, and must be 0 or more}}
  check.expect_close %x, %x within ulps = -1 : tensor<4xf32>
  return
}

// -----

func.func @close_integers(%x: tensor<4xi32>) {
  // expected-error@+1 {{'check.expect_close' op operand #0 must be ranked tensor of 16-bit float or bfloat16 type or 32-bit float or 64-bit float values, but got 'tensor<4xi32>'}}
  check.expect_close %x, %x within ulps = 1 : tensor<4xi32>
  return
}

// -----

// expected-note@+1 {{prior use here}}
func.func @different_types(%x: tensor<4xi32>, %y: tensor<5xi32>) {
  // expected-error@+1 {{use of value '%y' expects different type than prior uses: 'tensor<4xi32>' vs 'tensor<5xi32>'}}
  check.expect_eq %x, %y : tensor<4xi32>
  return
}

// -----

func.func @in_a_region(%x: tensor<4xi32>, %p: i1) {
  scf.if %p {
    // expected-error@+1 {{'check.expect_eq' op expects parent op 'func.func'}}
    check.expect_eq %x, %x : tensor<4xi32>
  }
  return
}

// -----

func.func @no_function(%x: tensor<3xf64>) {
  // expected-error@+1 {{'check.gradients' op @g names no function}}
  check.gradients @g at (%x) : tensor<3xf64>
  return
}

// -----

// expected-note@+1 {{the function is here}}
func.func private @f(tensor<3xf64>) -> tensor<3xf64>
func.func @no_body(%x: tensor<3xf64>) {
  // expected-error@+1 {{'check.gradients' op needs the function's body, and @f is only declared}}
  check.gradients @f at (%x) : tensor<3xf64>
  return
}

// -----

// expected-note@+1 {{the function is here}}
func.func private @f(%x: tensor<3xf64>) -> tensor<3xf64> { return %x : tensor<3xf64> }
func.func @too_many(%x: tensor<3xf64>) {
  // expected-error@+1 {{'check.gradients' op gives 2 arguments, and @f takes 1}}
  check.gradients @f at (%x, %x) : tensor<3xf64>, tensor<3xf64>
  return
}

// -----

// expected-note@+1 {{the function is here}}
func.func private @f(%x: tensor<3xf64>) -> tensor<3xf64> { return %x : tensor<3xf64> }
func.func @other_type(%x: tensor<4xf64>) {
  // expected-error@+1 {{'check.gradients' op argument 0 has type 'tensor<4xf64>', and @f takes 'tensor<3xf64>'}}
  check.gradients @f at (%x) : tensor<4xf64>
  return
}

// -----

// expected-note@+1 {{the function is here}}
func.func private @f(%x: tensor<3xf64>) { return }
func.func @no_result(%x: tensor<3xf64>) {
  // expected-error@+1 {{'check.gradients' op @f has no result with floating-point elements to differentiate}}
  check.gradients @f at (%x) : tensor<3xf64>
  return
}

// -----

func.func private @f(%x: tensor<i32>) -> tensor<f32>
func.func @no_argument(%x: tensor<i32>) {
  // expected-error@+1 {{'check.gradients' op checks nothing: no argument has floating-point elements}}
  check.gradients @f at (%x) : tensor<i32>
  return
}

// -----

func.func private @f(%x: tensor<f32>) -> tensor<f32>
func.func @wrt_out_of_range(%x: tensor<f32>) {
  // expected-error@+1 {{'check.gradients' op wrt names argument 1, and there are 1}}
  check.gradients @f at (%x) wrt = [1] : tensor<f32>
  return
}

// -----

func.func private @f(%x: tensor<f32>, %y: tensor<f32>) -> tensor<f32>
func.func @wrt_unsorted(%x: tensor<f32>) {
  // expected-error@+1 {{'check.gradients' op wrt must be sorted and without repetition, and 0 follows 1}}
  check.gradients @f at (%x, %x) wrt = [1, 0] : tensor<f32>, tensor<f32>
  return
}

// -----

func.func private @f(%x: tensor<i32>) -> tensor<f32>
func.func @wrt_integer(%x: tensor<i32>) {
  // expected-error@+1 {{'check.gradients' op wrt names argument 0, which has no derivative: its type is 'tensor<i32>'}}
  check.gradients @f at (%x) wrt = [0] : tensor<i32>
  return
}

// -----

func.func private @f(%x: tensor<f32>) -> tensor<f32>
func.func @no_step(%x: tensor<f32>) {
  // expected-error@+1 {{'check.gradients' op step is 0.000000e+00, and must be positive}}
  check.gradients @f at (%x) step = 0.0 : tensor<f32>
  return
}

// -----

func.func private @f(%x: tensor<f32>) -> tensor<f32>
func.func @order_too_high(%x: tensor<f32>) {
  // expected-error@+1 {{'check.gradients' op order is 9, and must be 1, 2, 3 or 4}}
  check.gradients @f at (%x) order = 9 : tensor<f32>
  return
}
