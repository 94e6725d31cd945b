// RUN: atled-opt %s --verify-diagnostics --split-input-file

func.func @float_operation_on_integers(%x: tensor<4xi32>) {
  // expected-error@+1 {{'atled.sin' op operand #0 must be tensor of f16, bf16, f32 or f64, but got 'tensor<4xi32>'}}
  %0 = atled.sin %x : tensor<4xi32>
  return
}

// -----

func.func @arithmetic_on_predicates(%x: tensor<4xi1>) {
  // expected-error@+1 {{'atled.add' op operand #0 must be tensor of f16, bf16, f32, f64, i8 to i64 or ui8 to ui64, but got 'tensor<4xi1>'}}
  %0 = atled.add %x, %x : tensor<4xi1>
  return
}

// -----

func.func @elements_of_type_index(%x: tensor<4xindex>) {
  // expected-error@+1 {{operand #0 must be tensor of f16, bf16, f32, f64, i8 to i64 or ui8 to ui64, but got 'tensor<4xindex>'}}
  %0 = atled.neg %x : tensor<4xindex>
  return
}

// -----

func.func @elements_of_an_odd_width(%x: tensor<4xi24>) {
  // expected-error@+1 {{operand #0 must be tensor of}}
  %0 = atled.neg %x : tensor<4xi24>
  return
}

// -----

func.func @elements_of_type_si32(%x: tensor<4xsi32>) {
  // expected-error@+1 {{operand #0 must be tensor of}}
  %0 = atled.neg %x : tensor<4xsi32>
  return
}

// -----

func.func @scalar(%x: f32) {
  // expected-error@+1 {{invalid kind of type specified: expected builtin.tensor, but found 'f32'}}
  %0 = atled.neg %x : f32
  return
}

// -----

func.func @unranked_tensor(%x: tensor<*xf32>) {
  // expected-error@+1 {{'atled.neg' op operand #0 must be tensor of f16, bf16, f32, f64, i8 to i64 or ui8 to ui64, but got 'tensor<*xf32>'}}
  %0 = "atled.neg"(%x) : (tensor<*xf32>) -> tensor<*xf32>
  return
}

// -----

func.func @encoding(%x: tensor<4xf32, "sparse">) {
  // expected-error@+1 {{'atled.neg' op operand #0 has type tensor<4xf32, "sparse">, but tensors with an encoding are not taken}}
  %0 = atled.neg %x : tensor<4xf32, "sparse">
  return
}

// -----

func.func @operand_beyond_the_address_space(%x: tensor<4294967296x2147483648xi8>) {
  // expected-error@+1 {{'atled.neg' op operand #0 has type tensor<4294967296x2147483648xi8>, which has 2^63 bytes or more}}
  %0 = atled.neg %x : tensor<4294967296x2147483648xi8>
  return
}

// -----

// expected-note@+1 {{rhs has type tensor<5xf32> and comes from here}}
func.func @operands_of_different_types(%x: tensor<4xf32>, %y: tensor<5xf32>) {
  // expected-error@+1 {{'atled.add' op takes operands of the same type: lhs has tensor<4xf32>, rhs has tensor<5xf32>}}
  %0 = "atled.add"(%x, %y) : (tensor<4xf32>, tensor<5xf32>) -> tensor<4xf32>
  return
}

// -----

// expected-note@+1 {{rhs has type tensor<?xf32> and comes from here}}
func.func @dynamic_beside_static(%x: tensor<4xf32>, %y: tensor<?xf32>) {
  // expected-error@+1 {{'atled.maximum' op takes operands of the same type: lhs has tensor<4xf32>, rhs has tensor<?xf32>}}
  %0 = "atled.maximum"(%x, %y) : (tensor<4xf32>, tensor<?xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @result_of_another_type(%x: tensor<4xf32>) {
  // expected-error@+1 {{'atled.exp' op returns the type of its operands: result has tensor<?xf32>, operands have tensor<4xf32>}}
  %0 = "atled.exp"(%x) : (tensor<4xf32>) -> tensor<?xf32>
  return
}

// -----

// expected-note@+1 {{prior use here}}
func.func @operands_of_different_types_in_the_short_form(%x: tensor<4xf32>, %y: tensor<5xf32>) {
  // expected-error@+1 {{use of value '%y' expects different type than prior uses: 'tensor<4xf32>' vs 'tensor<5xf32>'}}
  %0 = atled.add %x, %y : tensor<4xf32>
  return
}

// -----

func.func @tie_that_there_is_not(%x: tensor<4xf32>) {
  // expected-error@+2 {{expected ::atled::Tie to be one of: split, first, zero, one}}
  // expected-error@+1 {{failed to parse Atled_TieAttr}}
  %0 = atled.maximum %x, %x tie = second : tensor<4xf32>
  return
}

// -----

// expected-note@+1 {{rhs has type tensor<5xf32> and comes from here}}
func.func @comparison_of_different_types(%x: tensor<4xf32>, %y: tensor<5xf32>) {
  // expected-error@+1 {{'atled.compare' op takes operands of the same type: lhs has tensor<4xf32>, rhs has tensor<5xf32>}}
  %0 = "atled.compare"(%x, %y) {predicate = #atled<predicate lt>} : (tensor<4xf32>, tensor<5xf32>) -> tensor<4xi1>
  return
}

// -----

func.func @comparison_of_scalars(%x: f32) {
  // expected-error@+1 {{'atled.compare' op takes ranked tensors, not f32}}
  %0 = atled.compare lt, %x, %x : f32
  return
}

// -----

func.func @order_of_predicates(%p: tensor<4xi1>) {
  // expected-error@+1 {{'atled.compare' op elements of type i1 have no order: use 'eq' or 'ne', not 'lt'}}
  %0 = atled.compare lt, %p, %p : tensor<4xi1>
  return
}

// -----

func.func @comparison_with_another_result(%x: tensor<4xf32>) {
  // expected-error@+1 {{'atled.compare' op returns tensor<4xi1>, not tensor<5xi1>}}
  %0 = "atled.compare"(%x, %x) {predicate = #atled<predicate lt>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<5xi1>
  return
}

// -----

// expected-note@+1 {{pred has type tensor<5xi1> and comes from here}}
func.func @select_by_another_shape(%p: tensor<5xi1>, %x: tensor<4xf32>) {
  // expected-error@+1 {{'atled.select' op takes operands of the same shape: pred has tensor<5xi1>, onTrue has tensor<4xf32>}}
  %0 = atled.select %p, %x, %x : tensor<5xi1>, tensor<4xf32>
  return
}

// -----

func.func @select_by_numbers(%p: tensor<4xi8>, %x: tensor<4xf32>) {
  // expected-error@+1 {{'atled.select' op operand #0 must be tensor of i1, but got 'tensor<4xi8>'}}
  %0 = atled.select %p, %x, %x : tensor<4xi8>, tensor<4xf32>
  return
}

// -----

func.func @select_among_scalars(%p: tensor<4xi1>, %x: f32) {
  // expected-error@+1 {{'atled.select' op takes ranked tensors, not tensor<4xi1> and f32}}
  %0 = atled.select %p, %x, %x : tensor<4xi1>, f32
  return
}

// -----

// expected-note@+1 {{onFalse has type tensor<4xf64> and comes from here}}
func.func @select_among_different_types(%p: tensor<4xi1>, %x: tensor<4xf32>, %y: tensor<4xf64>) {
  // expected-error@+1 {{'atled.select' op takes operands of the same type: onTrue has tensor<4xf32>, onFalse has tensor<4xf64>}}
  %0 = "atled.select"(%p, %x, %y) : (tensor<4xi1>, tensor<4xf32>, tensor<4xf64>) -> tensor<4xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4xf32> and comes from here}}
func.func @conversion_to_another_shape(%x: tensor<4xf32>) {
  // expected-error@+1 {{'atled.convert' op keeps the shape: x has tensor<4xf32>, result has tensor<2x2xf64>}}
  %0 = atled.convert %x : tensor<4xf32> to tensor<2x2xf64>
  return
}

// -----

func.func @rounding_of_integers(%x: tensor<4xi32>) {
  // expected-error@+1 {{'atled.round' op operand #0 must be tensor of f16, bf16, f32 or f64, but got 'tensor<4xi32>'}}
  %0 = atled.round %x : tensor<4xi32>
  return
}

// -----

func.func @halfway_that_there_is_not(%x: tensor<4xf32>) {
  // expected-error@+2 {{expected ::atled::Halfway to be one of: even, away}}
  // expected-error@+1 {{failed to parse Atled_HalfwayAttr}}
  %0 = atled.round %x halfway = odd : tensor<4xf32>
  return
}

// -----

// expected-note@+1 {{operand #2 has type tensor<5xf32> and comes from here}}
func.func @three_operands_of_different_types(%x: tensor<4xf32>, %y: tensor<5xf32>) {
  // expected-error@+1 {{'atled.clamp' op takes operands of the same type: operand #0 has tensor<4xf32>, operand #2 has tensor<5xf32>}}
  %0 = "atled.clamp"(%x, %x, %y) : (tensor<4xf32>, tensor<4xf32>, tensor<5xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @question_about_a_scalar(%x: f32) {
  // expected-error@+1 {{invalid kind of type specified: expected builtin.tensor, but found 'f32'}}
  %0 = atled.is_nan %x : f32
  return
}

// -----

func.func @question_about_a_scalar_in_generic_form(%x: f32) {
  // expected-error@+1 {{'atled.is_nan' op operand #0 must be tensor of f16, bf16, f32 or f64, but got 'f32'}}
  %0 = "atled.is_nan"(%x) : (f32) -> tensor<i1>
  return
}

// -----

func.func @question_with_another_answer(%x: tensor<4xf32>) {
  // expected-error@+1 {{'atled.is_nan' op returns tensor<4xi1>, not tensor<5xi1>}}
  %0 = "atled.is_nan"(%x) : (tensor<4xf32>) -> tensor<5xi1>
  return
}

// -----

func.func @question_about_integers(%x: tensor<4xi32>) {
  // expected-error@+1 {{'atled.is_finite' op operand #0 must be tensor of f16, bf16, f32 or f64, but got 'tensor<4xi32>'}}
  %0 = atled.is_finite %x : tensor<4xi32>
  return
}
