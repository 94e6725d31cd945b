// Soft and hard extremes, products and powers of positive numbers. The maximum is not detached.

func.func private @log_sum_exp(%x: tensor<3x4xf64>) -> tensor<3xf64> {
  %max = atled.reduce_max %x dimensions = [1] : tensor<3x4xf64> -> tensor<3xf64>
  %maxes = atled.broadcast %max dimensions = [0] : tensor<3xf64> -> tensor<3x4xf64>
  %shifted = atled.sub %x, %maxes : tensor<3x4xf64>
  %exponentials = atled.exp %shifted : tensor<3x4xf64>
  %sum = atled.reduce_sum %exponentials dimensions = [1] : tensor<3x4xf64> -> tensor<3xf64>
  %log = atled.log %sum : tensor<3xf64>
  %result = atled.add %max, %log : tensor<3xf64>
  return %result : tensor<3xf64>
}

func.func @loss(%x: tensor<3x4xf64>, %exponents: tensor<3xf64>) -> tensor<f64> {
  %soft = call @log_sum_exp(%x) : (tensor<3x4xf64>) -> tensor<3xf64>
  %hard = atled.reduce_min %x dimensions = [1] : tensor<3x4xf64> -> tensor<3xf64>
  %gap = atled.sub %soft, %hard : tensor<3xf64>
  %powers = atled.pow %gap, %exponents : tensor<3xf64>
  %product = atled.reduce_prod %powers dimensions = [0] : tensor<3xf64> -> tensor<f64>

  %x_less = atled.expm1 %x : tensor<3x4xf64>
  %absolute = atled.abs %x_less : tensor<3x4xf64>
  %root = atled.sqrt %absolute : tensor<3x4xf64>
  %log = atled.log1p %root : tensor<3x4xf64>
  %sum = atled.reduce_sum %log dimensions = [0, 1] : tensor<3x4xf64> -> tensor<f64>
  %larger = atled.maximum %product, %sum : tensor<f64>
  %smaller = atled.minimum %product, %sum : tensor<f64>
  %ratio = atled.div %smaller, %larger : tensor<f64>
  %loss = atled.add %ratio, %sum : tensor<f64>
  return %loss : tensor<f64>
}
