"""Where Atled differs from PyTorch, and why: each entry is needed, or the test fails.

An entry says for which operands of an operation (`where`, on f64) what the operation has instead (`wanted`): as its
value, as the partial derivative by operand 0 or 1, or, for a reduction along the last dimension, as the share of each
element in the derivative.
"""

import dataclasses
import math
import typing

import torch

VALUE, BY_LHS, BY_RHS, SHARE = "value", 0, 1, "share"
BY_OPERAND = BY_LHS


@dataclasses.dataclass(frozen=True)
class Difference:
    operation: str
    part: typing.Union[str, int]
    where: typing.Callable
    wanted: typing.Callable
    reason: str


def constant(number):
    return lambda x, *others: torch.full_like(x, number)


def is_positive_zero(x):
    return (x == 0) & ~x.signbit()


def is_negative_zero(x):
    return (x == 0) & x.signbit()


def zeros_of_both_signs(x, y):
    return (x == 0) & (y == 0) & (x.signbit() != y.signbit())


def any_is_nan(x, y):
    return x.isnan() | y.isnan()


def share_of_lhs(x, y):
    return torch.where(y.isnan(), 0.5, 1.0) * x.isnan()


def share_of_rhs(x, y):
    return share_of_lhs(y, x)


def has_nan(x):
    return x.isnan().any(-1, keepdim=True)


def share_among_nans(x):
    return x.isnan() / x.isnan().sum(-1, keepdim=True)


def has_zeros_of_both_signs(x, extreme):
    zeros = (x == 0) & (extreme(x, -1, keepdim=True) == 0)
    return (zeros & x.signbit()).any(-1) & (zeros & ~x.signbit()).any(-1)


def c_power(x, y):
    """The C library's, but for infinite powers of 0."""
    def power(base, exponent):
        try:
            return math.pow(base, exponent)
        except OverflowError:
            return INFINITY
        except ValueError:
            return NAN
    return torch.tensor(list(map(power, x.flatten().tolist(), y.flatten().tolist())), dtype=x.dtype).reshape(x.shape)


NAN, INFINITY = float("nan"), float("inf")

DIFFERENCES = [
    # Values.
    Difference("sign", VALUE, torch.isnan, constant(NAN), "the sign of NaN is NaN; PyTorch: 0"),
    Difference("sign", VALUE, is_negative_zero, constant(-0.0), "a zero is its own sign; PyTorch: +0"),
    Difference("relu", VALUE, is_negative_zero, constant(0.0), "+0 where x is not greater than 0; PyTorch: -0 at -0"),
    Difference("maximum", VALUE, zeros_of_both_signs, constant(0.0), "+0 is greater than -0; PyTorch: the second"),
    Difference("minimum", VALUE, zeros_of_both_signs, constant(-0.0), "-0 is less than +0; PyTorch: the second"),
    Difference("reduce_max", VALUE, lambda x: has_zeros_of_both_signs(x, torch.amax), lambda x: torch.zeros(len(x)),
               "+0 is greater than -0; PyTorch: either"),
    Difference("reduce_min", VALUE, lambda x: has_zeros_of_both_signs(x, torch.amin), lambda x: -torch.zeros(len(x)),
               "-0 is less than +0; PyTorch: either"),
    Difference("log1p", VALUE, lambda x: (x > 1e308) & x.isfinite(), torch.log,
               "the logarithm is finite; PyTorch's vectorised one overflows at the end of the range of f64"),
    Difference("pow", VALUE, lambda x, y: (x.abs() > 1e150) & x.isfinite() & (y > 0.5) & (y <= 2),
               c_power,
               "the power is finite; PyTorch's vectorised one overflows near the end of the range of f64"),

    # Derivatives, at kinks and at the ends of domains.
    Difference("abs", BY_OPERAND, torch.isnan, constant(NAN), "NaN at NaN; PyTorch: 0"),
    Difference("relu", BY_OPERAND, torch.isnan, constant(NAN), "NaN at NaN; PyTorch: 1"),
    Difference("sqrt", BY_OPERAND, is_negative_zero, constant(INFINITY),
               "+inf at zeros of both signs, the limit inside the domain; PyTorch: -inf at -0"),
    Difference("rsqrt", BY_OPERAND, is_negative_zero, constant(-INFINITY),
               "-inf at zeros of both signs, the limit inside the domain; PyTorch: +inf at -0"),
    Difference("pow", BY_RHS, lambda x, y: is_negative_zero(x) & (y < 0), constant(-INFINITY),
               "-inf at zeros of both signs; PyTorch: +inf at -0 for odd exponents"),
    Difference("maximum", BY_LHS, any_is_nan, share_of_lhs,
               "all to the NaN, nothing to the number, half to each of two NaNs; PyTorch: all to both"),
    Difference("maximum", BY_RHS, any_is_nan, share_of_rhs,
               "all to the NaN, nothing to the number, half to each of two NaNs; PyTorch: all to both"),
    Difference("minimum", BY_LHS, any_is_nan, share_of_lhs,
               "all to the NaN, nothing to the number, half to each of two NaNs; PyTorch: all to both"),
    Difference("minimum", BY_RHS, any_is_nan, share_of_rhs,
               "all to the NaN, nothing to the number, half to each of two NaNs; PyTorch: all to both"),
    Difference("reduce_max", SHARE, has_nan, share_among_nans, "split among the NaNs; PyTorch: NaN everywhere"),
    Difference("reduce_min", SHARE, has_nan, share_among_nans, "split among the NaNs; PyTorch: NaN everywhere"),

    # Derivatives far out.
    Difference("expm1", BY_OPERAND, lambda x: x < -1, torch.exp,
               "exp(x); PyTorch: expm1(x) + 1, which is 0 far out on the left"),
    Difference("logistic", BY_OPERAND, lambda x: x > 1, lambda x: torch.sigmoid(x) * torch.sigmoid(-x),
               "s(x) s(-x); PyTorch: s(x) (1 - s(x)), 0 far out on the right"),
]
