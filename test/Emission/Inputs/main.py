"""Runs a program around the object of main.mlir: good files, bad files, and what it says of its gradients."""

import fractions
import re

import numpy as np

from program import call, expect, folder, refuses, save

random = np.random.default_rng(1)

# A gradient, by hand: d loss / d w = 2 t (1 - t²) xᵀ.
w, x = random.normal(size=(2, 3)), random.normal(size=(3, 1))
files = save(w=w, x=x)
t = np.tanh(w @ x)
said = call("--entry=loss_value_and_grad", *files, "--output=grad_w=grad.npy", "--bench=100", "--verify-gradient")
expect(said[0] == 0 and "grad_w: right" in said[1] and "grad_x: right" in said[1] and " a call at best" in said[1], said)
value = float(said[1].split("loss: f64 ()\n")[1].split()[0])
expect(np.isclose(value, (t * t).sum(), rtol=1e-14), said)
written = np.load(folder / "grad.npy")
expect(written.dtype == np.float64 and np.allclose(written, 2 * t * (1 - t * t) @ x.T, rtol=1e-13), written)
expect(call("--entry=loss_grad", *files, "--verify-gradient")[0] == 0, "loss_grad with the values of loss")

# A call may take less than a clock can tell: one is then timed as many.
said = call("--entry=loss", *files, "--bench=1")[1].splitlines()[-1]
matched = re.fullmatch(r"loss: (\S+) ns a call at best, (\S+) at worst, of (\d+) calls", said)
expect(matched and 0 < float(matched[1]) <= float(matched[2]) and int(matched[3]) >= 1000, said)

# Seeds, and f32 and f16, of which differences say less.
a, h = random.normal(size=4).astype("f4"), random.normal(size=4).astype("f2")
seeds = save(a=a, h=h, seed_y=random.normal(size=4).astype("f4"), seed_z=random.normal(size=4).astype("f2"))
said = call("--entry=pair_vjp", *seeds, "--verify-gradient")
expect(said[0] == 0 and said[1].count("right") == 2, said)

# A rule that is wrong, and what cannot be checked.
bad = save(x=np.array([1.0, 2.0]))
said = call("--entry=twice_value_and_grad", *bad, "--verify-gradient")
expect(said[0] == 1 and "grad_x: wrong; differences are off by 0." in said[1], said)
refuses("the gradient of types cannot be checked", "--entry=types", "--verify-gradient")
for entry in [[], ["--entry=loss"]]:
    refuses("loss has no gradient to check, and loss_value_and_grad has: call that, with --entry=loss_value_and_grad",
            *entry, "--verify-gradient")

# Every type there and back, and as text.
arrays = dict(b=np.array([True, False, True]), c=np.array([-128, 127], "i1"), s=np.array([-300], "i2"),
              i=np.array([1 << 30, -1], "i4"), l=np.array([-(1 << 63)], "i8"), u=np.array([(1 << 64) - 1], "u8"),
              h=np.array([1 / 3, -65504, 6e-8, np.inf], "f2"), g=np.array([0x3f80, 0xc0a0], "u2").view("V2"),
              e=np.zeros((0, 2), "f4"))
files = save(**arrays)
said = call("--entry=types", *files, *[f"--output={name}={name}-out.npy" for name in arrays])
expect(said == (0, "", ""), said)
for name, array in arrays.items():
    back = np.load(folder / f"{name}-out.npy")
    expect(back.shape == array.shape and back.tobytes() == array.tobytes() and back.dtype == array.dtype, name)
said = call("--entry=types", *files)
for line in ["  1 0 1", "  -128 127", "  -300", "  1073741824 -1", f"  {-(1 << 63)}", f"  {(1 << 64) - 1}",
             "  0.33325 -65504 5.9605e-08 inf", "  1 -5", "e: f32 (0, 2)"]:
    expect(line in said[1].splitlines(), (line, said))

# Tensors on the command line, with every type.
literals = dict(b="3xi1=true,0, 1 ", c="2xi8=-128,127", s="1xi16=-300", i="2xi32=1073741824,-1",
                l="1xi64=-9223372036854775808", u="1xui64=18446744073709551615", h="4xf16=0.333333,-65504,6e-8,inf",
                g="2xbf16=1,-5", e="0x2xf32=")
said = call("--entry=types", *[f"--input={name}={text}" for name, text in literals.items()],
            *[f"--output={name}={name}-out.npy" for name in arrays])
expect(said == (0, "", ""), said)
for name, array in arrays.items():
    expect(np.load(folder / f"{name}-out.npy").tobytes() == (array if name != "b" else np.array([True, False, True])).tobytes(),
           name)
# Numbers of 16 bits are the nearest ones, the even of two.
def nearest(number, precision, least):
    unit = fractions.Fraction(2) ** int(max(np.frexp(number)[1] - precision, least))
    return float(round(fractions.Fraction(number) / unit) * unit)


drawn = [float(number) for number in np.ldexp(random.uniform(-1, 1, 72), random.integers(-28, 15, 72))]
for h in np.reshape(drawn + [2.0 ** -25, 1.5 * 2.0 ** -24, 2049, 2051, 65519.99, -0.0, 1 - 2.0 ** -12, 0], (-1, 4)):
    g = [h[0] * 2.0 ** 100, h[1] * 2.0 ** -115]
    said = call("--entry=types", *[file for file in files if file[8] not in "hg"],
                "--input=h=4xf16=" + ",".join(map(repr, map(float, h))),
                "--input=g=2xbf16=" + ",".join(map(repr, map(float, g))), "--output=h=h-out.npy", "--output=g=g-out.npy")
    found = np.load(folder / "h-out.npy").astype("f8"), np.load(folder / "g-out.npy").view("u2").astype("u4") << 16
    expect(found[0].tolist() == [nearest(float(number), 11, -24) for number in h], (h, found))
    expect(found[1].view("f4").tolist() == [nearest(float(number), 8, -133) for number in g], (g, found))

# An input that is given away keeps its value; much is not printed.
many = np.arange(1200, dtype="f4")
said = call("--entry=run", *save(w=many), "--output=w_new=new.npy", "--bench=3")
expect(said[0] == 0 and np.array_equal(np.load(folder / "new.npy"), 2 * many), said)
expect("  and 200 more" in call("--entry=run", "--input=w=w.npy")[1], "a long tensor")

# Inputs and outputs without a name are the next ones that have none.
files = save(w=w, x=x)
said = call("--input=x=x.npy", "--input=w.npy", "--output=first.npy")
expect(said == (0, "", "") and np.isclose(np.load(folder / "first.npy"), value, rtol=1e-14), said)
said = call("--input=2x3xf64=1,2,3,4,5,6", "--input=3x1xf64=0.5")
expect(np.isclose(float(said[1].split()[-1]), (np.tanh([3, 7.5]) ** 2).sum(), rtol=1e-14), said)

# No output takes the place of what is read, or of another, whatever the path says.
for target in ["w.npy", "./w.npy", "link.npy", "../" + folder.name + "/w.npy"]:
    if not (folder / "link.npy").exists():
        (folder / "link.npy").symlink_to("w.npy")
    refuses(f"--output={target} is a file that is read, or another output's", "--entry=loss_grad", *files,
            f"--output=grad_w={target}")
expect(np.array_equal(np.load(folder / "w.npy"), w), "an input that is kept")
for first, second in [("new.npy", "new.npy"), ("to-be.npy", "./to-be.npy"), ("link.npy", "w.npy")]:
    refuses(f"--output={second} is a file that is read, or another output's", "--entry=loss_grad",
            "--input=w=2x3xf64=1", "--input=x=3x1xf64=1", f"--output=grad_w={first}", f"--output=grad_x={second}")
expect(not (folder / "to-be.npy").exists(), "no file")
expect(call("--entry=loss_grad", *files, "--output=/dev/null", "--output=/dev/null") == (0, "", ""), "two to nowhere")


def array_bytes(array):
    np.save(folder / "array.npy", array)
    return (folder / "array.npy").read_bytes()


# NumPy stores what is transposed column by column.
(folder / "columns.npy").write_bytes(array_bytes(np.asfortranarray(w)))
expect(b"'fortran_order': True" in (folder / "columns.npy").read_bytes(), "an array column by column")
said = call("--input=w=columns.npy", "--input=x=x.npy", "--output=loss=loss.npy")
expect(said == (0, "", "") and np.isclose(np.load(folder / "loss.npy"), value, rtol=1e-14), said)

# Files that are not what they should be.
good = (folder / "w.npy").read_bytes()


def refuses_file(message, content):
    (folder / "bad.npy").write_bytes(content)
    refuses(f"bad.npy: {message}", "--input=w=bad.npy", "--input=x=x.npy")


refuses("none.npy: the file cannot be read: No such file or directory", "--input=w=none.npy")
refuses(".: the file cannot be read: Is a directory; an input is read from an .npy file", "--input=w=.")
refuses_file("this is not an .npy file", b"")
refuses_file("this is not an .npy file", b"PK\3\4" + good)
refuses_file("version 9 of the .npy format is not known", good[:6] + b"\x09" + good[7:])
refuses_file("the file ends within its header", good[:9])
refuses_file("the file ends within its header", good[:60])
refuses_file("the header has 4294967295 bytes", good[:6] + b"\2\0\xff\xff\xff\xff" + good[10:])
refuses_file("the elements are of type '<f4', and those of 'w' are f64, which is '<f8'", array_bytes(w.astype("f4")))
refuses_file("the elements are of type '>f8'", array_bytes(w.astype(">f8")))
refuses_file("the shape is (3, 2), and that of 'w' is (2, 3)", array_bytes(w.reshape(3, 2)))
refuses_file("the shape is (6,), and that of 'w' is (2, 3)", array_bytes(w.reshape(6)))
refuses_file("the file ends after 47 of the 48 bytes of its elements", good[:-1])
refuses_file("the file goes on behind its elements", good + b"\0")
for broken in [b"{'descr': '<f8', 'fortran_order': False}", b"{'descr': [('a', '<f8')], ", b"(", b"{'descr': '<f8', 'x': 1}",
               b"{'descr': '<f8', 'fortran_order': 0, 'shape': (2, 3)}", b"{'shape': (2, -3), ", b"{'shape': (2 3)"]:
    refuses_file("the header is not that of an .npy file", good[:10] + broken.ljust(118) + good[128:])
(folder / "odd.npy").write_bytes(array_bytes(np.array([True, False, True]))[:-1] + b"\2")
refuses("odd.npy: element 2 is neither 0 nor 1", "--entry=types", "--input=b=odd.npy")
refuses("/none/x.npy: the file cannot be written: No such file or directory", *files, "--output=loss=/none/x.npy")
for length in range(0, len(good), 7):
    (folder / "bad.npy").write_bytes(good[:length])
    expect(call("--input=w=bad.npy")[0] == 1, f"{length} bytes of a file")
for _ in range(300):
    content = bytearray(good)
    for _ in range(random.integers(1, 4)):
        content[random.integers(0, 128)] = random.integers(0, 256)
    (folder / "bad.npy").write_bytes(content)
    expect(call(*files[1:], "--input=w=bad.npy")[0] in (0, 1), bytes(content))

# Command lines that are not what they should be.
refuses("there is no function 'lost'; --help lists those there are", "--entry=lost")
refuses("unknown argument 'loss'; see --help", "loss")
refuses("unknown argument '--banch'; see --help", "--banch")
refuses("--bench takes a number of calls, and got '1.5'", "--bench=1.5")
refuses("--bench takes a number of calls, and got '0'", "--bench=0")
refuses("'--input=w=' lacks a value", "--input=w=", files[1])
refuses("'--output=' lacks a value", *files, "--output=")
refuses("input 'w' of loss is given twice", *files, "--input=w=w.npy")
refuses("loss has no input for 'w.npy'", *files, "--input=w.npy")
refuses("--entry is given twice", "--entry=loss", "--entry=loss")
refuses("--bench is given twice", "--bench=1", "--bench=2")
refuses("a tensor of type 2x3xf64 has 6 elements, and 5 are given", "--input=2x3xf64=1,2,3,4,5", files[1])
refuses("3x2xf64: the shape is (3, 2), and that of 'w' is (2, 3)", "--input=3x2xf64=1", files[1])
refuses("f32: the elements are of type '<f4', and those of 'w' are f64, which is '<f8'", "--input=w=f32=1", files[1])
refuses("99999999999999999999xf64: the shape is", "--input=99999999999999999999xf64=1", files[1])
refuses("'2x3xf6=1' is neither an .npy file nor a tensor, such as 2x3xf32=1,2,3,4,5,6 or f64=3", "--input=2x3xf6=1", files[1])
refuses("'1.5.' is not a number", "--input=2x3xf64=1.5.", files[1])
refuses("'random:18446744073709551616' is not a number", "--input=2x3xf64=random:18446744073709551616", files[1])
refuses("'' is not a number", "--input=2x3xf64=1,2,3,,5,6", files[1])
refuses("random numbers are normally distributed, and i1 is no floating-point type", "--entry=types",
        "--input=3xi1=random")
for name, text, message in [("b", "3xi1=2", "'2' does not fit i1"), ("c", "2xi8=1,-129", "'-129' does not fit i8"),
                            ("c", "2xi8=128", "'128' does not fit i8"), ("u", "1xui64=-1", "'-1' does not fit ui64"),
                            ("u", f"1xui64={1 << 64}", f"'{1 << 64}' does not fit ui64"),
                            ("l", f"1xi64={1 << 63}", f"'{1 << 63}' does not fit i64"),
                            *[("c", f"2xi8={text}", f"'{text}' is not an integer")
                              for text in ["1.5", "-", "+1", "random:x", "1e3"]]]:
    texts = {**literals, name: text}
    refuses(message, "--entry=types", *[f"--input={name}={text}" for name, text in texts.items()])
refuses("loss has no input 'v'; --help lists what it has", "--input=v=w.npy")
refuses("loss has no output 'v'", *files, "--output=v=w.npy")
refuses("input 'x' of loss has no value: --input=x=x.npy", files[0])
expect("  loss_value_and_grad\n    input w: f64 (2, 3)" in call("--help")[1], call("--help"))
print("a program for every function")
