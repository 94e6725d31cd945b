"""A program around an object and atled-run take the same texts for numbers, and for the numbers that Python takes them."""

import subprocess
import sys

from program import call, expect

GOOD = ["1e5", "1.", ".5", "+1", "-0", "inf", "INF", "-Infinity", "+inf", "nan", "-NAN", "1e+5", "1E5", "1e400", "-1e400",
        "1e-310", "1e-400", " 1 ", "1\t", "9" * 400, "0x10", "-0x1.8p1", "0x.8p0", "0x1p-1074", "random:18446744073709551615"]
BAD = [".", "-", "++1", "+-1", "1e", "1e+", "1_000", "1d5", "1f", "snan", "nan123", "0x", "0xp1", "0b1", "random:",
       "random:-1", "random: 1", "random:0x10", "random:18446744073709551616"]


def read(text):
    """What Python takes it for; None where it is random."""
    if text.startswith("random"):
        return None
    return float.fromhex(text) if "x" in text else float(text)


for text in GOOD + BAD:
    said = call(f"--input=f64={text}")
    done = subprocess.run(["atled-run", sys.argv[3], f"--input=f64={text}"], capture_output=True, text=True)
    if text in BAD:
        expect(said[0] == 1 and done.returncode == 1 and "not a number" in said[2] and "not a number" in done.stderr,
               (text, said, done))
        continue
    expect(said[0] == 0 and done.returncode == 0, (text, said, done))
    numbers = [float(said[1].split()[-1]), float(done.stdout.split()[-1])]
    expected = read(text)
    for number in numbers:
        expect(repr(number) == repr(abs(expected) if expected != expected else expected) if expected is not None
               else number == numbers[0], (text, numbers))
