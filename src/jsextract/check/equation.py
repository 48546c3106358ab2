"""The language of equations: names, `+`, `-`, `sum(prefix.*)` and one comparison; never evaluated as code.

    本年收入合计 = 财政拨款收入 + 上级补助收入 + 其他收入
    合计 = sum(合计.*)
    授予小微企业合同金额 <= 授予中小企业合同金额

Operators stand between blanks, so that names may hold any other character.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from jsextract.check.figure import Figure
from jsextract.errors import PatternError

RELATIONS = frozenset({"=", "<=", ">="})
_SIGNS = {"+": 1, "-": -1}


@dataclass(frozen=True, slots=True)
class Term:
    """A name with its sign; `many` for sum(name.*)."""

    sign: int
    name: str
    many: bool = False


@dataclass(frozen=True, slots=True)
class Equation:
    """A parsed equation: what is stated, how it relates, what it is computed from."""

    source: str
    left: tuple[Term, ...]
    relation: str
    right: tuple[Term, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All names, in order; those of sums without `.*`."""
        return tuple(term.name for term in (*self.left, *self.right))


@dataclass(frozen=True, slots=True)
class Scope:
    """Where the names of an equation are looked up.

    Attributes:
        one: the figure of a name, None where there is no such place.
        many: the figures that sum(name.*) adds up.
    """

    one: Callable[[str], Figure | None]
    many: Callable[[str], Sequence[Figure]]


@dataclass(frozen=True, slots=True)
class Bound:
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
        return tuple(figure for _, figure in (*self.left, *self.right))


def parse(source: str) -> Equation:
    """Parses an equation.

    Raises:
        PatternError: if it has no comparison or more than one, an operator without a name, or a bad sum.
    """
    words = source.split()
    relations = [i for i, word in enumerate(words) if word in RELATIONS]
    if len(relations) != 1:
        raise PatternError(f"{source!r} needs one of =, <= and >= between blanks.")
    at = relations[0]
    return Equation(source, _side(words[:at], source), words[at], _side(words[at + 1 :], source))


def _side(words: Sequence[str], source: str) -> tuple[Term, ...]:
    terms = list(_terms(words, source))
    if not terms:
        raise PatternError(f"{source!r} has nothing on one side.")
    return tuple(terms)


def _terms(words: Sequence[str], source: str) -> Iterator[Term]:
    sign: int | None = 1
    for word in words:
        if word in _SIGNS:
            if sign is not None:
                raise PatternError(f"{source!r} has an operator without a name before it.")
            sign = _SIGNS[word]
        elif sign is None:
            raise PatternError(f"{source!r}: {word} follows another name without an operator.")
        else:
            yield _term(word, sign, source)
            sign = None
    if sign is not None and words:
        raise PatternError(f"{source!r} ends with an operator.")


def _term(word: str, sign: int, source: str) -> Term:
    if word.startswith("sum("):
        if not word.endswith(".*)") or len(word) < len("sum(x.*)"):
            raise PatternError(f"{source!r}: write sum(prefix.*), not {word}.")
        return Term(sign, word[len("sum(") : -len(".*)")], many=True)
    if any(c in word for c in "*()=<>"):
        raise PatternError(f"{source!r}: {word} is no name.")
    return Term(sign, word)


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
