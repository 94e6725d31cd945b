"""What tests of a program around an object share: a call of it, its files, and what it is expected to say.

The program and the folder for its files are the arguments of the test.
"""

import pathlib
import subprocess
import sys

import numpy as np

path, folder = sys.argv[1], pathlib.Path(sys.argv[2])


def call(*arguments):
    done = subprocess.run([path, *arguments], capture_output=True, text=True, errors="replace", cwd=folder)
    return done.returncode, done.stdout, done.stderr


def save(**arrays):
    """Writes each to a file; what the program is told of them."""
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)
    return [f"--input={name}={name}.npy" for name in arrays]


def expect(condition, said):
    if not condition:
        sys.exit(f"not as expected: {said}")


def refuses(message, *arguments):
    said = call(*arguments)
    expect(said[0] == 1 and message in said[2] and not said[1], (message, said))
