// What same-as-text.cpp traces, written by hand.
func.func private @loss(%w: tensor<4x3xf32> {atled.name = "w"}, %b: tensor<3xf32> {atled.name = "b"},
                        %x: tensor<8x4xf32> {atled.name = "x"}, %labels: tensor<8xi32> {atled.name = "labels"})
    -> (tensor<f32> {atled.name = "loss"}) {
  %half = atled.constant dense<0.5> : tensor<f32>
  %two = atled.constant dense<2.0> : tensor<4x3xf32>
  %one = arith.constant 1 : index
  %three = arith.constant 3 : index
  %zero = arith.constant 0 : index
  %y = func.call @layer(%x, %w, %b) : (tensor<8x4xf32>, tensor<4x3xf32>, tensor<3xf32>) -> tensor<8x3xf32>
  %floats = atled.convert %labels : tensor<8xi32> to tensor<8xf32>
  %wanted = atled.broadcast %floats dimensions = [0] : tensor<8xf32> -> tensor<8x3xf32>
  %error = atled.sub %y, %wanted : tensor<8x3xf32>
  %grown = scf.for %i = %zero to %three step %one iter_args(%v = %w) -> tensor<4x3xf32> {
    %next = atled.mul %v, %two : tensor<4x3xf32>
    scf.yield %next : tensor<4x3xf32>
  }
  %square = atled.mul %error, %error : tensor<8x3xf32>
  %mean = atled.mean %square dimensions = [0, 1] : tensor<8x3xf32> -> tensor<f32>
  %norm = atled.reduce_sum %grown dimensions = [0, 1] : tensor<4x3xf32> -> tensor<f32>
  %penalty = atled.mul %half, %norm : tensor<f32>
  %loss = atled.add %mean, %penalty : tensor<f32>
  return %loss : tensor<f32>
}
func.func @loss_value_and_grad(
    %w: tensor<4x3xf32> {atled.name = "w"}, %b: tensor<3xf32> {atled.name = "b"},
    %x: tensor<8x4xf32> {atled.name = "x"}, %labels: tensor<8xi32> {atled.name = "labels"})
    -> (tensor<f32> {atled.name = "loss"}, tensor<4x3xf32> {atled.name = "grad_w"},
        tensor<3xf32> {atled.name = "grad_b"}) {
  %r:3 = ad.value_and_grad @loss(%w, %b, %x, %labels) wrt = [0, 1]
      : (tensor<4x3xf32>, tensor<3xf32>, tensor<8x4xf32>, tensor<8xi32>)
      -> (tensor<f32>, tensor<4x3xf32>, tensor<3xf32>)
  return %r#0, %r#1, %r#2 : tensor<f32>, tensor<4x3xf32>, tensor<3xf32>
}
func.func private @layer(%x: tensor<8x4xf32> {atled.name = "x"}, %w: tensor<4x3xf32> {atled.name = "w"},
                         %b: tensor<3xf32> {atled.name = "b"}) -> (tensor<8x3xf32> {atled.name = "y"}) {
  %product = atled.matmul %x, %w : (tensor<8x4xf32>, tensor<4x3xf32>) -> tensor<8x3xf32>
  %bias = atled.broadcast %b dimensions = [1] : tensor<3xf32> -> tensor<8x3xf32>
  %sum = atled.add %product, %bias : tensor<8x3xf32>
  %y = atled.tanh %sum : tensor<8x3xf32>
  return %y : tensor<8x3xf32>
}
