"""Tensors of every element type that Atled and PyTorch share: random ones, those that hold every special value,
their MLIR types, and what it means that two of them agree."""

import itertools

import torch

FORMATS = {"f16": torch.float16, "bf16": torch.bfloat16, "f32": torch.float32, "f64": torch.float64,
           "i8": torch.int8, "i16": torch.int16, "i32": torch.int32, "i64": torch.int64, "ui8": torch.uint8,
           "i1": torch.bool}
NAMES = {dtype: name for name, dtype in FORMATS.items()}
FLOATS = ["f16", "bf16", "f32", "f64"]
INTEGERS = ["i8", "i16", "i32", "i64", "ui8"]


def format_of(tensor):
    return NAMES[tensor.dtype]


def bits_of(name):
    """The width of a format."""
    return 8 * torch.empty(0, dtype=FORMATS[name]).element_size()


def is_float(tensor):
    return tensor.dtype.is_floating_point


def spell(shape):
    return "x".join(map(str, shape))


def type_of(name, shape):
    """The MLIR type of tensors of a format and a shape, which is spelled as in '?x8'."""
    return f"tensor<{shape}{'x' if shape else ''}{name}>"


def subnormal(dtype):
    """The least number above 0."""
    info = torch.finfo(dtype)
    return info.tiny * info.eps


def special_values(name):
    """Values at which functions and formats turn: zeros, infinities, NaN, the ends of the range, powers of two."""
    dtype = FORMATS[name]
    if dtype == torch.bool:
        return torch.tensor([False, True])
    if not dtype.is_floating_point:
        info = torch.iinfo(dtype)
        values = {0, 1, 2, 3, 7, info.max, info.max - 1, info.min, info.min + 1, info.max // 2}
        return torch.tensor(sorted(values | ({-1, -2, -7} if info.min else set())), dtype=dtype)
    info = torch.finfo(dtype)
    positive = [0.0, 1.0, 0.5, 1.5, 2.0, 3.0, 10.0, 40.0, info.eps, info.tiny, subnormal(dtype), 5 * subnormal(dtype),
                info.max, info.max ** 0.4, info.tiny ** 0.4, 1 - info.eps / 2, float("inf")]
    return torch.tensor(positive + [-value for value in positive] + [float("nan")], dtype=torch.float64).to(dtype)


def moderate_values(name):
    """The special values at which no derivative leaves the range of the format on its way."""
    values = [0.0, 1.0, 0.5, 1.5, 2.0, 3.0, float("inf")]
    return torch.tensor(values + [-value for value in values] + [float("nan")], dtype=FORMATS[name])


def every_number(name):
    """Every f16 or bf16."""
    return torch.arange(-2 ** 15, 2 ** 15).to(torch.int16).view(FORMATS[name])


def nearly_halfway(source, target):
    """Numbers of a wide format in the middle between neighbours of a narrow one, and right beside the middle."""
    numbers = every_number(target).to(FORMATS[source])
    numbers = numbers[numbers.isfinite() & (numbers >= 0)].sort().values
    middles = (numbers[1:] + numbers[:-1]) / 2
    middles = torch.cat([middles, 2 * numbers[-1:] - middles[-1:]])
    beside = [torch.nextafter(middles, torch.full_like(middles, limit)) for limit in (0, float("inf"))]
    return torch.cat([middles, -middles, *beside])


def rounded(x, name):
    """`x` in another format, rounded once. By itself PyTorch rounds twice to f16 and bf16, to f32 first: here that
    first rounding is to odd, which makes no difference to the second."""
    dtype = FORMATS[name]
    if name not in ("f16", "bf16") or x.dtype not in (torch.float64, torch.int64):
        return x.to(dtype)
    wide = x
    if x.dtype == torch.int64:
        # The last 11 digits of many are as good as one that tells whether they are 0.
        last = torch.where(x & 0x7FF != 0, 0x800, 0)
        wide = torch.where(x.double().abs() < 2.0 ** 53, x, (x & -0x800) | last).double()
    near = wide.float()
    direction = torch.where(near.double() < wide, float("inf"), float("-inf"))
    to_odd = (near.double() != wide) & wide.isfinite() & (near.view(torch.int32) & 1 == 0)
    return torch.where(to_odd, torch.nextafter(near, direction), near).to(dtype)


class Random:
    """Reproducible tensors, by a seed."""

    def __init__(self, seed):
        self.generator = torch.Generator().manual_seed(seed)
        # Of every width.
        self.formats = itertools.cycle(["f32", "i1", "bf16", "i32", "f16", "i64", "ui8"])

    def other_format(self):
        """What is only copied is tried in f64 and in one of these, by turns."""
        return next(self.formats)

    def normal(self, name, *shape):
        """Standard normal numbers; small integers, or booleans, where the format has no others."""
        dtype = FORMATS[name]
        if dtype == torch.bool:
            return torch.randint(0, 2, shape, generator=self.generator).bool()
        if not dtype.is_floating_point:
            low = -9 if torch.iinfo(dtype).min else 0
            return torch.randint(low, 10, shape, generator=self.generator, dtype=dtype)
        return torch.randn(shape, generator=self.generator, dtype=torch.float64).to(dtype)

    def seed(self, name, *shape):
        """What to multiply a derivative by: of either sign, and not greater than 1, so that nothing overflows."""
        x = self.uniform(*shape)
        return (x + 0.25 * (1 - x.abs()) * x.sign()).to(FORMATS[name])

    def uniform(self, *shape):
        """Numbers between -1 and 1 in f64."""
        return 2 * torch.rand(shape, generator=self.generator, dtype=torch.float64) - 1

    def spread(self, name, *shape):
        """Numbers of either sign and of many magnitudes; in f16 of fewer."""
        if not FORMATS[name].is_floating_point:
            return self.normal(name, *shape)
        lowest, highest = (-2, 1) if name == "f16" else (-4, 2)
        exponents = (highest - lowest) * torch.rand(shape, generator=self.generator, dtype=torch.float64) + lowest
        return (self.normal("f64", *shape).sign() * 10 ** exponents).to(FORMATS[name])

    def index(self, limit):
        return int(torch.randint(0, limit, (), generator=self.generator))


def differing(got, want, relative, absolute, signs=False):
    """Where `got` is not `want` to a tolerance. NaN is NaN, infinities have a sign, and so have zeros if `signs`."""
    if not is_float(got):
        return got != want
    a, b = got.double(), want.double()
    close = (a - b).abs() <= relative * b.abs() + absolute
    equal = (a == b) | (a.isnan() & b.isnan()) | (close & a.isfinite() & b.isfinite())
    if signs:
        equal &= (a != 0) | (b != 0) | (a.signbit() == b.signbit())
    return ~equal
