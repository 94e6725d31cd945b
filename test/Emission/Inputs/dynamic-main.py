"""Runs a program around the object of dynamic.mlir, whose files tell how large its tensors are."""

import numpy as np

from program import call, expect, folder, refuses, save

random = np.random.default_rng(2)


def is_close(name, expected):
    written = np.load(folder / f"{name}.npy")
    return written.shape == expected.shape and np.allclose(written, expected, rtol=1e-12, atol=1e-13)


# Values, of outputs whose sizes follow, and the gradients of a weighted sum of them.
for m, k, n in [(3, 4, 2), (1, 1, 1), (17, 5, 9), (0, 3, 2), (3, 0, 2)]:
    a, b = random.normal(size=(m, k)), random.normal(size=(k, n))
    seed_c, seed_rows = random.normal(size=(m, n)), random.normal(size=m)
    files = save(a=a, b=b)
    outputs = ["--output=c=c.npy", "--output=rows=rows.npy"]
    said = call("--entry=product", *files, *outputs, "--bench=3")
    expect(said[0] == 0 and " a call at best" in said[1], said)
    expect(is_close("c", a @ b) and is_close("rows", np.sin(a @ b).sum(axis=1)), (m, k, n))
    seeds = save(seed_c=seed_c, seed_rows=seed_rows)
    said = call("--entry=product_vjp", *files, *seeds, *outputs, "--output=grad_a=da.npy", "--output=grad_b=db.npy")
    expect(said == (0, "", ""), said)
    g = seed_c + seed_rows[:, None] * np.cos(a @ b)
    expect(is_close("da", g @ b.T) and is_close("db", a.T @ g), (m, k, n))
    if m and k:
        said = call("--entry=product_vjp", *files, *seeds, "--verify-gradient")
        expect(said[0] == 0 and said[1].count(": right;") == 2, said)

# Literals tell them, too.
said = call("--entry=moving", "--input=y=2xf64=1,2", "--input=4xf64=1,2,3,4")
expect(float(said[1].split()[-1]) == 8, said)

# The values may be another function's.
x, y = random.normal(size=7), random.normal(size=5)
said = call("--entry=moving", *save(x=x, y=y))
expect(np.isclose(float(said[1].split()[-1]), ((x[2:] - y) ** 2).sum(), rtol=1e-13), said)
w, x, steps = 0.3 * random.normal(size=(4, 4)), random.normal(size=(9, 4)), np.zeros(4)
said = call("--entry=recurrence", *save(w=w, x=x), "--output=state=state.npy")
for row in x:
    steps = np.tanh(w @ steps + row)
expect(said == (0, "", "") and is_close("state", steps), said)
w, b, x = random.normal(size=(6, 5)), random.normal(size=5), random.normal(size=(8, 6))
classes = save(w=w.astype("f4"), b=b.astype("f4"), x=x.astype("f4"), y=np.arange(8, dtype="i4") % 5)
said = call("--entry=loss_grad", *classes, "--verify-gradient")
expect(said[0] == 0 and said[1].count(": right;") == 3, said)

# What does not fit is said before anything is computed.
refuses("the sizes of the inputs of product do not fit together: a (3, 4), b (3, 2)",
        "--entry=product", *save(a=np.ones((3, 4)), b=np.ones((3, 2))))
refuses("x.npy: the shape is (3, 5), and that of 'x' is (?, 6)", "--entry=loss",
        *save(x=np.ones((3, 5), "f4")))
refuses("input 'b' of product has no value", "--entry=product", *save(a=np.ones((3, 4))))
good = (folder / "a.npy").read_bytes()
for shape, message in [((1 << 61, 8), "no memory has as many elements as 'a' would have"),
                       ((1 << 32, 1 << 32), "no memory has as many elements as 'a' would have"),
                       ((1 << 58, 1), "there is not enough memory for 2305843009213693952 bytes"),
                       ((4, 4), "the file ends after 96 of the 128 bytes")]:
    header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (%d, %d), }" % shape
    (folder / "a.npy").write_bytes(good[:10] + header.ljust(117) + b"\n" + good[128:])
    refuses(message, "--entry=product", *files)
expect("output c: f64 (?, ?)" in call("--help")[1], call("--help"))
print("of any size")
