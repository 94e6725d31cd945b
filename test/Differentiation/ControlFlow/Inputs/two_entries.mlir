// One function needs more while it runs, the other keeps more.
func.func @f(%x: tensor<64x64xf64>) -> tensor<f64> {
  %m = atled.matmul %x, %x : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
  %s = atled.reduce_sum %m dimensions = [0, 1] : tensor<64x64xf64> -> tensor<f64>
  %y = atled.sin %s : tensor<f64>
  return %y : tensor<f64>
}

func.func @g(%x: tensor<64xf64>) -> tensor<f64> {
  %t = atled.tanh %x : tensor<64xf64>
  %s = atled.dot %t, %t : (tensor<64xf64>, tensor<64xf64>) -> tensor<f64>
  return %s : tensor<f64>
}
