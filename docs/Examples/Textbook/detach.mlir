// With u = detach(x x), z = u x has the gradient u: what is detached counts as a constant. Without it the
// gradient is 3x².

func.func private @detached(%x: tensor<4xf32>) -> tensor<f32> {
  %square = atled.mul %x, %x : tensor<4xf32>
  %u = ad.detach %square : tensor<4xf32>
  %z = atled.mul %u, %x : tensor<4xf32>
  %sum = atled.reduce_sum %z dimensions = [0] : tensor<4xf32> -> tensor<f32>
  return %sum : tensor<f32>
}

func.func private @attached(%x: tensor<4xf32>) -> tensor<f32> {
  %square = atled.mul %x, %x : tensor<4xf32>
  %z = atled.mul %square, %x : tensor<4xf32>
  %sum = atled.reduce_sum %z dimensions = [0] : tensor<4xf32> -> tensor<f32>
  return %sum : tensor<f32>
}

func.func @detached_is_constant() {
  %x = atled.constant dense<[0.0, 1.0, 2.0, 3.0]> : tensor<4xf32>
  %gradient = ad.grad @detached(%x) wrt = [0] : (tensor<4xf32>) -> tensor<4xf32>
  %u = atled.constant dense<[0.0, 1.0, 4.0, 9.0]> : tensor<4xf32>
  check.expect_eq %gradient, %u : tensor<4xf32>
  return
}

func.func @attached_is_not() {
  %x = atled.constant dense<[0.0, 1.0, 2.0, 3.0]> : tensor<4xf32>
  %gradient = ad.grad @attached(%x) wrt = [0] : (tensor<4xf32>) -> tensor<4xf32>
  %expected = atled.constant dense<[0.0, 3.0, 12.0, 27.0]> : tensor<4xf32>
  check.expect_eq %gradient, %expected : tensor<4xf32>
  return
}
