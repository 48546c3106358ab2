"""An equation's names looked up: the figures of a table, a text or a document that stand for them (取数)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from jsextract.check.figure import Figure
from jsextract.rules.equation import Equation, Term


class Scope(Struct, frozen=True):
    """Where the names of an equation are looked up.

    Attributes:
        one: the figure of a name, None where there is no such place.
        many: the figures that sum(name.*) adds up.
    """

    one: Callable[[str], Figure | None]
    many: Callable[[str], Sequence[Figure]]


class Bound(Struct, frozen=True):
    """An equation with its figures.

    Attributes:
        absent: names that have no place in the scope.
        same: whether both sides state one and the same quantity, so that no sum is rounded in between.
    """

    left: tuple[tuple[int, Figure], ...]
    relation: str
    right: tuple[tuple[int, Figure], ...]
    absent: tuple[str, ...] = ()
    same: bool = False

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures of both sides, in the order of the equation."""
        return tuple(figure for _, figure in (*self.left, *self.right))


def bind(equation: Equation, scope: Scope) -> Bound:
    """The figures of an equation's names in a scope; a sum without figures counts as absent."""
    absent: list[str] = []

    def figures(terms: tuple[Term, ...]) -> tuple[tuple[int, Figure], ...]:
        found: list[tuple[int, Figure]] = []
        for term in terms:
            one = None if term.many else scope.one(term.name)
            some = scope.many(term.name) if term.many else [one] if one else []
            found.extend((term.sign, figure) for figure in some)
            if not some:
                absent.append(f"sum({term.name}.*)" if term.many else term.name)
        return tuple(found)

    left, right = figures(equation.left), figures(equation.right)
    terms = (*equation.left, *equation.right)
    same = equation.relation == "=" and len(terms) == len(left) + len(right) == 2 and not any(t.many for t in terms)
    return Bound(left, equation.relation, right, tuple(absent), same)
