// Two products, so that one intermediate tensor needs workspace: y = (x w) v,
// beside the transpose of x in double precision.
func.func @layers(%x: tensor<8x16xf32> {atled.name = "x"},
                  %w: tensor<16x16xf32> {atled.name = "w"},
                  %v: tensor<16x4xf32> {atled.name = "v"})
    -> (tensor<8x4xf32> {atled.name = "y"}, tensor<16x8xf64> {atled.name = "xt"}) {
  %zero = arith.constant 0.0 : f32
  %e0 = tensor.empty() : tensor<8x16xf32>
  %i0 = linalg.fill ins(%zero : f32) outs(%e0 : tensor<8x16xf32>) -> tensor<8x16xf32>
  %xw = linalg.matmul ins(%x, %w : tensor<8x16xf32>, tensor<16x16xf32>)
                      outs(%i0 : tensor<8x16xf32>) -> tensor<8x16xf32>
  %e1 = tensor.empty() : tensor<8x4xf32>
  %i1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<8x4xf32>) -> tensor<8x4xf32>
  %y = linalg.matmul ins(%xw, %v : tensor<8x16xf32>, tensor<16x4xf32>)
                     outs(%i1 : tensor<8x4xf32>) -> tensor<8x4xf32>
  %e2 = tensor.empty() : tensor<16x8xf64>
  %xt = linalg.generic {
      indexing_maps = [affine_map<(i, j) -> (j, i)>, affine_map<(i, j) -> (i, j)>],
      iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<8x16xf32>) outs(%e2 : tensor<16x8xf64>) {
    ^bb0(%in: f32, %out: f64):
      %wide = arith.extf %in : f32 to f64
      linalg.yield %wide : f64
  } -> tensor<16x8xf64>
  return %y, %xt : tensor<8x4xf32>, tensor<16x8xf64>
}
