"""A case of an operation as a function of the program under test, and as PyTorch computes it.

The function returns the value and, where there are derivatives, the cotangents for a random seed and the tangent for
random tangents. The reference computes in f64 whatever the format, with the differences that differences.py tells.
"""

import dataclasses

import torch

import tensors
from differences import DIFFERENCES, SHARE, VALUE

# In units in the last place of the format: a value, and a derivative, which takes a few steps.
VALUE_ULPS, DERIVATIVE_ULPS = 2, 4
# What a formula loses by subtraction, or in the argument of an exponential, in units in the last place of 1.
LOSS = {"tanh": 2, "silu": 2, "gelu": 4, "logaddexp": 2, "erf": 2, "erfc": 2, "softmax": 2, "log_softmax": 2,
        "cumlogsumexp": 2}
# The same for values: a sum of logarithms near 0, a product that is small on the left.
VALUE_LOSS = {"logaddexp": 1, "gelu": 1, "random_normal": 8}


@dataclasses.dataclass
class Expected:
    """A result, where it comes from, and how far from it is right."""

    part: str
    value: torch.Tensor
    relative: float
    absolute: torch.Tensor
    signs: bool = False


class Sample:
    def __init__(self, operation, number, case, random):
        self.operation, self.case = operation, case
        self.symbol = f"{operation}_{number}"
        self.floats = [i for i, x in enumerate(case.operands) if tensors.is_float(x)]
        self.wide = [x.double().requires_grad_() if tensors.is_float(x) else x for x in case.operands]
        self.value = case.reference(*self.wide)
        self.format = case.result or tensors.format_of(case.operands[0])
        self.has_derivative = case.derivative and self.value.requires_grad and self.format in tensors.FLOATS
        self.seed = random.seed(self.format, *self.value.shape)
        self.tangents = [random.seed(tensors.format_of(case.operands[i]), *case.operands[i].shape)
                         for i in self.floats]

    def inputs(self):
        return [*self.case.operands, self.seed, *self.tangents] if self.has_derivative else self.case.operands

    def outputs(self):
        """Tensors for the results."""
        likes = [self.seed]
        if self.has_derivative:
            likes += [self.case.operands[i] for i in self.floats] + [self.seed]
        return [torch.empty(like.shape, dtype=like.dtype) for like in likes]

    def dims(self):
        """The sizes of the inputs' dynamic dimensions, in order."""
        *shapes, seed = self.case.dynamic
        if self.has_derivative:
            shapes += [seed, *(self.case.dynamic[i] for i in self.floats)]
        return [size for x, shape in zip(self.inputs(), shapes, strict=True)
                for size, spelt in zip(x.shape, shape.split("x")) if spelt == "?"]

    #
    # The program
    #

    def types(self, is_dynamic=False):
        """The types of the operands, and of the result."""
        values = [*self.case.operands, self.seed]
        shapes = self.case.dynamic if is_dynamic else [tensors.spell(x.shape) for x in values]
        return [tensors.type_of(tensors.format_of(x), shape) for x, shape in zip(values, shapes, strict=True)]

    def text(self, is_dynamic=False):
        *types, result = self.types(is_dynamic)
        arguments = ", ".join(f"%x{i}: {type}" for i, type in enumerate(types))
        sizes = "".join(f"  %n{i} = arith.constant {size} : index\n" for i, size in enumerate(self.case.sizes))
        before, body = (text.format(*types, result=result) for text in (self.case.before, self.case.text))
        name = f"private @{self.symbol}.op" if self.has_derivative else f"@{self.symbol}"
        function = (f"func.func {name}({arguments}) -> {result} {{\n{sizes}{before}  {self.case.results} = {body}\n"
                    f"  return %r : {result}\n}}\n")
        return function + self.requests(types, result) if self.has_derivative else function

    def requests(self, types, result):
        active = [types[i] for i in self.floats]
        operands = ", ".join(f"%x{i}" for i in range(len(types)))
        tangents = ", ".join(f"%t{i}" for i in self.floats)
        arguments = ", ".join([f"%x{i}: {type}" for i, type in enumerate(types)] + [f"%seed: {result}"]
                              + [f"%t{i}: {types[i]}" for i in self.floats])
        cotangents = "".join(f"%v#{i + 1}, " for i in range(len(active)))
        results = ", ".join([result, *active, result])
        return (f"func.func @{self.symbol}({arguments}) -> ({results}) {{\n"
                f"  %v:{len(active) + 1} = ad.vjp @{self.symbol}.op({operands}) seed(%seed) wrt = {self.floats}\n"
                f"      : ({', '.join([*types, result])}) -> ({', '.join([result, *active])})\n"
                f"  %j:2 = ad.jvp @{self.symbol}.op({operands}) tangent({tangents}) wrt = {self.floats}\n"
                f"      : ({', '.join([*types, *active])}) -> ({result}, {result})\n"
                f"  return %v#0, {cotangents}%j#1 : {results}\n}}\n")

    #
    # The reference
    #

    def expected(self, needed):
        """The results, in order. Adds to `needed` the differences without which PyTorch's answer would not do."""
        results = [self.expected_value(needed)]
        if self.has_derivative and self.case.elementwise:
            results += self.elementwise_derivatives(needed)
        elif self.has_derivative:
            results += self.derivatives(needed)
        return results

    def expected_value(self, needed):
        loss = self.unit(self.format) * VALUE_LOSS[self.operation] if self.operation in VALUE_LOSS else 0.0
        result = self.make("value", self.value, self.format, VALUE_ULPS, loss)
        result.signs = self.case.terms <= 1
        for difference in self.differences(VALUE):
            self.replace(result, difference, difference.wanted(*self.operands()), needed)
        return result

    def elementwise_derivatives(self, needed):
        seed = self.seed.double()
        tangents = [tangent.double() for tangent in self.tangents]
        slopes = [self.slope(i, slope, needed)
                  for i, slope in enumerate(self.pull_back(torch.ones_like(self.value)))]
        loss = LOSS.get(self.operation, 0) * self.unit(self.format)
        for i, slope in zip(self.floats, slopes):
            yield self.make(f"cotangent of %x{i}", slope * seed, tensors.format_of(self.case.operands[i]),
                            DERIVATIVE_ULPS, loss * seed.abs())
        terms = [slope * tangent for slope, tangent in zip(slopes, tangents)]
        spread = DERIVATIVE_ULPS * self.unit(self.format) * sum(term.abs() for term in terms)
        yield self.make("tangent", sum(terms), self.format, 0,
                        spread + loss * sum(tangent.abs() for tangent in tangents))

    def slope(self, number, slope, needed):
        """The partial derivative by an operand, as Atled has it."""
        result = self.make("", slope, "f64", DERIVATIVE_ULPS)
        for difference in self.differences(number):
            self.replace(result, difference, difference.wanted(*self.operands()), needed)
        return result.value

    def derivatives(self, needed):
        seed, tangents = self.seed.double(), [tangent.double() for tangent in self.tangents]
        lost = LOSS.get(self.operation, 0) * self.unit(self.format)
        lost = lost and lost * largest(seed)
        results = [self.make(f"cotangent of %x{i}", cotangent, tensors.format_of(self.case.operands[i]), absolute=lost)
                   for i, cotangent in zip(self.floats, self.pull_back(seed))]
        tangent = self.push_forward(tangents)
        # Each operand's share of a tangent is rounded to the format.
        loss = self.case.terms and DERIVATIVE_ULPS * self.unit(self.format) * largest(tangent)
        results.append(self.make("tangent", tangent, self.format, absolute=loss))
        for difference in self.differences(SHARE):
            share = difference.wanted(*self.operands())
            self.replace(results[0], difference, seed.unsqueeze(-1) * share, needed)
            self.replace(results[1], difference, (share * tangents[0]).sum(-1), needed)
        return results

    def pull_back(self, seed, **options):
        """The cotangents of the float operands."""
        xs = [self.wide[i] for i in self.floats]
        cotangents = torch.autograd.grad(self.value, xs, seed, allow_unused=True, retain_graph=True, **options)
        return [torch.zeros_like(x) if cotangent is None else cotangent for cotangent, x in zip(cotangents, xs)]

    def push_forward(self, tangents):
        """The tangent of the result: cotangents are linear in the seed, and their derivative is the tangent."""
        seed = torch.zeros_like(self.value, requires_grad=True)
        pairs = [pair for pair in zip(self.pull_back(seed, create_graph=True), tangents) if pair[0].requires_grad]
        if not pairs:
            return torch.zeros_like(self.value)
        tangent = torch.autograd.grad([pair[0] for pair in pairs], seed, [pair[1] for pair in pairs],
                                      allow_unused=True)[0]
        return torch.zeros_like(self.value) if tangent is None else tangent

    def operands(self):
        return [x.detach() for x in self.wide]

    def differences(self, part):
        """They apply where the special values are."""
        if not self.floats or not (self.case.elementwise or self.case.special):
            return []
        return [entry for entry in DIFFERENCES if entry.operation == self.operation and entry.part == part]

    def replace(self, result, difference, wanted, needed):
        """Puts what is wanted where the difference says so."""
        where = difference.where(*self.operands())
        where = (where.squeeze(-1) if where.dim() > result.value.dim() else where).expand(result.value.shape)
        wanted = torch.where(where, tensors.rounded(wanted.double(), tensors.format_of(result.value)), result.value)
        if tensors.differing(result.value, wanted, result.relative, result.absolute, result.signs).any():
            needed.add(difference)
        result.value = wanted

    def make(self, part, value, name, ulps=DERIVATIVE_ULPS, absolute=0.0):
        """What is expected in a format, from what is so in f64."""
        value = value.detach()
        if name not in tensors.FLOATS:
            return Expected(part, value.to(tensors.FORMATS[name]), 0, 0)
        dtype = tensors.FORMATS[name]
        absolute = absolute + 4 * tensors.subnormal(dtype)
        if self.case.terms:
            # Sums in half precision accumulate in f32.
            absolute = absolute + 4 * self.case.terms * self.unit("f64" if name == "f64" else "f32")
        elif not self.case.elementwise:
            ulps = 0
        return Expected(part, tensors.rounded(value, name), ulps * self.unit(name), absolute)

    @staticmethod
    def unit(name):
        return torch.finfo(tensors.FORMATS[name]).eps


def largest(x):
    """The greatest magnitude of a number in a tensor."""
    return x[x.isfinite()].abs().max().item() if x.isfinite().any() else 0
