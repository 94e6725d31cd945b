// (sin x . sin x)^2, by way of a matrix: it needs a workspace.
func.func @inner(%x: tensor<64xf64>) -> tensor<f64> {
  %s = atled.sin %x : tensor<64xf64>
  %m = atled.contract %s, %s batch = [] x [] contracting = [] x [] : (tensor<64xf64>, tensor<64xf64>) -> tensor<64x64xf64>
  %v = atled.contract %m, %s batch = [] x [] contracting = [1] x [0] : (tensor<64x64xf64>, tensor<64xf64>) -> tensor<64xf64>
  %y = atled.dot %v, %s : (tensor<64xf64>, tensor<64xf64>) -> tensor<f64>
  return %y : tensor<f64>
}
