"""Limits for what a fuzzer starts."""

import functools
import resource


def limit(gibibytes):
    """What subprocess is to call in the child: it may take so much address space, or any if that is 0, and
    leaves no core file."""
    return functools.partial(_limit, gibibytes << 30)


def _limit(memory):
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def add_option(parser):
    parser.add_argument("--memory", type=int, default=8, help="GiB of address space for a tool; 0: no limit")
