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
    return x.isnan().double() / x.isnan().sum(-1, keepdim=True)


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


def clamped_zeros(low, x, high):
    """Where zeros of both signs compete."""
    value = torch.clamp(x, low, high)
    zeros = [(operand == 0).int() for operand in (low, x, high)]
    return (value == 0) & (sum(zeros) > 1)


def by_sign_of_zero(low, x, high):
    """+0 is greater than -0."""
    def key(operand):
        return torch.where(operand == 0, 1e-300 * torch.where(operand.signbit(), -1.0, 1.0).double(), operand)
    raised = torch.where(key(low) > key(x), low, x)
    return torch.where(key(high) < key(raised), high, raised)


def clamp_has_kink(low, x, high):
    return (x == low) | (x == high) | (low == high) | low.isnan() | x.isnan() | high.isnan()


def clamp_to_low(low, x, high):
    return (((x <= low) & (low < high)) | low.isnan()).double()


def clamp_to_x(low, x, high):
    return torch.where(x.isnan(), x, ((low < x) & (x < high)).double())


def clamp_to_high(low, x, high):
    return ((torch.maximum(x, low) >= high) | high.isnan()).double()


def c_remainder(x, y):
    """The C library's."""
    pairs = zip(x.flatten().tolist(), y.flatten().tolist())
    return torch.tensor([math.fmod(*pair) if math.isfinite(pair[0]) and pair[1] else NAN for pair in pairs],
                        dtype=x.dtype).reshape(x.shape)


def is_far_from_one(x, y):
    """Where the sum of squares leaves the range."""
    length = torch.hypot(x, y)
    return ((length < 1e-150) | (length > 1e150)) & (length > 0)


def angle_by_lhs(x, y):
    length = torch.hypot(x, y)
    return y / length / length


def angle_by_rhs(x, y):
    return -angle_by_lhs(y, x)


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

    Difference("rem", VALUE, lambda x, y: (y != 0) & x.isfinite() & (x / y).isinf(), c_remainder,
               "exact; PyTorch's vectorised one gives NaN where the quotient overflows"),
    Difference("clamp", VALUE, clamped_zeros, by_sign_of_zero, "+0 is greater than -0; PyTorch: either"),

    # Derivatives, at kinks and at the ends of domains.
    Difference("hypot", BY_LHS, lambda x, y: (x == 0) & (y == 0), constant(0.0), "0 at the origin; PyTorch: NaN"),
    Difference("hypot", BY_RHS, lambda x, y: (x == 0) & (y == 0), constant(0.0), "0 at the origin; PyTorch: NaN"),
    Difference("copysign", BY_LHS, lambda x, y: x.isinf(), lambda x, y: torch.copysign(torch.ones_like(x), x)
               * torch.copysign(torch.ones_like(x), y), "1 or -1 far out; PyTorch: NaN at infinities"),
    Difference("rem", BY_RHS, lambda x, y: x.isinf() | (y == 0), constant(NAN),
               "NaN where the remainder is NaN; PyTorch: infinite"),
    Difference("clamp", 0, clamp_has_kink, clamp_to_low, "all to a bound that is the result; PyTorch: half or none"),
    Difference("clamp", 1, clamp_has_kink, clamp_to_x, "nothing at a bound, NaN at NaN; PyTorch: 1"),
    Difference("clamp", 2, clamp_has_kink, clamp_to_high, "all to a bound that is the result; PyTorch: half or none"),
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

    Difference("acosh", BY_OPERAND, lambda x: x < 1, constant(NAN), "NaN outside of the domain; PyTorch: a number"),

    # Derivatives far out.
    Difference("log10", BY_OPERAND, lambda x: (x.abs() > 1e300) & x.isfinite(), lambda x: math.log10(math.e) / x,
               "log10(e) / x; PyTorch: 1 / (x ln 10), which overflows"),
    Difference("asinh", BY_OPERAND, lambda x: (x.abs() > 1e300) & x.isfinite(), lambda x: 1 / x.abs(),
               "no square overflows; PyTorch: 0"),
    Difference("acosh", BY_OPERAND, lambda x: (x > 1e300) & x.isfinite(), lambda x: 1 / x,
               "no square overflows; PyTorch: 0"),
    Difference("atan2", BY_LHS, is_far_from_one, angle_by_lhs,
               "no square over- or underflows; PyTorch: 0, infinite or NaN"),
    Difference("atan2", BY_RHS, is_far_from_one, angle_by_rhs,
               "no square over- or underflows; PyTorch: 0, infinite or NaN"),
    Difference("expm1", BY_OPERAND, lambda x: x < -1, torch.exp,
               "exp(x); PyTorch: expm1(x) + 1, which is 0 far out on the left"),
    Difference("logistic", BY_OPERAND, lambda x: x > 1, lambda x: torch.sigmoid(x) * torch.sigmoid(-x),
               "s(x) s(-x); PyTorch: s(x) (1 - s(x)), 0 far out on the right"),
]
