"""One operator object per subformula: each turns the stream of time-points into tables.

A table maps a binding to its witness. `build` makes the operators of a formula.
"""

from comity.accord.operators.base import Operator, Row, Table, Witness, leaves, projector
from comity.accord.operators.build import build

__all__ = ["Operator", "Row", "Table", "Witness", "build", "leaves", "projector"]
