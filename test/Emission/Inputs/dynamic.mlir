// Functions whose callers say how large their tensors are.

// A classifier: any number of images, of any number of labels.
func.func @loss(%w: tensor<6x5xf32> {atled.name = "w"}, %b: tensor<5xf32> {atled.name = "b"},
                %x: tensor<?x6xf32> {atled.name = "x"}, %y: tensor<?xi32> {atled.name = "y"})
    -> (tensor<f32> {atled.name = "loss"}) {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x6xf32>
  %products = atled.matmul %x, %w : (tensor<?x6xf32>, tensor<6x5xf32>) -> tensor<?x5xf32>
  %biases = atled.broadcast %b dimensions = [1] sizes(%n) : tensor<5xf32> -> tensor<?x5xf32>
  %sums = atled.add %products, %biases : tensor<?x5xf32>
  %hidden = atled.tanh %sums : tensor<?x5xf32>
  %logs = atled.log_softmax %hidden dimensions = [1] : tensor<?x5xf32>
  %digits = atled.iota dimension = 1 sizes(%n) : tensor<?x5xi32>
  %labels = atled.broadcast %y dimensions = [0] : tensor<?xi32> -> tensor<?x5xi32>
  %is_label = atled.compare eq, %digits, %labels : tensor<?x5xi32>
  %one_hot = atled.convert %is_label : tensor<?x5xi1> to tensor<?x5xf32>
  %chosen = atled.mul %logs, %one_hot : tensor<?x5xf32>
  %all = atled.reduce_sum %chosen dimensions = [0, 1] : tensor<?x5xf32> -> tensor<f32>
  %loss = atled.neg %all : tensor<f32>
  return %loss : tensor<f32>
}

// Everything is dynamic, and so are the results.
func.func @product(%a: tensor<?x?xf64> {atled.name = "a"}, %b: tensor<?x?xf64> {atled.name = "b"})
    -> (tensor<?x?xf64> {atled.name = "c"}, tensor<?xf64> {atled.name = "rows"}) {
  %c = atled.matmul %a, %b : (tensor<?x?xf64>, tensor<?x?xf64>) -> tensor<?x?xf64>
  %s = atled.sin %c : tensor<?x?xf64>
  %rows = atled.reduce_sum %s dimensions = [1] : tensor<?x?xf64> -> tensor<?xf64>
  return %c, %rows : tensor<?x?xf64>, tensor<?xf64>
}

// One dimension has to be another plus two.
func.func @moving(%x: tensor<?xf64> {atled.name = "x"}, %y: tensor<?xf64> {atled.name = "y"})
    -> (tensor<f64> {atled.name = "distance"}) {
  %a = atled.slice %x[2:?] : tensor<?xf64> -> tensor<?xf64>
  %d = atled.sub %a, %y : tensor<?xf64>
  %q = atled.mul %d, %d : tensor<?xf64>
  %s = atled.reduce_sum %q dimensions = [0] : tensor<?xf64> -> tensor<f64>
  return %s : tensor<f64>
}

// A loop over the rows, whose gradient keeps each state.
func.func @recurrence(%w: tensor<4x4xf64> {atled.name = "w"}, %x: tensor<?x4xf64> {atled.name = "x"})
    -> (tensor<4xf64> {atled.name = "state"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %steps = tensor.dim %x, %c0 : tensor<?x4xf64>
  %first = atled.constant dense<0.0> : tensor<4xf64>
  %left = atled.constant dense<0> : tensor<i64>
  %last = scf.for %i = %c0 to %steps step %c1 iter_args(%h = %first) -> (tensor<4xf64>) {
    %number = arith.index_cast %i : index to i64
    %start = tensor.from_elements %number : tensor<i64>
    %rows = atled.dynamic_slice %x[%start, %left] sizes = [1, 4]
        : (tensor<?x4xf64>, tensor<i64>, tensor<i64>) -> tensor<1x4xf64>
    %row = atled.reshape %rows : tensor<1x4xf64> -> tensor<4xf64>
    %p = atled.contract %w, %h batch = [] x [] contracting = [1] x [0]
        : (tensor<4x4xf64>, tensor<4xf64>) -> tensor<4xf64>
    %s = atled.add %p, %row : tensor<4xf64>
    %t = atled.tanh %s : tensor<4xf64>
    scf.yield %t : tensor<4xf64>
  }
  return %last : tensor<4xf64>
}

// A sum, with a tensor in between.
func.func @total(%x: tensor<?x?xf64> {atled.name = "x"}) -> (tensor<f64> {atled.name = "y"}) {
  %ones = atled.exp %x : tensor<?x?xf64>
  %t = atled.transpose %ones permutation = [1, 0] : tensor<?x?xf64> -> tensor<?x?xf64>
  %y = atled.reduce_sum %t dimensions = [0, 1] : tensor<?x?xf64> -> tensor<f64>
  return %y : tensor<f64>
}
