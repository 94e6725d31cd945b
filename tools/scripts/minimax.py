#!/usr/bin/env python3
"""Derives the polynomials in lib/Codegen/ExpandMath*: `minimax.py [NAME...]`.

Each row of TABLE states a function g, an interval and a weight w; the script finds the polynomial p of
the given degree that minimises max |w (p - g)| by Remez' exchange, rounds its coefficients and prints
them, lowest first, with the error that they attain. Needs mpmath (Debian: python3-mpmath).
"""

import sys

from mpmath import mp, mpf

mp.prec = 240


def round_to(value, bits):
    """The nearest number with a mantissa of that many bits."""
    if value == 0:
        return mpf(0)
    mantissa, exponent = mp.frexp(value)
    return mp.ldexp(mp.nint(mp.ldexp(mantissa, bits)), exponent - bits)


def horner(coefficients, t):
    result = mpf(0)
    for c in reversed(coefficients):
        result = result * t + c
    return result


def remez(g, weight, low, high, degree):
    """The minimax polynomial, lowest coefficient first."""
    count = degree + 2
    middle, radius = (low + high) / 2, (high - low) / 2
    grid = [middle - radius * mp.cos(mp.pi * (2 * i + 1) / (80 * count)) for i in range(40 * count)]
    values = [(t, g(t), abs(weight(t))) for t in grid]
    nodes = values[20::40]
    for _ in range(60):
        system = mp.matrix(count, count)
        right = mp.matrix(count, 1)
        for row, (t, value, w) in enumerate(nodes):
            for column in range(degree + 1):
                system[row, column] = t**column
            system[row, degree + 1] = (-1) ** row / w
            right[row] = value
        solution = mp.lu_solve(system, right)
        coefficients = [solution[i] for i in range(degree + 1)]
        # The largest error of each stretch of one sign; there are at least as many as nodes.
        extrema = []
        for point in values:
            error = point[2] * (horner(coefficients, point[0]) - point[1])
            if not extrema or mp.sign(error) != mp.sign(extrema[-1][0]):
                extrema.append((error, point))
            elif abs(error) > abs(extrema[-1][0]):
                extrema[-1] = (error, point)
        while len(extrema) > count:
            del extrema[0 if abs(extrema[0][0]) < abs(extrema[-1][0]) else -1]
        nodes = [point for _, point in extrema]
        sizes = [abs(error) for error, _ in extrema]
        if max(sizes) < min(sizes) * mpf("1.01"):
            break
    return coefficients


def fit(g, weight, low, high, degree, bits):
    """Coefficients of that many bits, and the largest weighted error."""
    rounded = [round_to(c, bits) for c in remez(g, weight, low, high, degree)]
    points = [low + (high - low) * (2 * i + 1) / 4000 for i in range(2000)]
    return rounded, max(abs(weight(t) * (horner(rounded, t) - g(t))) for t in points)


HALF_LN2 = mp.log(2) / 2 * mpf("1.0001")
LOG_LOW, LOG_HIGH = mp.sqrt(mpf(1) / 2) - 1, mp.sqrt(2) - 1
ATANH2 = (LOG_HIGH / (2 + LOG_HIGH)) ** 2 * mpf("1.0001")
QUARTER2 = (mp.pi / 4 * mpf("1.0001")) ** 2
ZERO = mpf(2) ** -60  # Interval ends of 0: g is a quotient there.


def odd_log(z):
    s = mp.sqrt(z)
    return (mp.log((1 + s) / (1 - s)) / s - 2) / z


def exp_row(degree, bits):
    return (lambda r: (mp.expm1(r) - r) / r**2, lambda r: r**2 / mp.expm1(r),
            -HALF_LN2, HALF_LN2 * mpf("1.0001"), degree, bits)  # No node at 0, where the weight is 0.


def sin_row(degree, bits):
    return (lambda z: (mp.sin(mp.sqrt(z)) / mp.sqrt(z) - 1) / z, lambda z: z,
            ZERO, QUARTER2, degree, bits)


def cos_row(degree, bits):
    return (lambda z: (mp.cos(mp.sqrt(z)) - 1 + z / 2) / z**2, lambda z: z**2,
            ZERO, QUARTER2, degree, bits)


def inverse_row(function, high, degree):
    """function(r) = r + r z g(z) where z = r²."""
    return (lambda z: (function(mp.sqrt(z)) / mp.sqrt(z) - 1) / z, lambda z: z * mp.sqrt(z) / function(mp.sqrt(z)),
            ZERO, mpf(high) * mpf("1.0001"), degree, 53)


def scaled_erfc(t):
    """(1 + 3/2 a) exp(a²) erfc(a), where t = (a - 4) / (a + 4)."""
    a = 4 * (1 + t) / (1 - t)
    return (1 + mpf(3) / 2 * a) * mp.exp(a**2) * mp.erfc(a)


def erf_inv_row(low, high, degree, centre, argument):
    """erf_inv(x) = x g(t), t = argument(w) - centre, w = -log(1 - x²), for t + centre from low to high."""
    def quotient(t):
        w = argument(t + centre)
        x = mp.sqrt(-mp.expm1(-w))
        return mp.erfinv(x) / x if w > ZERO else mp.sqrt(mp.pi) / 2
    return (quotient, lambda t: 1 / quotient(t), mpf(low) - centre, mpf(high) - centre, degree, 53)


def root_row(function, slope, root, low, high, degree, centre):
    """function(x) = (x - root) g(x - centre)."""
    def quotient(t):
        x = t + centre
        return function(x) / (x - root) if abs(x - root) > ZERO else slope(root)
    return (quotient, lambda t: 1 / quotient(t), mpf(low) - centre, mpf(high) - centre, degree, 53)


PSI_ROOT = mp.findroot(mp.digamma, 1.46)


def stirling(z):
    """x (log Γ(x) - (x - ½) (log x - 1) - c), z = 1/x²."""
    x = 1 / mp.sqrt(z)
    return x * (mp.loggamma(x) - (x - mpf(1) / 2) * (mp.log(x) - 1) - (mp.log(2 * mp.pi) - 1) / 2)


# name: g, weight, low, high, degree, bits of a coefficient
TABLE = {
    # expm1(r) = r + r² g(r), error relative to expm1.
    "exp-f64": exp_row(10, 53),
    "exp-f32": exp_row(5, 24),
    # log(1 + f) = 2 s + s z g(z) where s = f / (2 + f), z = s².
    "log-f64": (odd_log, lambda z: z / 2, ZERO, ATANH2, 6, 53),
    # log(1 + f) = f - f²/2 + f³ g(f).
    "log-f32": (lambda f: (mp.log1p(f) - f + f**2 / 2) / f**3, lambda f: f**3 / mp.log1p(f),
                LOG_LOW, LOG_HIGH, 8, 24),
    # sin(r) = r + r z g(z), cos(r) = 1 - z/2 + z² g(z) where z = r².
    "sin-f64": sin_row(5, 53),
    "cos-f64": cos_row(5, 53),
    "asin-f64": inverse_row(mp.asin, 0.25, 12),
    "atan-f64": inverse_row(mp.atan, (7 / 16)**2, 11),
    # erf(x) = x + x g(z) where z = x².
    "erf-f64": (lambda z: mp.erf(mp.sqrt(z)) / mp.sqrt(z) - 1, lambda z: mp.sqrt(z) / mp.erf(mp.sqrt(z)),
                ZERO, mpf("1.0001"), 12, 53),
    # erfc(a) = exp(-a²) (1 + g(t)) / (1 + 3/2 a).
    "erfc-f64": (lambda t: scaled_erfc(t) - 1, lambda t: 1 / scaled_erfc(t), mpf(-1), mpf(24) / 32, 22, 53),
    "erf-inv-near-f64": erf_inv_row(0, 5, 22, mpf(5) / 2, lambda w: w),
    "erf-inv-middle-f64": erf_inv_row(mp.sqrt(5) * mpf("0.9999"), 3.75, 21, 3, lambda s: s**2),
    "erf-inv-far-f64": erf_inv_row(mpf("3.7499"), mpf("6.01"), 21, mpf(39) / 8, lambda s: s**2),
    # log Γ(x) about its roots, and far out.
    "lgamma-one-f64": root_row(mp.loggamma, mp.digamma, 1, mpf("0.6999"), mpf("1.5001"), 22, mpf(35) / 32),
    "lgamma-two-f64": root_row(mp.loggamma, mp.digamma, 2, mpf("1.4999"), mpf("2.5001"), 18, 2),
    "lgamma-far-f64": (stirling, lambda z: mpf(1), mpf(2)**-40, mpf(1) / 64, 6, 53),
    # digamma(x) about its positive root; log x - 1 / (2 x) - digamma(x) = z g(z) where z = 1/x².
    "digamma-f64": root_row(mp.digamma, lambda x: mp.psi(1, x), PSI_ROOT, mpf("0.9999"), mpf("2.0001"), 21,
                            mpf(3) / 2),
    "digamma-far-f64": (lambda z: (mp.log(1 / mp.sqrt(z)) - mp.sqrt(z) / 2 - mp.digamma(1 / mp.sqrt(z))) / z,
                        lambda z: mpf(1), mpf(2)**-40, mpf(1) / 64, 7, 53),
    # π cot(π r) = 1/r - r g(z), sin(π r) = r g(z) where z = r².
    "cot-pi-f64": (lambda z: (1 / mp.sqrt(z) - mp.pi * mp.cot(mp.pi * mp.sqrt(z))) / mp.sqrt(z), lambda z: mpf(1),
                   ZERO, mpf(1) / 4, 15, 53),
    "sin-pi-f64": (lambda z: mp.sin(mp.pi * mp.sqrt(z)) / mp.sqrt(z),
                   lambda z: mp.sqrt(z) / mp.sin(mp.pi * mp.sqrt(z)), ZERO, mpf(1) / 4, 8, 53),
    # A first approximation of the cube root.
    "cbrt-f64": (mp.cbrt, lambda m: 1 / mp.cbrt(m), 1 / mp.sqrt(8), mp.sqrt(8), 6, 24),
    # The same for f32, whose angles are reduced and evaluated in f64.
    "sin-f32": sin_row(3, 53),
    "cos-f32": cos_row(3, 53),
}


def hexadecimal(value):
    return float(value).hex().replace("0000000000000p", "p")


def main():
    for name in sys.argv[1:] or TABLE:
        coefficients, error = fit(*TABLE[name])
        print(f"{name}: error 2^{float(mp.log(error, 2)):.1f}")
        for c in coefficients:
            print(f"  {hexadecimal(c)}")


if __name__ == "__main__":
    main()
