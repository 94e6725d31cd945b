// The second derivative of sin is -sin: the gradient of a function that contains a gradient.

func.func private @sine(%x: tensor<f64>) -> tensor<f64> {
  %y = atled.sin %x : tensor<f64>
  return %y : tensor<f64>
}

func.func private @slope(%x: tensor<f64>) -> tensor<f64> {
  %y = ad.grad @sine(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  return %y : tensor<f64>
}

func.func @second_derivative_of_sine() {
  // π/6: sin is 1/2, cos is sqrt(3)/2.
  %x = atled.constant dense<0.52359877559829887> : tensor<f64>
  %first = ad.grad @sine(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %second = ad.grad @slope(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %cosine = atled.constant dense<0.86602540378443865> : tensor<f64>
  %minus_sine = atled.constant dense<-0.5> : tensor<f64>
  check.expect_close %first, %cosine within ulps = 4 : tensor<f64>
  check.expect_close %second, %minus_sine within ulps = 4 : tensor<f64>
  return
}
