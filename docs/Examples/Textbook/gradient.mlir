// The gradient of y = 2 x·x is 4x.

func.func private @f(%x: tensor<4xf32>) -> tensor<f32> {
  %two = atled.constant dense<2.0> : tensor<f32>
  %squares = atled.dot %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<f32>
  %y = atled.mul %two, %squares : tensor<f32>
  return %y : tensor<f32>
}

func.func @gradient_of_two_x_dot_x() {
  %x = atled.constant dense<[0.0, 1.0, 2.0, 3.0]> : tensor<4xf32>
  %r:2 = ad.value_and_grad @f(%x) wrt = [0] : (tensor<4xf32>) -> (tensor<f32>, tensor<4xf32>)
  %value = atled.constant dense<28.0> : tensor<f32>
  %gradient = atled.constant dense<[0.0, 4.0, 8.0, 12.0]> : tensor<4xf32>
  check.expect_eq %r#0, %value : tensor<f32>
  check.expect_eq %r#1, %gradient : tensor<4xf32>
  return
}
