// y = x x, element by element, is no scalar and has no gradient. But a seed, one number for each element
// of y, travels back to x: it is the gradient of the sum of seed · y. A seed of ones gives 2x; another
// weighs the elements, here so that one of them does not count.

func.func private @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = atled.mul %x, %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

func.func @seed_of_ones() {
  %x = atled.constant dense<[0.0, 1.0, 2.0, 3.0]> : tensor<4xf32>
  %seed = atled.constant dense<1.0> : tensor<4xf32>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  %y = atled.constant dense<[0.0, 1.0, 4.0, 9.0]> : tensor<4xf32>
  %cotangent = atled.constant dense<[0.0, 2.0, 4.0, 6.0]> : tensor<4xf32>
  check.expect_eq %r#0, %y : tensor<4xf32>
  check.expect_eq %r#1, %cotangent : tensor<4xf32>
  return
}

func.func @another_seed() {
  %x = atled.constant dense<[0.0, 1.0, 2.0, 3.0]> : tensor<4xf32>
  %seed = atled.constant dense<[1.0, -1.0, 0.0, 0.5]> : tensor<4xf32>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  %cotangent = atled.constant dense<[0.0, -2.0, 0.0, 3.0]> : tensor<4xf32>
  check.expect_eq %r#1, %cotangent : tensor<4xf32>
  return
}
