// Rows brought to mean 0 and variance 1, then scaled and shifted; the sum of their cosines.

func.func private @mean(%x: tensor<4x8xf64>) -> tensor<4x8xf64> {
  %sum = atled.reduce_sum %x dimensions = [1] : tensor<4x8xf64> -> tensor<4xf64>
  %eighth = atled.constant dense<0.125> : tensor<4xf64>
  %mean = atled.mul %sum, %eighth : tensor<4xf64>
  %repeated = atled.broadcast %mean dimensions = [0] : tensor<4xf64> -> tensor<4x8xf64>
  return %repeated : tensor<4x8xf64>
}

func.func @loss(%x: tensor<4x8xf64>, %gain: tensor<8xf64>, %bias: tensor<8xf64>) -> tensor<f64> {
  %mean = call @mean(%x) : (tensor<4x8xf64>) -> tensor<4x8xf64>
  %centred = atled.sub %x, %mean : tensor<4x8xf64>
  %squares = atled.mul %centred, %centred : tensor<4x8xf64>
  %variance = call @mean(%squares) : (tensor<4x8xf64>) -> tensor<4x8xf64>
  %epsilon = atled.constant dense<1.0e-5> : tensor<4x8xf64>
  %shifted = atled.add %variance, %epsilon : tensor<4x8xf64>
  %scale = atled.rsqrt %shifted : tensor<4x8xf64>
  %normal = atled.mul %centred, %scale : tensor<4x8xf64>
  %gains = atled.broadcast %gain dimensions = [1] : tensor<8xf64> -> tensor<4x8xf64>
  %biases = atled.broadcast %bias dimensions = [1] : tensor<8xf64> -> tensor<4x8xf64>
  %scaled = atled.mul %normal, %gains : tensor<4x8xf64>
  %y = atled.add %scaled, %biases : tensor<4x8xf64>
  %cos = atled.cos %y : tensor<4x8xf64>
  %loss = atled.reduce_sum %cos dimensions = [0, 1] : tensor<4x8xf64> -> tensor<f64>
  return %loss : tensor<f64>
}
