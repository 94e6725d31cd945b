// sin and its derivative at 200 points from -2π to 2π.

func.func private @sine(%x: tensor<200xf64>) -> tensor<200xf64> {
  %y = atled.sin %x : tensor<200xf64>
  return %y : tensor<200xf64>
}

// Each point depends on its own x alone, so a seed of ones gives all 200 derivatives at once.
func.func @curves() -> (tensor<200xf64> {atled.name = "x"}, tensor<200xf64> {atled.name = "y"},
                        tensor<200xf64> {atled.name = "slope"}) {
  %index = atled.iota dimension = 0 : tensor<200xf64>
  // 4π / 199 and -2π.
  %step = atled.constant dense<0.063147591026930523> : tensor<200xf64>
  %left = atled.constant dense<-6.2831853071795862> : tensor<200xf64>
  %offset = atled.mul %index, %step : tensor<200xf64>
  %x = atled.add %left, %offset : tensor<200xf64>
  %ones = atled.constant dense<1.0> : tensor<200xf64>
  %r:2 = ad.vjp @sine(%x) seed(%ones) wrt = [0]
      : (tensor<200xf64>, tensor<200xf64>) -> (tensor<200xf64>, tensor<200xf64>)
  return %x, %r#0, %r#1 : tensor<200xf64>, tensor<200xf64>, tensor<200xf64>
}
