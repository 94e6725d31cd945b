// Of all that may be between the halves: a count (an index), whole stacks, a result that is kept, another type.
func.func @loss(%w: tensor<3x4xf32> {atled.name = "w"}, %x: tensor<4xf32> {atled.name = "x"},
                %limit: tensor<f32> {atled.name = "limit"})
    -> (tensor<3xf32> {atled.name = "y"}, tensor<f32> {atled.name = "sum"}) {
  %p = atled.contract %w, %x batch = [] x [] contracting = [1] x [0] : (tensor<3x4xf32>, tensor<4xf32>) -> tensor<3xf32>
  %r = scf.while (%h = %p) : (tensor<3xf32>) -> tensor<3xf32> {
    %d = atled.dot %h, %h : (tensor<3xf32>, tensor<3xf32>) -> tensor<f32>
    %more = atled.compare gt, %d, %limit : tensor<f32>
    %goes = tensor.extract %more[] : tensor<i1>
    scf.condition(%goes) %h : tensor<3xf32>
  } do {
  ^bb0(%h: tensor<3xf32>):
    %s = atled.sin %h : tensor<3xf32>
    %half = atled.constant dense<0.75> : tensor<3xf32>
    %n = atled.mul %s, %half : tensor<3xf32>
    scf.yield %n : tensor<3xf32>
  } attributes {ad.max_iterations = 10 : i64}
  %y = atled.tanh %r : tensor<3xf32>
  %wide = atled.convert %y : tensor<3xf32> to tensor<3xf64>
  %e = atled.exp %wide : tensor<3xf64>
  %sums = atled.reduce_sum %e dimensions = [0] : tensor<3xf64> -> tensor<f64>
  %sum = atled.convert %sums : tensor<f64> to tensor<f32>
  return %y, %sum : tensor<3xf32>, tensor<f32>
}
