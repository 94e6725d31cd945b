// The inputs have no dynamic dimension, the result has one.
func.func @steps(%scale: tensor<f64> {atled.name = "scale"}) -> (tensor<?x2xf64> {atled.name = "steps"}) {
  %rows = arith.constant 3 : index
  %number = atled.iota dimension = 0 sizes(%rows) : tensor<?x2xf64>
  %factor = atled.broadcast %scale dimensions = [] sizes(%rows) : tensor<f64> -> tensor<?x2xf64>
  %scaled = atled.mul %number, %factor : tensor<?x2xf64>
  return %scaled : tensor<?x2xf64>
}
