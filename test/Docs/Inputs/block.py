"""Prints a block of a page in a language, the first or another, counted from 0: `block.py PAGE LANGUAGE [NUMBER]`."""

import sys

import markdown

print(markdown.block(sys.argv[1], sys.argv[2], int(*sys.argv[3:])))
