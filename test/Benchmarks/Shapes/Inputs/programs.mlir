// Programs of which the first dimension of each input is dynamic. table.py makes the static ones of them.

// Two layers and a cross entropy: what the digits example computes.
func.func @classifier(%hidden_weights: tensor<64x64xf32>, %output_weights: tensor<64x10xf32>, %images: tensor<?x64xf32>)
    -> tensor<f32> {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %images, %c0 : tensor<?x64xf32>
  %sums = atled.matmul %images, %hidden_weights : (tensor<?x64xf32>, tensor<64x64xf32>) -> tensor<?x64xf32>
  %hidden = atled.tanh %sums : tensor<?x64xf32>
  %logits = atled.matmul %hidden, %output_weights : (tensor<?x64xf32>, tensor<64x10xf32>) -> tensor<?x10xf32>
  %scores = atled.log_softmax %logits dimensions = [1] : tensor<?x10xf32>
  %digits = atled.iota dimension = 1 sizes(%rows) : tensor<?x10xi32>
  %three = atled.constant dense<3> : tensor<i32>
  %labels = atled.broadcast %three dimensions = [] sizes(%rows) : tensor<i32> -> tensor<?x10xi32>
  %is_label = atled.compare eq, %digits, %labels : tensor<?x10xi32>
  %one_hot = atled.convert %is_label : tensor<?x10xi1> to tensor<?x10xf32>
  %chosen = atled.mul %scores, %one_hot : tensor<?x10xf32>
  %loss = atled.reduce_sum %chosen dimensions = [0, 1] : tensor<?x10xf32> -> tensor<f32>
  return %loss : tensor<f32>
}

// Contractions of matrices, in a chain.
func.func @products(%a: tensor<?x256xf32>, %b: tensor<256x256xf32>, %c: tensor<256x256xf32>) -> tensor<f32> {
  %ab = atled.matmul %a, %b : (tensor<?x256xf32>, tensor<256x256xf32>) -> tensor<?x256xf32>
  %s = atled.tanh %ab : tensor<?x256xf32>
  %abc = atled.matmul %s, %c : (tensor<?x256xf32>, tensor<256x256xf32>) -> tensor<?x256xf32>
  %t = atled.tanh %abc : tensor<?x256xf32>
  %y = atled.reduce_sum %t dimensions = [0, 1] : tensor<?x256xf32> -> tensor<f32>
  return %y : tensor<f32>
}

// Elementwise, with functions of mathematics.
func.func @elements(%x: tensor<?x128xf32>) -> tensor<f32> {
  %s = atled.sin %x : tensor<?x128xf32>
  %e = atled.exp %s : tensor<?x128xf32>
  %p = atled.mul %e, %x : tensor<?x128xf32>
  %y = atled.reduce_sum %p dimensions = [0, 1] : tensor<?x128xf32> -> tensor<f32>
  return %y : tensor<f32>
}

// A loop over the rows, whose gradient keeps each state.
func.func @recurrence(%w: tensor<16x16xf64>, %x: tensor<?x16xf64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %steps = tensor.dim %x, %c0 : tensor<?x16xf64>
  %first = atled.constant dense<0.0> : tensor<16xf64>
  %left = atled.constant dense<0> : tensor<i64>
  %last = scf.for %i = %c0 to %steps step %c1 iter_args(%h = %first) -> (tensor<16xf64>) {
    %number = arith.index_cast %i : index to i64
    %start = tensor.from_elements %number : tensor<i64>
    %rows = atled.dynamic_slice %x[%start, %left] sizes = [1, 16]
        : (tensor<?x16xf64>, tensor<i64>, tensor<i64>) -> tensor<1x16xf64>
    %row = atled.reshape %rows : tensor<1x16xf64> -> tensor<16xf64>
    %p = atled.contract %w, %h batch = [] x [] contracting = [1] x [0]
        : (tensor<16x16xf64>, tensor<16xf64>) -> tensor<16xf64>
    %s = atled.add %p, %row : tensor<16xf64>
    %t = atled.tanh %s : tensor<16xf64>
    scf.yield %t : tensor<16xf64>
  }
  %y = atled.reduce_sum %last dimensions = [0] : tensor<16xf64> -> tensor<f64>
  return %y : tensor<f64>
}
