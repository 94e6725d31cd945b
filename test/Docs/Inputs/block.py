"""Prints the first block of a page in a language: `block.py PAGE LANGUAGE`."""

import sys

import markdown

print(markdown.block(sys.argv[1], sys.argv[2]))
