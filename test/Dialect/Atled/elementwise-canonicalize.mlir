// RUN: atled-opt %s --canonicalize=test-convergence | FileCheck %s

//===----------------------------------------------------------------------===//
// Sums and differences
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @negative_zero_is_nothing_in_a_sum
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %[[D:.*]]: tensor<?xbf16>, %{{.*}}: index)
func.func @negative_zero_is_nothing_in_a_sum(%x: tensor<4xf32>, %d: tensor<?xbf16>, %n: index)
    -> (tensor<4xf32>, tensor<?xbf16>) {
  %zero = atled.constant dense<-0.0> : tensor<4xf32>
  %0 = atled.add %x, %zero : tensor<4xf32>
  // Of dynamic extent it is no constant, but a broadcast.
  %scalar = atled.constant dense<-0.0> : tensor<bf16>
  %zeros = atled.broadcast %scalar dimensions = [] sizes(%n) : tensor<bf16> -> tensor<?xbf16>
  %1 = atled.add %zeros, %d : tensor<?xbf16>
  // CHECK-NOT: atled
  // CHECK: return %[[X]], %[[D]]
  return %0, %1 : tensor<4xf32>, tensor<?xbf16>
}

// -0 + +0 is +0.
// CHECK-LABEL: func.func @positive_zero_changes_a_sum
func.func @positive_zero_changes_a_sum(%x: tensor<4xf32>) -> tensor<4xf32> {
  %zero = atled.constant dense<0.0> : tensor<4xf32>
  // CHECK: %[[SUM:.*]] = atled.add
  // CHECK: return %[[SUM]]
  %0 = atled.add %x, %zero : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @positive_zero_is_nothing_in_a_difference
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>)
func.func @positive_zero_is_nothing_in_a_difference(%x: tensor<4xf32>) -> tensor<4xf32> {
  %zero = atled.constant dense<0.0> : tensor<4xf32>
  // CHECK: return %[[X]]
  %0 = atled.sub %x, %zero : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -0 - -0 is +0.
// CHECK-LABEL: func.func @negative_zero_changes_a_difference
func.func @negative_zero_changes_a_difference(%x: tensor<4xf32>) -> tensor<4xf32> {
  %zero = atled.constant dense<-0.0> : tensor<4xf32>
  // CHECK: %[[DIFFERENCE:.*]] = atled.sub
  // CHECK: return %[[DIFFERENCE]]
  %0 = atled.sub %x, %zero : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// inf - inf is NaN.
// CHECK-LABEL: func.func @a_float_minus_itself_may_be_nan
func.func @a_float_minus_itself_may_be_nan(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: atled.sub
  %0 = atled.sub %x, %x : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @an_integer_minus_itself
func.func @an_integer_minus_itself(%x: tensor<4xi32>) -> tensor<4xi32> {
  // CHECK: %[[ZERO:.*]] = atled.constant dense<0> : tensor<4xi32>
  // CHECK: return %[[ZERO]]
  %0 = atled.sub %x, %x : tensor<4xi32>
  return %0 : tensor<4xi32>
}

// A constant has a static shape.
// CHECK-LABEL: func.func @an_integer_minus_itself_of_dynamic_extent
func.func @an_integer_minus_itself_of_dynamic_extent(%x: tensor<?xi32>) -> tensor<?xi32> {
  // CHECK: atled.sub
  %0 = atled.sub %x, %x : tensor<?xi32>
  return %0 : tensor<?xi32>
}

// CHECK-LABEL: func.func @zero_in_sums_of_integers
// CHECK-SAME: (%[[X:.*]]: tensor<4xui8>)
func.func @zero_in_sums_of_integers(%x: tensor<4xui8>) -> (tensor<4xui8>, tensor<4xui8>) {
  %zero = atled.constant dense<0> : tensor<4xui8>
  // CHECK: return %[[X]], %[[X]]
  %0 = atled.add %zero, %x : tensor<4xui8>
  %1 = atled.sub %x, %zero : tensor<4xui8>
  return %0, %1 : tensor<4xui8>, tensor<4xui8>
}

// CHECK-LABEL: func.func @integers_that_cancel
// CHECK-SAME: (%[[X:.*]]: tensor<?xi8>, %[[Y:.*]]: tensor<?xi8>)
func.func @integers_that_cancel(%x: tensor<?xi8>, %y: tensor<?xi8>)
    -> (tensor<?xi8>, tensor<?xi8>, tensor<?xi8>, tensor<?xi8>) {
  // CHECK: return %[[X]], %[[X]], %[[X]], %[[Y]]
  %difference = atled.sub %x, %y : tensor<?xi8>
  %0 = atled.add %difference, %y : tensor<?xi8>
  %1 = atled.add %y, %difference : tensor<?xi8>
  %sum = atled.add %x, %y : tensor<?xi8>
  %2 = atled.sub %sum, %y : tensor<?xi8>
  %3 = atled.sub %sum, %x : tensor<?xi8>
  return %0, %1, %2, %3 : tensor<?xi8>, tensor<?xi8>, tensor<?xi8>, tensor<?xi8>
}

// CHECK-LABEL: func.func @floats_do_not_cancel
func.func @floats_do_not_cancel(%x: tensor<4xf32>, %y: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  // CHECK: atled.sub
  // CHECK-NEXT: atled.add
  // CHECK-NEXT: atled.add
  // CHECK-NEXT: atled.sub
  %difference = atled.sub %x, %y : tensor<4xf32>
  %0 = atled.add %difference, %y : tensor<4xf32>
  %sum = atled.add %x, %y : tensor<4xf32>
  %1 = atled.sub %sum, %y : tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @integer_constants_gather
// CHECK-SAME: (%[[X:.*]]: tensor<4xi8>)
func.func @integer_constants_gather(%x: tensor<4xi8>) -> (tensor<4xi8>, tensor<4xi8>) {
  %a = atled.constant dense<100> : tensor<4xi8>
  // CHECK-DAG: %[[SUM:.*]] = atled.constant dense<-56> : tensor<4xi8>
  // CHECK-DAG: %[[PRODUCT:.*]] = atled.constant dense<16> : tensor<4xi8>
  // CHECK: atled.add %[[X]], %[[SUM]]
  // CHECK: atled.mul %[[X]], %[[PRODUCT]]
  %0 = atled.add %x, %a : tensor<4xi8>
  %1 = atled.add %0, %a : tensor<4xi8>
  %2 = atled.mul %x, %a : tensor<4xi8>
  %3 = atled.mul %2, %a : tensor<4xi8>
  return %1, %3 : tensor<4xi8>, tensor<4xi8>
}

// CHECK-LABEL: func.func @float_constants_do_not_gather
func.func @float_constants_do_not_gather(%x: tensor<4xf32>) -> tensor<4xf32> {
  %a = atled.constant dense<0.1> : tensor<4xf32>
  // CHECK-COUNT-2: atled.add
  %0 = atled.add %x, %a : tensor<4xf32>
  %1 = atled.add %0, %a : tensor<4xf32>
  return %1 : tensor<4xf32>
}

//===----------------------------------------------------------------------===//
// Products and quotients
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @one_in_products_and_quotients
// CHECK-SAME: (%[[X:.*]]: tensor<4xf16>, %[[I:.*]]: tensor<4xui32>, %[[D:.*]]: tensor<?xf64>, %{{.*}}: index)
func.func @one_in_products_and_quotients(%x: tensor<4xf16>, %i: tensor<4xui32>, %d: tensor<?xf64>, %n: index)
    -> (tensor<4xf16>, tensor<4xf16>, tensor<4xui32>, tensor<4xui32>, tensor<?xf64>) {
  %one = atled.constant dense<1.0> : tensor<4xf16>
  %0 = atled.mul %one, %x : tensor<4xf16>
  %1 = atled.div %x, %one : tensor<4xf16>
  %integer = atled.constant dense<1> : tensor<4xui32>
  %2 = atled.mul %i, %integer : tensor<4xui32>
  %3 = atled.div %i, %integer : tensor<4xui32>
  %scalar = atled.constant dense<1.0> : tensor<f64>
  %ones = atled.broadcast %scalar dimensions = [] sizes(%n) : tensor<f64> -> tensor<?xf64>
  %4 = atled.mul %ones, %d : tensor<?xf64>
  // CHECK-NOT: atled
  // CHECK: return %[[X]], %[[X]], %[[I]], %[[I]], %[[D]]
  return %0, %1, %2, %3, %4 : tensor<4xf16>, tensor<4xf16>, tensor<4xui32>, tensor<4xui32>, tensor<?xf64>
}

// 0 * inf is NaN, and 0 * -1 is -0.
// CHECK-LABEL: func.func @a_float_times_zero_is_not_zero
func.func @a_float_times_zero_is_not_zero(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %zero = atled.constant dense<0.0> : tensor<4xf32>
  // CHECK: atled.mul
  %0 = atled.mul %x, %zero : tensor<4xf32>
  // CHECK: atled.div
  %1 = atled.div %zero, %x : tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @an_integer_times_zero
func.func @an_integer_times_zero(%x: tensor<4xi32>, %d: tensor<?xi32>, %n: index) -> (tensor<4xi32>, tensor<?xi32>) {
  %zero = atled.constant dense<0> : tensor<4xi32>
  %0 = atled.mul %x, %zero : tensor<4xi32>
  %scalar = atled.constant dense<0> : tensor<i32>
  // CHECK: %[[ZERO:.*]] = atled.constant dense<0> : tensor<4xi32>
  // CHECK: %[[ZEROS:.*]] = atled.broadcast
  // CHECK: return %[[ZERO]], %[[ZEROS]]
  %zeros = atled.broadcast %scalar dimensions = [] sizes(%n) : tensor<i32> -> tensor<?xi32>
  %1 = atled.mul %zeros, %d : tensor<?xi32>
  return %0, %1 : tensor<4xi32>, tensor<?xi32>
}

// CHECK-LABEL: func.func @an_integer_divided_by_zero
func.func @an_integer_divided_by_zero(%x: tensor<4xi32>, %u: tensor<4xui8>) -> (tensor<4xi32>, tensor<4xui8>) {
  // CHECK-DAG: %[[SIGNED:.*]] = atled.constant dense<-1> : tensor<4xi32>
  // CHECK-DAG: %[[UNSIGNED:.*]] = atled.constant dense<255> : tensor<4xui8>
  // CHECK: return %[[SIGNED]], %[[UNSIGNED]]
  %zero = atled.constant dense<0> : tensor<4xi32>
  %0 = atled.div %x, %zero : tensor<4xi32>
  %unsigned = atled.constant dense<0> : tensor<4xui8>
  %1 = atled.div %u, %unsigned : tensor<4xui8>
  return %0, %1 : tensor<4xi32>, tensor<4xui8>
}

// 0 / 0 is -1, not 1 and not 0.
// CHECK-LABEL: func.func @integers_that_may_be_zero
func.func @integers_that_may_be_zero(%x: tensor<4xi32>) -> (tensor<4xi32>, tensor<4xi32>) {
  %zero = atled.constant dense<0> : tensor<4xi32>
  // CHECK-COUNT-2: atled.div
  %0 = atled.div %x, %x : tensor<4xi32>
  %1 = atled.div %zero, %x : tensor<4xi32>
  return %0, %1 : tensor<4xi32>, tensor<4xi32>
}

//===----------------------------------------------------------------------===//
// Signs
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @neg_of_neg
// CHECK-SAME: (%[[X:.*]]: tensor<?xf32>)
func.func @neg_of_neg(%x: tensor<?xf32>) -> tensor<?xf32> {
  // CHECK: return %[[X]]
  %0 = atled.neg %x : tensor<?xf32>
  %1 = atled.neg %0 : tensor<?xf32>
  return %1 : tensor<?xf32>
}

// CHECK-LABEL: func.func @negated_summands
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %[[Y:.*]]: tensor<4xf32>)
func.func @negated_summands(%x: tensor<4xf32>, %y: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  // CHECK-NOT: atled.neg
  %negated = atled.neg %y : tensor<4xf32>
  // CHECK: atled.sub %[[X]], %[[Y]]
  %0 = atled.add %x, %negated : tensor<4xf32>
  // CHECK: atled.sub %[[X]], %[[Y]]
  %1 = atled.add %negated, %x : tensor<4xf32>
  // CHECK: atled.add %[[X]], %[[Y]]
  %2 = atled.sub %x, %negated : tensor<4xf32>
  return %0, %1, %2 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @negated_factors
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %[[Y:.*]]: tensor<4xf32>)
func.func @negated_factors(%x: tensor<4xf32>, %y: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %a = atled.neg %x : tensor<4xf32>
  %b = atled.neg %y : tensor<4xf32>
  // CHECK: atled.mul %[[X]], %[[Y]]
  %0 = atled.mul %a, %b : tensor<4xf32>
  // CHECK: atled.div %[[X]], %[[Y]]
  %1 = atled.div %a, %b : tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// -128 is its own negation, so -128 / 2 is -64 and -(-128) / -2 is 64.
// CHECK-LABEL: func.func @negated_integers_in_a_quotient
func.func @negated_integers_in_a_quotient(%x: tensor<4xi8>, %y: tensor<4xi8>) -> tensor<4xi8> {
  // CHECK-COUNT-2: atled.neg
  %a = atled.neg %x : tensor<4xi8>
  %b = atled.neg %y : tensor<4xi8>
  %0 = atled.div %a, %b : tensor<4xi8>
  return %0 : tensor<4xi8>
}

// CHECK-LABEL: func.func @minus_one
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %[[I:.*]]: tensor<4xi32>)
func.func @minus_one(%x: tensor<4xf32>, %i: tensor<4xi32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xi32>) {
  %minus = atled.constant dense<-1.0> : tensor<4xf32>
  %integer = atled.constant dense<-1> : tensor<4xi32>
  // CHECK: atled.neg %[[X]] : tensor<4xf32>
  %0 = atled.mul %minus, %x : tensor<4xf32>
  // CHECK: atled.neg %[[X]] : tensor<4xf32>
  %1 = atled.div %x, %minus : tensor<4xf32>
  // CHECK: atled.neg %[[I]] : tensor<4xi32>
  %2 = atled.div %i, %integer : tensor<4xi32>
  return %0, %1, %2 : tensor<4xf32>, tensor<4xf32>, tensor<4xi32>
}

// CHECK-LABEL: func.func @difference_from_nothing
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %[[I:.*]]: tensor<4xi32>)
func.func @difference_from_nothing(%x: tensor<4xf32>, %i: tensor<4xi32>)
    -> (tensor<4xf32>, tensor<4xi32>, tensor<4xf32>) {
  %negative = atled.constant dense<-0.0> : tensor<4xf32>
  %positive = atled.constant dense<0.0> : tensor<4xf32>
  %integer = atled.constant dense<0> : tensor<4xi32>
  // CHECK: atled.neg %[[X]]
  %0 = atled.sub %negative, %x : tensor<4xf32>
  // CHECK: atled.neg %[[I]]
  %1 = atled.sub %integer, %i : tensor<4xi32>
  // +0 - +0 is +0.
  // CHECK: atled.sub
  %2 = atled.sub %positive, %x : tensor<4xf32>
  return %0, %1, %2 : tensor<4xf32>, tensor<4xi32>, tensor<4xf32>
}

// -(x - y) is -0 where they are equal, y - x is +0.
// CHECK-LABEL: func.func @negated_difference
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %[[Y:.*]]: tensor<4xf32>, %[[I:.*]]: tensor<4xi32>, %[[J:.*]]: tensor<4xi32>)
func.func @negated_difference(%x: tensor<4xf32>, %y: tensor<4xf32>, %i: tensor<4xi32>, %j: tensor<4xi32>)
    -> (tensor<4xf32>, tensor<4xi32>) {
  // CHECK: %[[DIFFERENCE:.*]] = atled.sub %[[X]], %[[Y]]
  // CHECK: atled.neg %[[DIFFERENCE]]
  %0 = atled.sub %x, %y : tensor<4xf32>
  %1 = atled.neg %0 : tensor<4xf32>
  // CHECK: atled.sub %[[J]], %[[I]]
  %2 = atled.sub %i, %j : tensor<4xi32>
  %3 = atled.neg %2 : tensor<4xi32>
  return %1, %3 : tensor<4xf32>, tensor<4xi32>
}

// CHECK-LABEL: func.func @absolute_values
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %[[U:.*]]: tensor<4xui8>)
func.func @absolute_values(%x: tensor<4xf32>, %u: tensor<4xui8>)
    -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xui8>) {
  // CHECK: %[[ABS:.*]] = atled.abs %[[X]]
  %0 = atled.abs %x : tensor<4xf32>
  %1 = atled.abs %0 : tensor<4xf32>
  // CHECK: %[[OF_NEG:.*]] = atled.abs %[[X]]
  %2 = atled.neg %x : tensor<4xf32>
  %3 = atled.abs %2 : tensor<4xf32>
  // CHECK: %[[EXP:.*]] = atled.exp %[[X]]
  %4 = atled.exp %x : tensor<4xf32>
  %5 = atled.abs %4 : tensor<4xf32>
  %6 = atled.abs %u : tensor<4xui8>
  // CHECK: return %[[ABS]], %[[OF_NEG]], %[[EXP]], %[[U]]
  return %1, %3, %5, %6 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xui8>
}

// CHECK-LABEL: func.func @relu_of_what_has_no_sign
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %[[U:.*]]: tensor<4xui8>)
func.func @relu_of_what_has_no_sign(%x: tensor<4xf32>, %u: tensor<4xui8>)
    -> (tensor<4xf32>, tensor<4xf32>, tensor<4xui8>) {
  // CHECK: %[[RELU:.*]] = atled.relu %[[X]]
  %0 = atled.relu %x : tensor<4xf32>
  %1 = atled.relu %0 : tensor<4xf32>
  // CHECK: %[[ABS:.*]] = atled.abs %[[X]]
  %2 = atled.abs %x : tensor<4xf32>
  %3 = atled.relu %2 : tensor<4xf32>
  %4 = atled.relu %u : tensor<4xui8>
  // CHECK: return %[[RELU]], %[[ABS]], %[[U]]
  return %1, %3, %4 : tensor<4xf32>, tensor<4xf32>, tensor<4xui8>
}

// The smallest integer is its own absolute value, and relu makes 0 of it. The
// square root of -0 is -0.
// CHECK-LABEL: func.func @relu_of_what_may_have_a_sign
func.func @relu_of_what_may_have_a_sign(%x: tensor<4xf32>, %i: tensor<4xi8>) -> (tensor<4xf32>, tensor<4xi8>) {
  // CHECK-COUNT-2: atled.relu
  %0 = atled.sqrt %x : tensor<4xf32>
  %1 = atled.relu %0 : tensor<4xf32>
  %2 = atled.abs %i : tensor<4xi8>
  %3 = atled.relu %2 : tensor<4xi8>
  return %1, %3 : tensor<4xf32>, tensor<4xi8>
}

// CHECK-LABEL: func.func @sign_of_sign
func.func @sign_of_sign(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: %[[SIGN:.*]] = atled.sign
  // CHECK-NEXT: return %[[SIGN]]
  %0 = atled.sign %x : tensor<4xf32>
  %1 = atled.sign %0 : tensor<4xf32>
  return %1 : tensor<4xf32>
}

//===----------------------------------------------------------------------===//
// Maximum and minimum
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @extremum_of_a_value_and_itself
// CHECK-SAME: (%[[X:.*]]: tensor<?xf32>, %[[I:.*]]: tensor<?xi32>)
func.func @extremum_of_a_value_and_itself(%x: tensor<?xf32>, %i: tensor<?xi32>)
    -> (tensor<?xf32>, tensor<?xf32>, tensor<?xi32>) {
  // CHECK: return %[[X]], %[[X]], %[[I]]
  %0 = atled.maximum %x, %x : tensor<?xf32>
  %1 = atled.minimum %x, %x tie = first : tensor<?xf32>
  %2 = atled.maximum %i, %i tie = zero : tensor<?xi32>
  return %0, %1, %2 : tensor<?xf32>, tensor<?xf32>, tensor<?xi32>
}

// Its derivative is 0, or 2.
// CHECK-LABEL: func.func @extremum_whose_derivative_is_another
func.func @extremum_whose_derivative_is_another(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  // CHECK: atled.maximum {{.*}} tie = zero
  %0 = atled.maximum %x, %x tie = zero : tensor<4xf32>
  // CHECK: atled.maximum {{.*}} tie = one
  %1 = atled.maximum %x, %x tie = one : tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @extremum_with_a_bound_of_integers
// CHECK-SAME: (%[[I:.*]]: tensor<4xi8>, %[[U:.*]]: tensor<4xui8>)
func.func @extremum_with_a_bound_of_integers(%i: tensor<4xi8>, %u: tensor<4xui8>)
    -> (tensor<4xi8>, tensor<4xi8>, tensor<4xi8>, tensor<4xui8>, tensor<4xui8>) {
  %least = atled.constant dense<-128> : tensor<4xi8>
  %greatest = atled.constant dense<127> : tensor<4xi8>
  %zero = atled.constant dense<0> : tensor<4xui8>
  // CHECK-DAG: %[[LEAST:.*]] = atled.constant dense<-128>
  // CHECK-DAG: %[[ZERO:.*]] = atled.constant dense<0>
  // CHECK: return %[[I]], %[[LEAST]], %[[I]], %[[U]], %[[ZERO]]
  %0 = atled.maximum %i, %least : tensor<4xi8>
  %1 = atled.minimum %least, %i : tensor<4xi8>
  %2 = atled.minimum %i, %greatest : tensor<4xi8>
  %3 = atled.maximum %u, %zero : tensor<4xui8>
  %4 = atled.minimum %u, %zero : tensor<4xui8>
  return %0, %1, %2, %3, %4 : tensor<4xi8>, tensor<4xi8>, tensor<4xi8>, tensor<4xui8>, tensor<4xui8>
}

// Where x is -inf too, `first` gives it all of the derivative, `split` a half.
// CHECK-LABEL: func.func @extremum_with_infinity
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>)
func.func @extremum_with_infinity(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %infinity = atled.constant dense<0xFF800000> : tensor<4xf32>
  %0 = atled.maximum %x, %infinity tie = first : tensor<4xf32>
  %3 = atled.maximum %infinity, %x tie = one : tensor<4xf32>
  // CHECK: %[[SPLIT:.*]] = atled.maximum
  %1 = atled.maximum %x, %infinity : tensor<4xf32>
  // NaN is not -inf.
  // CHECK: %[[NAN:.*]] = atled.minimum
  %2 = atled.minimum %x, %infinity tie = first : tensor<4xf32>
  // CHECK: return %[[X]], %[[SPLIT]], %[[NAN]], %[[X]]
  return %0, %1, %2, %3 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

//===----------------------------------------------------------------------===//
// Predicates
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @comparing_a_float_with_itself
func.func @comparing_a_float_with_itself(%x: tensor<4xf32>) -> (tensor<4xi1>, tensor<4xi1>, tensor<4xi1>) {
  // CHECK: %[[FALSE:.*]] = atled.constant dense<false>
  %0 = atled.compare lt, %x, %x : tensor<4xf32>
  // CHECK: %[[IS_NUMBER:.*]] = atled.compare eq
  %1 = atled.compare eq, %x, %x : tensor<4xf32>
  // CHECK: %[[IS_NAN:.*]] = atled.compare ne
  %2 = atled.compare ne, %x, %x : tensor<4xf32>
  // CHECK: return %[[FALSE]], %[[IS_NUMBER]], %[[IS_NAN]]
  return %0, %1, %2 : tensor<4xi1>, tensor<4xi1>, tensor<4xi1>
}

// CHECK-LABEL: func.func @comparing_an_integer_with_itself
func.func @comparing_an_integer_with_itself(%x: tensor<4xui8>) -> (tensor<4xi1>, tensor<4xi1>, tensor<4xi1>) {
  // CHECK-DAG: %[[FALSE:.*]] = atled.constant dense<false>
  // CHECK-DAG: %[[TRUE:.*]] = atled.constant dense<true>
  // CHECK: return %[[TRUE]], %[[FALSE]], %[[TRUE]]
  %0 = atled.compare eq, %x, %x : tensor<4xui8>
  %1 = atled.compare ne, %x, %x : tensor<4xui8>
  %2 = atled.compare ge, %x, %x : tensor<4xui8>
  return %0, %1, %2 : tensor<4xi1>, tensor<4xi1>, tensor<4xi1>
}

// CHECK-LABEL: func.func @comparing_an_integer_with_a_bound
func.func @comparing_an_integer_with_a_bound(%u: tensor<4xui8>, %i: tensor<4xi8>)
    -> (tensor<4xi1>, tensor<4xi1>, tensor<4xi1>) {
  %zero = atled.constant dense<0> : tensor<4xui8>
  %greatest = atled.constant dense<127> : tensor<4xi8>
  // CHECK-DAG: %[[FALSE:.*]] = atled.constant dense<false>
  // CHECK-DAG: %[[TRUE:.*]] = atled.constant dense<true>
  // CHECK: return %[[FALSE]], %[[TRUE]], %[[TRUE]]
  %0 = atled.compare lt, %u, %zero : tensor<4xui8>
  %1 = atled.compare le, %zero, %u : tensor<4xui8>
  %2 = atled.compare le, %i, %greatest : tensor<4xi8>
  return %0, %1, %2 : tensor<4xi1>, tensor<4xi1>, tensor<4xi1>
}

// CHECK-LABEL: func.func @constants_go_to_the_right
// CHECK-SAME: (%[[X:.*]]: tensor<2xf32>)
func.func @constants_go_to_the_right(%x: tensor<2xf32>) -> tensor<2xi1> {
  // CHECK: %[[BOUNDS:.*]] = atled.constant
  %bounds = atled.constant dense<[1.0, 2.0]> : tensor<2xf32>
  // CHECK: atled.compare ge, %[[X]], %[[BOUNDS]]
  %0 = atled.compare le, %bounds, %x : tensor<2xf32>
  return %0 : tensor<2xi1>
}

// CHECK-LABEL: func.func @comparing_booleans
// CHECK-SAME: (%[[P:.*]]: tensor<4xi1>)
func.func @comparing_booleans(%p: tensor<4xi1>) -> (tensor<4xi1>, tensor<4xi1>, tensor<4xi1>) {
  %true = atled.constant dense<true> : tensor<4xi1>
  %false = atled.constant dense<false> : tensor<4xi1>
  %0 = atled.compare eq, %true, %p : tensor<4xi1>
  %1 = atled.compare ne, %p, %false : tensor<4xi1>
  %2 = atled.compare eq, %p, %false : tensor<4xi1>
  %3 = atled.compare ne, %2, %true : tensor<4xi1>
  // CHECK: return %[[P]], %[[P]], %[[P]]
  return %0, %1, %3 : tensor<4xi1>, tensor<4xi1>, tensor<4xi1>
}

// With NaN, x < y and x >= y are both false.
// CHECK-LABEL: func.func @negated_comparisons
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %[[I:.*]]: tensor<4xi32>)
func.func @negated_comparisons(%x: tensor<4xf32>, %i: tensor<4xi32>) -> (tensor<4xi1>, tensor<4xi1>, tensor<4xi1>) {
  %false = atled.constant dense<false> : tensor<4xi1>
  %one = atled.constant dense<1> : tensor<4xi32>
  %two = atled.constant dense<2.0> : tensor<4xf32>
  // CHECK: %[[GE:.*]] = atled.compare ge, %[[I]]
  %0 = atled.compare lt, %i, %one : tensor<4xi32>
  %1 = atled.compare eq, %0, %false : tensor<4xi1>
  // CHECK: %[[NE:.*]] = atled.compare ne, %[[X]]
  %2 = atled.compare eq, %x, %two : tensor<4xf32>
  %3 = atled.compare eq, %2, %false : tensor<4xi1>
  // CHECK: %[[LT:.*]] = atled.compare lt, %[[X]]
  // CHECK: %[[NOT_LT:.*]] = atled.compare eq, %[[LT]]
  %4 = atled.compare lt, %x, %two : tensor<4xf32>
  %5 = atled.compare eq, %4, %false : tensor<4xi1>
  // CHECK: return %[[GE]], %[[NE]], %[[NOT_LT]]
  return %1, %3, %5 : tensor<4xi1>, tensor<4xi1>, tensor<4xi1>
}

//===----------------------------------------------------------------------===//
// Select
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @select_by_a_constant
// CHECK-SAME: (%[[X:.*]]: tensor<?xf32>, %[[Y:.*]]: tensor<?xf32>, %{{.*}}: index)
func.func @select_by_a_constant(%x: tensor<?xf32>, %y: tensor<?xf32>, %n: index) -> (tensor<?xf32>, tensor<?xf32>) {
  %t = atled.constant dense<true> : tensor<i1>
  %true = atled.broadcast %t dimensions = [] sizes(%n) : tensor<i1> -> tensor<?xi1>
  %f = atled.constant dense<false> : tensor<i1>
  %false = atled.broadcast %f dimensions = [] sizes(%n) : tensor<i1> -> tensor<?xi1>
  // CHECK: return %[[X]], %[[Y]]
  %0 = atled.select %true, %x, %y : tensor<?xi1>, tensor<?xf32>
  %1 = atled.select %false, %x, %y : tensor<?xi1>, tensor<?xf32>
  return %0, %1 : tensor<?xf32>, tensor<?xf32>
}

// CHECK-LABEL: func.func @select_of_equals
// CHECK-SAME: (%{{.*}}: tensor<4xi1>, %[[X:.*]]: tensor<4xf32>)
func.func @select_of_equals(%p: tensor<4xi1>, %x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  // CHECK-DAG: %[[NAN:.*]] = atled.constant dense<0x7FC00000>
  %nan0 = atled.constant dense<0x7FC00000> : tensor<4xf32>
  %nan1 = arith.constant dense<0x7FC00000> : tensor<4xf32>
  %negative = atled.constant dense<-0.0> : tensor<4xf32>
  %positive = atled.constant dense<0.0> : tensor<4xf32>
  %0 = atled.select %p, %x, %x : tensor<4xi1>, tensor<4xf32>
  %1 = atled.select %p, %nan0, %nan1 : tensor<4xi1>, tensor<4xf32>
  // Zeros of both signs are equal, and are not the same.
  // CHECK: %[[ZERO:.*]] = atled.select
  %2 = atled.select %p, %negative, %positive : tensor<4xi1>, tensor<4xf32>
  // CHECK: return %[[X]], %[[NAN]], %[[ZERO]]
  return %0, %1, %2 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @select_of_booleans
// CHECK-SAME: (%[[P:.*]]: tensor<4xi1>)
func.func @select_of_booleans(%p: tensor<4xi1>) -> (tensor<4xi1>, tensor<4xi1>) {
  // CHECK: %[[FALSE:.*]] = atled.constant dense<false>
  %true = atled.constant dense<true> : tensor<4xi1>
  %false = atled.constant dense<false> : tensor<4xi1>
  %0 = atled.select %p, %true, %false : tensor<4xi1>, tensor<4xi1>
  // CHECK: %[[NOT:.*]] = atled.compare eq, %[[P]], %[[FALSE]]
  %1 = atled.select %p, %false, %true : tensor<4xi1>, tensor<4xi1>
  // CHECK: return %[[P]], %[[NOT]]
  return %0, %1 : tensor<4xi1>, tensor<4xi1>
}

// CHECK-LABEL: func.func @select_by_a_negation
// CHECK-SAME: (%[[P:.*]]: tensor<4xi1>, %[[X:.*]]: tensor<4xf32>, %[[Y:.*]]: tensor<4xf32>)
func.func @select_by_a_negation(%p: tensor<4xi1>, %x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: atled.select %[[P]], %[[Y]], %[[X]]
  %true = atled.constant dense<true> : tensor<4xi1>
  %not = atled.compare ne, %p, %true : tensor<4xi1>
  %0 = atled.select %not, %x, %y : tensor<4xi1>, tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @select_within_a_branch
// CHECK-SAME: (%[[P:.*]]: tensor<4xi1>, %[[X:.*]]: tensor<4xf32>, %{{.*}}: tensor<4xf32>, %[[Z:.*]]: tensor<4xf32>)
func.func @select_within_a_branch(%p: tensor<4xi1>, %x: tensor<4xf32>, %y: tensor<4xf32>, %z: tensor<4xf32>)
    -> tensor<4xf32> {
  // CHECK-NEXT: %[[CHOICE:.*]] = atled.select %[[P]], %[[X]], %[[Z]]
  // CHECK-NEXT: return %[[CHOICE]]
  %0 = atled.select %p, %x, %y : tensor<4xi1>, tensor<4xf32>
  %1 = atled.select %p, %y, %z : tensor<4xi1>, tensor<4xf32>
  %2 = atled.select %p, %0, %1 : tensor<4xi1>, tensor<4xf32>
  return %2 : tensor<4xf32>
}

//===----------------------------------------------------------------------===//
// Conversion
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @conversion_to_the_same_type
// CHECK-SAME: (%[[X:.*]]: tensor<?xf32>)
func.func @conversion_to_the_same_type(%x: tensor<?xf32>) -> tensor<?xf32> {
  // CHECK: return %[[X]]
  %0 = atled.convert %x : tensor<?xf32> to tensor<?xf32>
  return %0 : tensor<?xf32>
}

// CHECK-LABEL: func.func @conversion_there_and_back
// CHECK-SAME: (%[[X:.*]]: tensor<4xbf16>, %[[U:.*]]: tensor<4xui8>, %[[P:.*]]: tensor<4xi1>)
func.func @conversion_there_and_back(%x: tensor<4xbf16>, %u: tensor<4xui8>, %p: tensor<4xi1>)
    -> (tensor<4xbf16>, tensor<4xui8>, tensor<4xi1>) {
  // CHECK: return %[[X]], %[[U]], %[[P]]
  %0 = atled.convert %x : tensor<4xbf16> to tensor<4xf32>
  %1 = atled.convert %0 : tensor<4xf32> to tensor<4xbf16>
  %2 = atled.convert %u : tensor<4xui8> to tensor<4xf16>
  %3 = atled.convert %2 : tensor<4xf16> to tensor<4xui8>
  %4 = atled.convert %p : tensor<4xi1> to tensor<4xbf16>
  %5 = atled.convert %4 : tensor<4xbf16> to tensor<4xi1>
  return %1, %3, %5 : tensor<4xbf16>, tensor<4xui8>, tensor<4xi1>
}

// CHECK-LABEL: func.func @conversion_through_a_wider_type
// CHECK-SAME: (%[[X:.*]]: tensor<4xf16>, %[[I:.*]]: tensor<4xi8>)
func.func @conversion_through_a_wider_type(%x: tensor<4xf16>, %i: tensor<4xi8>)
    -> (tensor<4xbf16>, tensor<4xi64>, tensor<4xui16>, tensor<4xf64>) {
  // CHECK-NEXT: atled.convert %[[X]] : tensor<4xf16> to tensor<4xbf16>
  %0 = atled.convert %x : tensor<4xf16> to tensor<4xf32>
  %1 = atled.convert %0 : tensor<4xf32> to tensor<4xbf16>
  // CHECK-NEXT: atled.convert %[[X]] : tensor<4xf16> to tensor<4xi64>
  %2 = atled.convert %0 : tensor<4xf32> to tensor<4xi64>
  // Both times by the sign.
  // CHECK-NEXT: atled.convert %[[I]] : tensor<4xi8> to tensor<4xui16>
  %3 = atled.convert %i : tensor<4xi8> to tensor<4xi32>
  %4 = atled.convert %3 : tensor<4xi32> to tensor<4xui16>
  // CHECK-NEXT: atled.convert %[[I]] : tensor<4xi8> to tensor<4xf64>
  %5 = atled.convert %3 : tensor<4xi32> to tensor<4xf64>
  // CHECK-NEXT: return
  return %1, %2, %4, %5 : tensor<4xbf16>, tensor<4xi64>, tensor<4xui16>, tensor<4xf64>
}

// Rounded to bf16; 17 digits in 11; -1 to 0 and not to 255; the sign is lost;
// what is not 0 becomes 1.
// CHECK-LABEL: func.func @conversion_that_loses_something
func.func @conversion_that_loses_something(%x: tensor<4xf32>, %i: tensor<4xi32>, %b: tensor<4xi8>)
    -> (tensor<4xf32>, tensor<4xi32>, tensor<4xui8>, tensor<4xi32>, tensor<4xf32>) {
  // CHECK-COUNT-10: atled.convert
  %0 = atled.convert %x : tensor<4xf32> to tensor<4xbf16>
  %1 = atled.convert %0 : tensor<4xbf16> to tensor<4xf32>
  %2 = atled.convert %i : tensor<4xi32> to tensor<4xf16>
  %3 = atled.convert %2 : tensor<4xf16> to tensor<4xi32>
  %4 = atled.convert %b : tensor<4xi8> to tensor<4xf32>
  %5 = atled.convert %4 : tensor<4xf32> to tensor<4xui8>
  %6 = atled.convert %b : tensor<4xi8> to tensor<4xui16>
  %7 = atled.convert %6 : tensor<4xui16> to tensor<4xi32>
  %8 = atled.convert %x : tensor<4xf32> to tensor<4xi1>
  %9 = atled.convert %8 : tensor<4xi1> to tensor<4xf32>
  return %1, %3, %5, %7, %9 : tensor<4xf32>, tensor<4xi32>, tensor<4xui8>, tensor<4xi32>, tensor<4xf32>
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

// 2^-24 + 2^-24 is a denormal of f16; 65504 + 65504 overflows; 2^-133 * 2^-1 is
// a denormal of f32, of which bf16 keeps what it can.
// CHECK-LABEL: func.func @constants_of_half_precision
func.func @constants_of_half_precision() -> (tensor<2xf16>, tensor<2xf16>, tensor<2xbf16>) {
  // CHECK-DAG: %[[DENORMAL:.*]] = atled.constant dense<1.192090e-07> : tensor<2xf16>
  // CHECK-DAG: %[[INFINITY:.*]] = atled.constant dense<0x7C00> : tensor<2xf16>
  // CHECK-DAG: %[[ZERO:.*]] = atled.constant dense<0.000000e+00> : tensor<2xbf16>
  // CHECK: return %[[DENORMAL]], %[[INFINITY]], %[[ZERO]]
  %least = atled.constant dense<0x0001> : tensor<2xf16>
  %0 = atled.add %least, %least : tensor<2xf16>
  %greatest = atled.constant dense<0x7BFF> : tensor<2xf16>
  %1 = atled.add %greatest, %greatest : tensor<2xf16>
  %tiny = atled.constant dense<0x0001> : tensor<2xbf16>
  %half = atled.constant dense<0.5> : tensor<2xbf16>
  %2 = atled.mul %tiny, %half : tensor<2xbf16>
  return %0, %1, %2 : tensor<2xf16>, tensor<2xf16>, tensor<2xbf16>
}

// CHECK-LABEL: func.func @constants_with_signed_zeros
func.func @constants_with_signed_zeros() -> (tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>) {
  // CHECK-DAG: %[[POSITIVE:.*]] = atled.constant dense<0.000000e+00>
  // CHECK-DAG: %[[NEGATIVE:.*]] = atled.constant dense<-0.000000e+00>
  // CHECK: return %[[POSITIVE]], %[[NEGATIVE]], %[[POSITIVE]], %[[NEGATIVE]], %[[POSITIVE]]
  %positive = atled.constant dense<0.0> : tensor<f32>
  %negative = atled.constant dense<-0.0> : tensor<f32>
  %one = atled.constant dense<-1.0> : tensor<f32>
  %0 = atled.add %negative, %positive : tensor<f32>
  %1 = atled.mul %positive, %one : tensor<f32>
  %2 = atled.maximum %negative, %positive : tensor<f32>
  %3 = atled.minimum %positive, %negative : tensor<f32>
  %4 = atled.relu %negative : tensor<f32>
  return %0, %1, %2, %3, %4 : tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>
}

// CHECK-LABEL: func.func @constants_that_are_nan
func.func @constants_that_are_nan() -> (tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<i1>, tensor<i1>) {
  // CHECK-DAG: %[[NAN:.*]] = atled.constant dense<0x7FC00000>
  // CHECK-DAG: %[[TRUE:.*]] = atled.constant dense<true>
  // CHECK-DAG: %[[FALSE:.*]] = atled.constant dense<false>
  // CHECK: return %[[NAN]], %[[NAN]], %[[NAN]], %[[NAN]], %[[FALSE]], %[[TRUE]]
  %nan = atled.constant dense<0x7FC00000> : tensor<f32>
  %two = atled.constant dense<2.0> : tensor<f32>
  %0 = atled.maximum %nan, %two : tensor<f32>
  %1 = atled.minimum %two, %nan : tensor<f32>
  %2 = atled.sign %nan : tensor<f32>
  %3 = atled.relu %nan : tensor<f32>
  %4 = atled.compare ge, %nan, %nan : tensor<f32>
  %5 = atled.compare ne, %two, %nan : tensor<f32>
  return %0, %1, %2, %3, %4, %5 : tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<i1>, tensor<i1>
}

// CHECK-LABEL: func.func @integer_constants_wrap
func.func @integer_constants_wrap() -> (tensor<i8>, tensor<i8>, tensor<i8>, tensor<i8>, tensor<i8>, tensor<ui8>) {
  // CHECK-DAG: %[[LEAST:.*]] = atled.constant dense<-128>
  // CHECK-DAG: %[[MINUS_ONE:.*]] = atled.constant dense<-1>
  // CHECK-DAG: %[[UNSIGNED:.*]] = atled.constant dense<128>
  // CHECK: return %[[LEAST]], %[[LEAST]], %[[LEAST]], %[[MINUS_ONE]], %[[MINUS_ONE]], %[[UNSIGNED]]
  %least = atled.constant dense<-128> : tensor<i8>
  %minus = atled.constant dense<-1> : tensor<i8>
  %zero = atled.constant dense<0> : tensor<i8>
  %u = atled.constant dense<128> : tensor<ui8>
  %0 = atled.div %least, %minus : tensor<i8>
  %1 = atled.abs %least : tensor<i8>
  %2 = atled.neg %least : tensor<i8>
  %3 = atled.div %least, %zero : tensor<i8>
  %4 = atled.sign %least : tensor<i8>
  %5 = atled.neg %u : tensor<ui8>
  return %0, %1, %2, %3, %4, %5 : tensor<i8>, tensor<i8>, tensor<i8>, tensor<i8>, tensor<i8>, tensor<ui8>
}

// CHECK-LABEL: func.func @comparing_constants_by_their_sign
func.func @comparing_constants_by_their_sign() -> (tensor<i1>, tensor<i1>) {
  // CHECK-DAG: %[[TRUE:.*]] = atled.constant dense<true>
  // CHECK-DAG: %[[FALSE:.*]] = atled.constant dense<false>
  // CHECK: return %[[TRUE]], %[[FALSE]]
  %minus = atled.constant dense<-1> : tensor<i8>
  %one = atled.constant dense<1> : tensor<i8>
  %0 = atled.compare lt, %minus, %one : tensor<i8>
  %great = atled.constant dense<255> : tensor<ui8>
  %small = atled.constant dense<1> : tensor<ui8>
  %1 = atled.compare lt, %great, %small : tensor<ui8>
  return %0, %1 : tensor<i1>, tensor<i1>
}

// CHECK-LABEL: func.func @converting_constants
func.func @converting_constants()
    -> (tensor<i8>, tensor<ui8>, tensor<i8>, tensor<i1>, tensor<f16>, tensor<i32>, tensor<i8>, tensor<f32>) {
  // CHECK-DAG: %[[SATURATED:.*]] = atled.constant dense<127> : tensor<i8>
  // CHECK-DAG: %[[NOT_NEGATIVE:.*]] = atled.constant dense<0> : tensor<ui8>
  // CHECK-DAG: %[[OF_NAN:.*]] = atled.constant dense<0> : tensor<i8>
  // CHECK-DAG: %[[NAN_IS_TRUE:.*]] = atled.constant dense<true> : tensor<i1>
  // CHECK-DAG: %[[ROUNDED:.*]] = atled.constant dense<2.048000e+03> : tensor<f16>
  // CHECK-DAG: %[[TRUNCATED:.*]] = atled.constant dense<-2> : tensor<i32>
  // CHECK-DAG: %[[LOW_BITS:.*]] = atled.constant dense<1> : tensor<i8>
  // CHECK-DAG: %[[ONE:.*]] = atled.constant dense<1.000000e+00> : tensor<f32>
  // CHECK: return %[[SATURATED]], %[[NOT_NEGATIVE]], %[[OF_NAN]], %[[NAN_IS_TRUE]], %[[ROUNDED]], %[[TRUNCATED]], %[[LOW_BITS]], %[[ONE]]
  %big = atled.constant dense<1.0e10> : tensor<f32>
  %negative = atled.constant dense<-2.75> : tensor<f32>
  %nan = atled.constant dense<0x7FC00000> : tensor<f32>
  %odd = atled.constant dense<2049> : tensor<i32>
  %true = atled.constant dense<true> : tensor<i1>
  %0 = atled.convert %big : tensor<f32> to tensor<i8>
  %1 = atled.convert %negative : tensor<f32> to tensor<ui8>
  %2 = atled.convert %nan : tensor<f32> to tensor<i8>
  %3 = atled.convert %nan : tensor<f32> to tensor<i1>
  %4 = atled.convert %odd : tensor<i32> to tensor<f16>
  %5 = atled.convert %negative : tensor<f32> to tensor<i32>
  %6 = atled.convert %odd : tensor<i32> to tensor<i8>
  %7 = atled.convert %true : tensor<i1> to tensor<f32>
  return %0, %1, %2, %3, %4, %5, %6, %7 : tensor<i8>, tensor<ui8>, tensor<i8>, tensor<i1>, tensor<f16>, tensor<i32>, tensor<i8>, tensor<f32>
}

// Only splats: what is created is one element, never a table.
// CHECK-LABEL: func.func @constants_of_many_elements_stay
func.func @constants_of_many_elements_stay() -> (tensor<2xf32>, tensor<3xf32>) {
  %0 = atled.constant dense<[1.0, 2.0]> : tensor<2xf32>
  // CHECK: atled.add
  %1 = atled.add %0, %0 : tensor<2xf32>
  %2 = atled.constant dense_resource<weights> : tensor<3xf32>
  // CHECK: atled.neg
  %3 = atled.neg %2 : tensor<3xf32>
  return %1, %3 : tensor<2xf32>, tensor<3xf32>
}

// CHECK-LABEL: func.func @functions_of_zero
func.func @functions_of_zero() -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) {
  // CHECK-DAG: %[[ONE:.*]] = atled.constant dense<1.000000e+00>
  // CHECK-DAG: %[[HALF:.*]] = atled.constant dense<5.000000e-01>
  // CHECK: return %[[ONE]], %[[ONE]], %[[HALF]]
  %zero = atled.constant dense<-0.0> : tensor<2xf32>
  %0 = atled.exp %zero : tensor<2xf32>
  %1 = atled.cos %zero : tensor<2xf32>
  %2 = atled.logistic %zero : tensor<2xf32>
  return %0, %1, %2 : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
}

// CHECK-LABEL: func.func @functions_that_leave_zero
func.func @functions_that_leave_zero() -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) {
  // CHECK: %[[ZERO:.*]] = atled.constant dense<-0.000000e+00>
  // CHECK: return %[[ZERO]], %[[ZERO]], %[[ZERO]], %[[ZERO]], %[[ZERO]]
  %zero = atled.constant dense<-0.0> : tensor<2xf32>
  %0 = atled.expm1 %zero : tensor<2xf32>
  %1 = atled.log1p %zero : tensor<2xf32>
  %2 = atled.sin %zero : tensor<2xf32>
  %3 = atled.tanh %zero : tensor<2xf32>
  %4 = atled.sqrt %zero : tensor<2xf32>
  return %0, %1, %2, %3, %4 : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
}

// CHECK-LABEL: func.func @functions_of_one
func.func @functions_of_one() -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) {
  // CHECK-DAG: %[[ONE:.*]] = atled.constant dense<1.000000e+00>
  // CHECK-DAG: %[[ZERO:.*]] = atled.constant dense<0.000000e+00>
  // CHECK: return %[[ZERO]], %[[ONE]], %[[ONE]]
  %one = atled.constant dense<1.0> : tensor<2xf32>
  %0 = atled.log %one : tensor<2xf32>
  %1 = atled.sqrt %one : tensor<2xf32>
  %2 = atled.rsqrt %one : tensor<2xf32>
  return %0, %1, %2 : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
}

// The host's bits are not ours.
// CHECK-LABEL: func.func @functions_elsewhere_stay
func.func @functions_elsewhere_stay() -> (tensor<f32>, tensor<f32>) {
  %two = atled.constant dense<2.0> : tensor<f32>
  // CHECK: atled.exp
  // CHECK: atled.pow
  %0 = atled.exp %two : tensor<f32>
  %1 = atled.pow %two, %two : tensor<f32>
  return %0, %1 : tensor<f32>, tensor<f32>
}

// CHECK-LABEL: func.func @powers
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>)
func.func @powers(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  // CHECK-DAG: %[[ONE:.*]] = atled.constant dense<1.000000e+00>
  %zero = atled.constant dense<-0.0> : tensor<4xf32>
  %one = atled.constant dense<1.0> : tensor<4xf32>
  %two = atled.constant dense<2.0> : tensor<4xf32>
  %0 = atled.pow %x, %one : tensor<4xf32>
  %1 = atled.pow %x, %zero : tensor<4xf32>
  %2 = atled.pow %one, %x : tensor<4xf32>
  // CHECK: %[[SQUARE:.*]] = atled.pow
  %3 = atled.pow %x, %two : tensor<4xf32>
  // CHECK: return %[[X]], %[[ONE]], %[[ONE]], %[[SQUARE]]
  return %0, %1, %2, %3 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

//===----------------------------------------------------------------------===//
// Repeated elements
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @scalars_are_computed_once
// CHECK-SAME: (%[[X:.*]]: tensor<f32>)
func.func @scalars_are_computed_once(%x: tensor<f32>) -> (tensor<4x8xf32>, tensor<4x8xi1>) {
  %two = atled.constant dense<2.0> : tensor<4x8xf32>
  %many = atled.broadcast %x dimensions = [] : tensor<f32> -> tensor<4x8xf32>
  // CHECK: %[[TWO:.*]] = atled.constant dense<2.000000e+00> : tensor<f32>
  // CHECK: %[[PRODUCT:.*]] = atled.mul %[[X]], %[[TWO]] : tensor<f32>
  // CHECK: %[[PRODUCTS:.*]] = atled.broadcast %[[PRODUCT]] dimensions = [] : tensor<f32> -> tensor<4x8xf32>
  %0 = atled.mul %many, %two : tensor<4x8xf32>
  // CHECK: %[[ORDER:.*]] = atled.compare lt, %[[X]], %[[TWO]] : tensor<f32>
  // CHECK: %[[ORDERS:.*]] = atled.broadcast %[[ORDER]] dimensions = [] : tensor<i1> -> tensor<4x8xi1>
  %1 = atled.compare lt, %many, %two : tensor<4x8xf32>
  // CHECK: return %[[PRODUCTS]], %[[ORDERS]]
  return %0, %1 : tensor<4x8xf32>, tensor<4x8xi1>
}

// CHECK-LABEL: func.func @rows_of_dynamic_extent_are_computed_once
// CHECK-SAME: (%[[X:.*]]: tensor<?xf32>, %[[Y:.*]]: tensor<?xf32>, %[[N:.*]]: index)
func.func @rows_of_dynamic_extent_are_computed_once(%x: tensor<?xf32>, %y: tensor<?xf32>, %n: index)
    -> tensor<?x?xf32> {
  // CHECK: %[[ROW:.*]] = atled.div %[[X]], %[[Y]] : tensor<?xf32>
  // CHECK: atled.broadcast %[[ROW]] dimensions = [1] sizes(%[[N]]) : tensor<?xf32> -> tensor<?x?xf32>
  %0 = atled.broadcast %x dimensions = [1] sizes(%n) : tensor<?xf32> -> tensor<?x?xf32>
  %1 = atled.broadcast %y dimensions = [1] sizes(%n) : tensor<?xf32> -> tensor<?x?xf32>
  %2 = atled.div %0, %1 : tensor<?x?xf32>
  return %2 : tensor<?x?xf32>
}

// CHECK-LABEL: func.func @a_function_of_a_splat_is_computed_once
func.func @a_function_of_a_splat_is_computed_once() -> tensor<4x8xf32> {
  // CHECK: %[[TWO:.*]] = atled.constant dense<2.000000e+00> : tensor<f32>
  // CHECK: %[[EXP:.*]] = atled.exp %[[TWO]] : tensor<f32>
  // CHECK: atled.broadcast %[[EXP]]
  %two = atled.constant dense<2.0> : tensor<4x8xf32>
  %0 = atled.exp %two : tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}

// CHECK-LABEL: func.func @zeros_and_ones_of_dynamic_extent
// CHECK-SAME: (%[[N:.*]]: index)
func.func @zeros_and_ones_of_dynamic_extent(%n: index) -> tensor<?xf32> {
  // CHECK: %[[MINUS_ONE:.*]] = atled.constant dense<-1.000000e+00> : tensor<f32>
  // CHECK-NEXT: %[[RESULT:.*]] = atled.broadcast %[[MINUS_ONE]] dimensions = [] sizes(%[[N]])
  // CHECK-NEXT: return %[[RESULT]]
  %one = atled.constant dense<1.0> : tensor<f32>
  %ones = atled.broadcast %one dimensions = [] sizes(%n) : tensor<f32> -> tensor<?xf32>
  %zero = atled.constant dense<0.0> : tensor<f32>
  %zeros = atled.broadcast %zero dimensions = [] sizes(%n) : tensor<f32> -> tensor<?xf32>
  %0 = atled.add %ones, %zeros : tensor<?xf32>
  %1 = atled.neg %0 : tensor<?xf32>
  return %1 : tensor<?xf32>
}

// CHECK-LABEL: func.func @rows_and_columns_are_not_repeated_alike
func.func @rows_and_columns_are_not_repeated_alike(%x: tensor<4xf32>) -> tensor<4x4xf32> {
  // CHECK-COUNT-2: atled.broadcast
  // CHECK: atled.mul {{.*}} : tensor<4x4xf32>
  %0 = atled.broadcast %x dimensions = [0] : tensor<4xf32> -> tensor<4x4xf32>
  %1 = atled.broadcast %x dimensions = [1] : tensor<4xf32> -> tensor<4x4xf32>
  %2 = atled.mul %0, %1 : tensor<4x4xf32>
  return %2 : tensor<4x4xf32>
}

//===----------------------------------------------------------------------===//
// No elements
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @tensors_without_elements_are_known
func.func @tensors_without_elements_are_known(%x: tensor<0x4xf32>, %y: tensor<4xf32>)
    -> (tensor<0x4xf32>, tensor<0xf32>) {
  // CHECK-DAG: %[[EXP:.*]] = atled.constant dense<> : tensor<0x4xf32>
  // CHECK-DAG: %[[PART:.*]] = atled.constant dense<> : tensor<0xf32>
  // CHECK: return %[[EXP]], %[[PART]]
  %0 = atled.exp %x : tensor<0x4xf32>
  %1 = atled.slice %y[4:4] : tensor<4xf32> -> tensor<0xf32>
  return %0, %1 : tensor<0x4xf32>, tensor<0xf32>
}

//===----------------------------------------------------------------------===//
// Detached values
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @detach_survives
func.func @detach_survives(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %one = atled.constant dense<1.0> : tensor<4xf32>
  // CHECK-COUNT-2: ad.detach
  %0 = ad.detach %one : tensor<4xf32>
  %1 = atled.neg %x : tensor<4xf32>
  %2 = ad.detach %1 : tensor<4xf32>
  %3 = atled.neg %2 : tensor<4xf32>
  return %0, %3 : tensor<4xf32>, tensor<4xf32>
}

{-#
  dialect_resources: {
    builtin: {
      weights: "0x040000000000803F0000004000004040"
    }
  }
#-}

//===----------------------------------------------------------------------===//
// Rounding, remainders, bounds
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @what_is_rounded_is_an_integer
func.func @what_is_rounded_is_an_integer(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  // CHECK: %[[FLOOR:.*]] = atled.floor
  // CHECK: return %[[FLOOR]], %[[FLOOR]]
  %0 = atled.floor %x : tensor<4xf32>
  %1 = atled.ceil %0 : tensor<4xf32>
  %2 = atled.round %1 halfway = away : tensor<4xf32>
  %3 = atled.trunc %0 : tensor<4xf32>
  return %2, %3 : tensor<4xf32>, tensor<4xf32>
}

// Other constants: test/Execution/Folding.
// CHECK-LABEL: func.func @rounded_constants
func.func @rounded_constants() -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) {
  %x = atled.constant dense<-2.5> : tensor<2xf32>
  // CHECK-DAG: %[[TWO:.*]] = atled.constant dense<-2.0{{.*}}>
  // CHECK-DAG: %[[THREE:.*]] = atled.constant dense<-3.0{{.*}}>
  // CHECK: return %[[TWO]], %[[THREE]], %[[TWO]], %[[TWO]], %[[THREE]]
  %0 = atled.ceil %x : tensor<2xf32>
  %1 = atled.floor %x : tensor<2xf32>
  %2 = atled.trunc %x : tensor<2xf32>
  %3 = atled.round %x : tensor<2xf32>
  %4 = atled.round %x halfway = away : tensor<2xf32>
  return %0, %1, %2, %3, %4 : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
}

// CHECK-LABEL: func.func @constants_of_three
func.func @constants_of_three() -> (tensor<2xf32>, tensor<2xui8>) {
  // (1 + 2^-12)² - (1 + 2^-11), which is 2^-24, and 0 if the product is rounded to f32.
  %a = atled.constant dense<1.000244140625> : tensor<2xf32>
  %c = atled.constant dense<-1.00048828125> : tensor<2xf32>
  %low = atled.constant dense<3> : tensor<2xui8>
  %x = atled.constant dense<200> : tensor<2xui8>
  %high = atled.constant dense<150> : tensor<2xui8>
  // CHECK-DAG: %[[SUM:.*]] = atled.constant dense<5.96046448E-8> : tensor<2xf32>
  // CHECK-DAG: %[[BOUND:.*]] = atled.constant dense<150> : tensor<2xui8>
  // CHECK: return %[[SUM]], %[[BOUND]]
  %0 = atled.fma %a, %a, %c : tensor<2xf32>
  %1 = atled.clamp %low, %x, %high : tensor<2xui8>
  return %0, %1 : tensor<2xf32>, tensor<2xui8>
}

// CHECK-LABEL: func.func @constants_of_questions
func.func @constants_of_questions() -> (tensor<2xi1>, tensor<2xi1>) {
  %x = atled.constant dense<0x7FC00000> : tensor<2xf32>
  // CHECK-DAG: %[[TRUE:.*]] = atled.constant dense<true>
  // CHECK-DAG: %[[FALSE:.*]] = atled.constant dense<false>
  // CHECK: return %[[TRUE]], %[[FALSE]]
  %0 = atled.is_nan %x : tensor<2xf32>
  %1 = atled.is_finite %x : tensor<2xf32>
  return %0, %1 : tensor<2xi1>, tensor<2xi1>
}
