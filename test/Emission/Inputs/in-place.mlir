// What takes the place of an input, from the most harmless to what cannot do without a copy.

// Each element is read before it is written.
func.func @step(%w: tensor<6x6xf32> {atled.name = "w"}, %g: tensor<6x6xf32> {atled.name = "g"},
                %rate: tensor<f32> {atled.name = "rate"})
    -> (tensor<6x6xf32> {atled.name = "w_new"}, tensor<f32> {atled.name = "norm"}) {
  %rates = atled.broadcast %rate dimensions = [] : tensor<f32> -> tensor<6x6xf32>
  %change = atled.mul %rates, %g : tensor<6x6xf32>
  %new = atled.sub %w, %change : tensor<6x6xf32>
  %squares = atled.mul %w, %w : tensor<6x6xf32>
  %norm = atled.reduce_sum %squares dimensions = [0, 1] : tensor<6x6xf32> -> tensor<f32>
  return %new, %norm : tensor<6x6xf32>, tensor<f32>
}

// Each element is read after others are written.
func.func @square(%w: tensor<6x6xf32> {atled.name = "w"}) -> (tensor<6x6xf32> {atled.name = "w_new"}) {
  %new = atled.matmul %w, %w : (tensor<6x6xf32>, tensor<6x6xf32>) -> tensor<6x6xf32>
  return %new : tensor<6x6xf32>
}
func.func @turn(%w: tensor<6x6xf32> {atled.name = "w"}) -> (tensor<6x6xf32> {atled.name = "w_new"}) {
  %new = atled.transpose %w permutation = [1, 0] : tensor<6x6xf32> -> tensor<6x6xf32>
  return %new : tensor<6x6xf32>
}

// Each takes the place of the other, and what was there is wanted as well.
func.func @swap(%a: tensor<36xf32> {atled.name = "a"}, %b: tensor<36xf32> {atled.name = "b"})
    -> (tensor<36xf32> {atled.name = "a_new"}, tensor<36xf32> {atled.name = "b_new"},
        tensor<36xf32> {atled.name = "a_old"}) {
  return %b, %a, %a : tensor<36xf32>, tensor<36xf32>, tensor<36xf32>
}

// A part is written, in a loop; the rest stays where it is.
func.func @fill(%w: tensor<6x6xf32> {atled.name = "w"}, %row: tensor<1x6xf32> {atled.name = "row"},
                %n: tensor<i64> {atled.name = "n"}) -> (tensor<6x6xf32> {atled.name = "w_new"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = atled.constant dense<0> : tensor<i64>
  %limit = tensor.extract %n[] : tensor<i64>
  %end = arith.index_cast %limit : i64 to index
  %new = scf.for %i = %c0 to %end step %c1 iter_args(%h = %w) -> tensor<6x6xf32> {
    %k = arith.index_cast %i : index to i64
    %at = tensor.from_elements %k : tensor<i64>
    %next = atled.dynamic_update_slice %row into %h[%at, %zero]
        : (tensor<6x6xf32>, tensor<1x6xf32>, tensor<i64>, tensor<i64>) -> tensor<6x6xf32>
    scf.yield %next : tensor<6x6xf32>
  }
  return %new : tensor<6x6xf32>
}

// Calls one of the others: that leaves its input alone here.
func.func @again(%v: tensor<6x6xf32> {atled.name = "v"})
    -> (tensor<6x6xf32> {atled.name = "twice"}, tensor<6x6xf32> {atled.name = "old"}) {
  %once = func.call @square(%v) : (tensor<6x6xf32>) -> tensor<6x6xf32>
  %twice = func.call @square(%once) : (tensor<6x6xf32>) -> tensor<6x6xf32>
  return %twice, %v : tensor<6x6xf32>, tensor<6x6xf32>
}

// A loss, whose gradients are added to what is there.
func.func @loss(%w: tensor<6x6xf32> {atled.name = "w"}, %x: tensor<6xf32> {atled.name = "x"},
                %h: tensor<6xbf16> {atled.name = "h"}, %count: tensor<i32> {atled.name = "count"})
    -> (tensor<f32> {atled.name = "loss"}) {
  %p = atled.contract %w, %x batch = [] x [] contracting = [1] x [0] : (tensor<6x6xf32>, tensor<6xf32>) -> tensor<6xf32>
  %t = atled.tanh %p : tensor<6xf32>
  %wide = atled.convert %h : tensor<6xbf16> to tensor<6xf32>
  %loss = atled.dot %t, %wide : (tensor<6xf32>, tensor<6xf32>) -> tensor<f32>
  return %loss : tensor<f32>
}
