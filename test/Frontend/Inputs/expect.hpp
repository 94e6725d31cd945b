//===- expect.hpp - What the tests of the front end have in common --------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef EXPECT_HPP
#define EXPECT_HPP

#include <atled/atled.hpp>
#include <cmath>
#include <cstdlib>
#include <iostream>

/// Ends the program where a condition does not hold.
inline void expect(bool holds, const char *text, int line) {
  if (holds)
    return;
  std::cerr << "line " << line << ": " << text << " does not hold\n";
  std::exit(1);
}
#define EXPECT(condition) expect((condition), #condition, __LINE__)

inline bool is_close(double x, double y, double tolerance = 1e-12) {
  return std::abs(x - y) <= tolerance * std::max(1.0, std::abs(y));
}

/// The elements, as doubles, are these.
inline bool is_close(const atled::Array &array,
                     const std::vector<double> &expected,
                     double tolerance = 1e-12) {
  std::vector<double> values = array.to(atled::DType::float64).values<double>();
  if (values.size() != expected.size())
    return false;
  for (size_t i = 0; i < values.size(); ++i)
    if (!is_close(values[i], expected[i], tolerance))
      return false;
  return true;
}

/// Runs `body`, which is wrong, and prints what is said of it. A function, for
/// the lines in a macro are not those of the program.
template <class Body>
void expect_error(Body body, int line = __builtin_LINE()) {
  try {
    body();
  } catch (const atled::Error &error) {
    std::cout << error.what() << "\n";
    return;
  }
  expect(false, "an error", line);
}

#endif // EXPECT_HPP
