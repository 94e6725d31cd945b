"""What the operations of PyTorch are in Atled, a family in each file.

COUNTERPARTS maps the name of an operation, as torch.fx spells it, to a function that takes the program to write to,
what PyTorch says of the result, and the operation's arguments, and returns the result, or a list of them.
"""

from . import contractions, elementwise, indexing, losses, ordering, reductions, sampling, shapes  # noqa: F401
from .table import COUNTERPARTS  # noqa: F401
