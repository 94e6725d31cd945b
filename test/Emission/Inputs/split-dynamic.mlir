// Halves of derivatives of functions whose callers say sizes. What @soft keeps
// is as large as its arguments; of what @product computes, only the size is kept.
func.func @soft(%x: tensor<?x4xf64> {atled.name = "x"}, %w: tensor<4x3xf64> {atled.name = "w"},
                %b: tensor<?xf64> {atled.name = "b"})
    -> (tensor<?x3xf64> {atled.name = "y"}, tensor<f64> {atled.name = "total"}) {
  %h = atled.matmul %x, %w : (tensor<?x4xf64>, tensor<4x3xf64>) -> tensor<?x3xf64>
  %y = atled.tanh %h : tensor<?x3xf64>
  %e = atled.exp %y : tensor<?x3xf64>
  %r = atled.reduce_sum %e dimensions = [1] : tensor<?x3xf64> -> tensor<?xf64>
  %p = atled.mul %r, %b : tensor<?xf64>
  %l = atled.log %p : tensor<?xf64>
  %total = atled.reduce_sum %l dimensions = [0] : tensor<?xf64> -> tensor<f64>
  return %y, %total : tensor<?x3xf64>, tensor<f64>
}

func.func @product(%x: tensor<?x2xf64> {atled.name = "x"}, %w: tensor<2x?xf64> {atled.name = "w"})
    -> (tensor<f64> {atled.name = "total"}) {
  %h = atled.matmul %x, %w : (tensor<?x2xf64>, tensor<2x?xf64>) -> tensor<?x?xf64>
  %total = atled.reduce_sum %h dimensions = [0, 1] : tensor<?x?xf64> -> tensor<f64>
  return %total : tensor<f64>
}
