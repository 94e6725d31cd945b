// RUN: atled-opt %s --verify-diagnostics --split-input-file

func.func @logic_on_floats(%x: tensor<4xf32>) {
  // expected-error@+1 {{'atled.and' op operand #0 must be tensor of i1, i8 to i64 or ui8 to ui64, but got 'tensor<4xf32>'}}
  %0 = atled.and %x, %x : tensor<4xf32>
  return
}

// -----

func.func @shift_of_booleans(%p: tensor<4xi1>) {
  // expected-error@+1 {{'atled.shift_left' op operand #0 must be tensor of i8 to i64 or ui8 to ui64, but got 'tensor<4xi1>'}}
  %0 = atled.shift_left %p, %p : tensor<4xi1>
  return
}

// -----

// expected-note@+1 {{rhs has type tensor<4xi32> and comes from here}}
func.func @shift_by_another_type(%x: tensor<4xi64>, %n: tensor<4xi32>) {
  // expected-error@+1 {{'atled.shift_right_logical' op takes operands of the same type: lhs has tensor<4xi64>, rhs has tensor<4xi32>}}
  %0 = "atled.shift_right_logical"(%x, %n) : (tensor<4xi64>, tensor<4xi32>) -> tensor<4xi64>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4xf32> and comes from here}}
func.func @bits_of_another_width(%x: tensor<4xf32>) {
  // expected-error@+1 {{'atled.bitcast' op keeps the bits: x has elements of type f32, of 32 bits, the result of type i64, of 64}}
  %0 = atled.bitcast %x : tensor<4xf32> to tensor<4xi64>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4xf32> and comes from here}}
func.func @bits_of_another_shape(%x: tensor<4xf32>) {
  // expected-error@+1 {{'atled.bitcast' op keeps the shape: x has tensor<4xf32>, result has tensor<2x2xi32>}}
  %0 = atled.bitcast %x : tensor<4xf32> to tensor<2x2xi32>
  return
}

// -----

func.func @bits_of_booleans(%p: tensor<4xi1>) {
  // expected-error@+1 {{'atled.bitcast' op operand #0 must be tensor of f16, bf16, f32, f64, i8 to i64 or ui8 to ui64, but got 'tensor<4xi1>'}}
  %0 = atled.bitcast %p : tensor<4xi1> to tensor<4xi8>
  return
}
