// The gradient of y = sum(x) is one, everywhere.

func.func private @f(%x: tensor<4xf32>) -> tensor<f32> {
  %y = atled.reduce_sum %x dimensions = [0] : tensor<4xf32> -> tensor<f32>
  return %y : tensor<f32>
}

func.func @gradient_of_sum() {
  %x = atled.constant dense<[0.0, 1.0, 2.0, 3.0]> : tensor<4xf32>
  %gradient = ad.grad @f(%x) wrt = [0] : (tensor<4xf32>) -> tensor<4xf32>
  %ones = atled.constant dense<1.0> : tensor<4xf32>
  check.expect_eq %gradient, %ones : tensor<4xf32>
  return
}
