// The first loop keeps the most, a row in each iteration; a snapshot would have the whole table.
func.func @f(%x: tensor<64xf64>, %table: tensor<256x64xf64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c16 = arith.constant 16 : index
  %c12 = arith.constant 12 : index
  %a:2 = scf.for %i = %c0 to %c16 step %c1 iter_args(%h = %x, %rows = %table)
      -> (tensor<64xf64>, tensor<256x64xf64>) {
    %row = tensor.extract_slice %rows[%i, 0] [1, 64] [1, 1] : tensor<256x64xf64> to tensor<64xf64>
    %s = atled.sin %h : tensor<64xf64>
    %p = atled.mul %s, %row : tensor<64xf64>
    %q = atled.tanh %p : tensor<64xf64>
    %next = arith.addi %i, %c1 : index
    %written = tensor.insert_slice %q into %rows[%next, 0] [1, 64] [1, 1] : tensor<64xf64> into tensor<256x64xf64>
    scf.yield %q, %written : tensor<64xf64>, tensor<256x64xf64>
  }
  %b = scf.for %i = %c0 to %c12 step %c1 iter_args(%h = %a#0) -> (tensor<64xf64>) {
    %s = atled.sin %h : tensor<64xf64>
    scf.yield %s : tensor<64xf64>
  }
  %last = tensor.extract_slice %a#1[16, 0] [1, 64] [1, 1] : tensor<256x64xf64> to tensor<64xf64>
  %r = atled.mul %b, %last : tensor<64xf64>
  %sum = atled.dot %r, %r : (tensor<64xf64>, tensor<64xf64>) -> tensor<f64>
  return %sum : tensor<f64>
}
