"""Derivatives of a function with one real result, of first and second order, as Atled and as PyTorch have them."""

import torch

import tensors

SCALAR = "tensor<f64>"
FIRST_ORDER = ["value", "tangent"]
# The product of the Hessian and a vector.
SECOND_ORDER = ["forward_over_reverse", "reverse_over_forward", "reverse_over_reverse"]


class Requests:
    """Functions that ask for derivatives of the function `name`: `name`_value and so on. They take its arguments and,
    but for the first, a vector: one tensor for each real argument."""

    def __init__(self, name, arguments, kinds):
        self.name, self.kinds = name, kinds
        self.wrt = [i for i, argument in enumerate(arguments) if tensors.is_float(argument)]
        self.types = [tensors.type_of(tensors.format_of(x), tensors.spell(x.shape)) for x in arguments]
        self.active = [self.types[i] for i in self.wrt]
        self.names = [f"%x{i}" for i in range(len(self.types))]
        self.vector = [f"%v{i}" for i in self.wrt]

    def text(self):
        return "".join(getattr(self, kind)() for kind in self.kinds)

    def function(self, kind, body, results, types, visibility="", with_vector=True):
        values = list(zip(self.names, self.types)) + list(zip(self.vector, self.active)) * with_vector
        arguments = ", ".join(f"{name}: {type}" for name, type in values)
        types = ", ".join(types)
        return (f"func.func {visibility}@{self.name}_{kind}({arguments}) -> ({types}) {{\n"
                f"{body}  return {', '.join(results)} : {types}\n}}\n")

    def request(self, op, callee, results, with_vector=False):
        """The line that asks for %r#0, %r#1, …, from the arguments and perhaps the vector."""
        operands = ", ".join(self.names + self.vector * with_vector)
        types = ", ".join(self.types + self.active * with_vector)
        return (f"  %r:{len(results)} = ad.{op} @{callee}({operands}) wrt = {self.wrt}\n"
                f"      : ({types}) -> ({', '.join(results)})\n")

    def push(self, callee, results):
        """The line that asks for results and for their tangents along the vector."""
        return (f"  %r:{2 * len(results)} = ad.jvp @{callee}({', '.join(self.names)}) "
                f"tangent({', '.join(self.vector)}) wrt = {self.wrt}\n"
                f"      : ({', '.join(self.types + self.active)}) -> ({', '.join(results + results)})\n")

    def value(self):
        results = [SCALAR, *self.active]
        return self.function("value", self.request("value_and_grad", self.name, results),
                             parts(0, len(results)), results, with_vector=False)

    def tangent(self):
        return self.function("tangent", self.push(self.name, [SCALAR]), parts(0, 2), [SCALAR, SCALAR])

    def forward_over_reverse(self):
        count = len(self.active)
        gradient = self.function("gradient", self.request("grad", self.name, self.active), parts(0, count),
                                 self.active, "private ", with_vector=False)
        return gradient + self.function("forward_over_reverse", self.push(f"{self.name}_gradient", self.active),
                                        parts(count, 2 * count), self.active)

    def reverse_over_forward(self):
        slope = self.function("slope", self.push(self.name, [SCALAR]), parts(1, 2), [SCALAR], "private ")
        return slope + self.gradient_of("slope", "reverse_over_forward")

    def reverse_over_reverse(self):
        product, total = self.inner_product()
        body = self.request("grad", self.name, self.active) + product
        return (self.function("product", body, [total], [SCALAR], "private ")
                + self.gradient_of("product", "reverse_over_reverse"))

    def gradient_of(self, callee, kind):
        body = self.request("grad", f"{self.name}_{callee}", self.active, with_vector=True)
        return self.function(kind, body, parts(0, len(self.active)), self.active)

    def inner_product(self):
        """Lines that multiply %r#0, %r#1, … by the vector, and the name of the sum."""
        lines, total = "", ""
        for i, (name, type) in enumerate(zip(self.vector, self.active)):
            lines += (f"  %p{i} = atled.mul %r#{i}, {name} : {type}\n"
                      f"  %s{i} = atled.reduce_sum %p{i} dimensions = {list(range(type.count('x')))} "
                      f": {type} -> {SCALAR}\n")
            if total:
                lines += f"  %t{i} = atled.add {total}, %s{i} : {SCALAR}\n"
            total = f"%t{i}" if total else f"%s{i}"
        return lines, total


def parts(begin, end):
    return [f"%r#{i}" for i in range(begin, end)]


class Reference:
    """The same by PyTorch: the value, the gradient, and, along a vector, the slope and the Hessian's product."""

    def __init__(self, function, arguments, vector):
        arguments = [x.clone().requires_grad_() if tensors.is_float(x) else x for x in arguments]
        active = [x for x in arguments if x.requires_grad]
        value = function(*arguments)
        gradient = differentiate(value, active, create_graph=True)
        slope = sum((part * direction).sum() for part, direction in zip(gradient, vector))
        self.value, self.slope = value.detach(), slope.detach()
        self.gradient = [part.detach() for part in gradient]
        self.product = differentiate(slope, active)

    def of(self, kind):
        """What the function of that kind returns."""
        if kind == "value":
            return [self.value, *self.gradient]
        return [self.value, self.slope] if kind == "tangent" else self.product


def differentiate(value, active, **options):
    """The gradient, with zeros for what has no influence."""
    if not value.requires_grad:
        return [torch.zeros_like(x) for x in active]
    gradient = torch.autograd.grad(value, active, allow_unused=True, **options)
    return [torch.zeros_like(x) if part is None else part for part, x in zip(gradient, active)]
