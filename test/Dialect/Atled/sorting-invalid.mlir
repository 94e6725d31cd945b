// RUN: atled-opt %s --verify-diagnostics --split-input-file

func.func @nothing() {
  // expected-error@+1 {{'atled.sort' op takes at least one tensor}}
  %0 = "atled.sort"() <{dimension = 0 : i64}> : () -> tensor<4xi32>
  return
}

// -----

// expected-note@+1 {{tensor #0 has type tensor<4x8xf32> and comes from here}}
func.func @out_of_range(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'atled.sort' op dimension 2 is out of range: tensor #0 has rank 2}}
  %0:2 = atled.sort %x dimension = 2 : (tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xi32>)
  return
}

// -----

// expected-note@+1 {{tensor #1 has type tensor<9xi32> and comes from here}}
func.func @shapes(%x: tensor<8xf32>, %y: tensor<9xi32>) {
  // expected-error@+1 {{'atled.sort' op takes tensors of one shape: tensor #0 has tensor<8xf32>, tensor #1 has tensor<9xi32>}}
  %0:3 = atled.sort %x, %y dimension = 0 : (tensor<8xf32>, tensor<9xi32>) -> (tensor<8xf32>, tensor<9xi32>, tensor<8xi32>)
  return
}

// -----

func.func @too_many_keys(%x: tensor<8xf32>) {
  // expected-error@+1 {{'atled.sort' op has 2 keys among 1 tensors; at least the first is one}}
  %0:2 = atled.sort %x dimension = 0 keys = 2 : (tensor<8xf32>) -> (tensor<8xf32>, tensor<8xi32>)
  return
}

// -----

func.func @no_keys(%x: tensor<8xf32>) {
  // expected-error@+1 {{'atled.sort' op has 0 keys among 1 tensors; at least the first is one}}
  %0:2 = atled.sort %x dimension = 0 keys = 0 : (tensor<8xf32>) -> (tensor<8xf32>, tensor<8xi32>)
  return
}

// -----

func.func @no_order(%x: tensor<8xf32>, %y: tensor<8xi32>) {
  // expected-error@+1 {{'atled.sort' op returns tensor<8xf32>, tensor<8xi32>, tensor<8xi32>, not tensor<8xf32>, tensor<8xi32>}}
  %0:2 = atled.sort %x, %y dimension = 0 : (tensor<8xf32>, tensor<8xi32>) -> (tensor<8xf32>, tensor<8xi32>)
  return
}

// -----

func.func @order_does_not_fit(%x: tensor<129xf32>) {
  // expected-error@+1 {{'atled.sort' op returns indices up to 128 along dimension 0, which do not fit i8}}
  %0:2 = atled.sort %x dimension = 0 : (tensor<129xf32>) -> (tensor<129xf32>, tensor<129xi8>)
  return
}

// -----

func.func @complex(%x: tensor<4xcomplex<f32>>) {
  // expected-error@+1 {{'atled.sort' op operand #0 must be variadic of tensor of any element type of the dialect, but got 'tensor<4xcomplex<f32>>'}}
  %0:2 = atled.sort %x dimension = 0 : (tensor<4xcomplex<f32>>) -> (tensor<4xcomplex<f32>>, tensor<4xi32>)
  return
}

// -----

// expected-note@+1 {{x has type tensor<4x8xf32> and comes from here}}
func.func @more_than_there_are(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'atled.top_k' op takes 9 of the 8 elements along dimension 1}}
  %0:2 = atled.top_k %x dimension = 1 k = 9 : (tensor<4x8xf32>) -> (tensor<4x9xf32>, tensor<4x9xi32>)
  return
}

// -----

// expected-note@+1 {{x has type tensor<?xf32> and comes from here}}
func.func @less_than_none(%x: tensor<?xf32>) {
  // expected-error@+1 {{'atled.top_k' op takes -1 of the ? elements along dimension 0}}
  %0:2 = atled.top_k %x dimension = 0 k = -1 : (tensor<?xf32>) -> (tensor<0xf32>, tensor<0xi32>)
  return
}

// -----

// expected-note@+1 {{x has type tensor<f32> and comes from here}}
func.func @number(%x: tensor<f32>) {
  // expected-error@+1 {{'atled.top_k' op dimension 0 is out of range: x has rank 0}}
  %0:2 = atled.top_k %x dimension = 0 k = 1 : (tensor<f32>) -> (tensor<1xf32>, tensor<1xi32>)
  return
}

// -----

func.func @other_shape(%x: tensor<8xf32>) {
  // expected-error@+1 {{'atled.top_k' op returns tensor<3xf32>, tensor<3xi32>, not tensor<3xf32>, tensor<4xi32>}}
  %0:2 = atled.top_k %x dimension = 0 k = 3 : (tensor<8xf32>) -> (tensor<3xf32>, tensor<4xi32>)
  return
}

// -----

func.func @indices_do_not_fit(%x: tensor<257xf32>) {
  // expected-error@+1 {{'atled.top_k' op returns indices up to 256 along dimension 0, which do not fit ui8}}
  %0:2 = atled.top_k %x dimension = 0 k = 1 : (tensor<257xf32>) -> (tensor<1xf32>, tensor<1xui8>)
  return
}

// -----

// expected-note@+1 {{values has type tensor<3xf64> and comes from here}}
func.func @elements(%s: tensor<8xf32>, %x: tensor<3xf64>) {
  // expected-error@+1 {{'atled.searchsorted' op takes operands of the same element type: sorted has f32, values has f64}}
  %0 = atled.searchsorted %s, %x : (tensor<8xf32>, tensor<3xf64>) -> tensor<3xi32>
  return
}

// -----

// expected-note@+1 {{sorted has type tensor<f32> and comes from here}}
func.func @no_row(%s: tensor<f32>, %x: tensor<3xf32>) {
  // expected-error@+1 {{'atled.searchsorted' op searches a single number; sorted needs a dimension}}
  %0 = atled.searchsorted %s, %x : (tensor<f32>, tensor<3xf32>) -> tensor<3xi32>
  return
}

// -----

// expected-note@+2 {{sorted has type tensor<2x4x8xf32> and comes from here}}
// expected-note@+1 {{values has type tensor<2xf32> and comes from here}}
func.func @ranks(%s: tensor<2x4x8xf32>, %x: tensor<2xf32>) {
  // expected-error@+1 {{'atled.searchsorted' op has 2 dimensions of rows in sorted, and values has rank 1}}
  %0 = atled.searchsorted %s, %x : (tensor<2x4x8xf32>, tensor<2xf32>) -> tensor<2xi32>
  return
}

// -----

// expected-note@+2 {{sorted has type tensor<4x8xf32> and comes from here}}
// expected-note@+1 {{values has type tensor<3x8xf32> and comes from here}}
func.func @rows(%s: tensor<4x8xf32>, %x: tensor<3x8xf32>) {
  // expected-error@+1 {{'atled.searchsorted' op has 4 rows in sorted along dimension 0, and 3 in values}}
  %0 = atled.searchsorted %s, %x : (tensor<4x8xf32>, tensor<3x8xf32>) -> tensor<3x8xi32>
  return
}

// -----

// Behind the last element is a place, too.
func.func @places_do_not_fit(%s: tensor<128xf32>, %x: tensor<3xf32>) {
  // expected-error@+1 {{'atled.searchsorted' op returns indices up to 128 along dimension 0, which do not fit i8}}
  %0 = atled.searchsorted %s, %x : (tensor<128xf32>, tensor<3xf32>) -> tensor<3xi8>
  return
}
