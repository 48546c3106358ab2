"""The language of equations: names, `+`, `-`, `sum(prefix.*)` and one comparison; never evaluated as code.

    本年收入合计 = 财政拨款收入 + 上级补助收入 + 其他收入
    合计 = sum(合计.*)
    授予小微企业合同金额 <= 授予中小企业合同金额

Operators stand between blanks, so that names may hold any other character.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from jsextract.errors import PatternError
from jsextract.language.phrase import phrase

RELATIONS = frozenset({"=", "<=", ">="})
_SIGNS = {"+": 1, "-": -1}


class Term(Struct, frozen=True):
    """A name with its sign; `many` for sum(name.*)."""

    sign: int
    name: str
    many: bool = False


class Equation(Struct, frozen=True):
    """A parsed equation: what is stated, how it relates, what it is computed from."""

    source: str
    left: tuple[Term, ...]
    relation: str
    right: tuple[Term, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All names, in order; those of sums without `.*`."""
        return tuple(term.name for term in (*self.left, *self.right))


def parse(source: str) -> Equation:
    """Parses an equation.

    Raises:
        PatternError: if it has no comparison or more than one, an operator without a name, or a bad sum.
    """
    words = source.split()
    relations = [i for i, word in enumerate(words) if word in RELATIONS]
    if len(relations) != 1:
        raise PatternError(phrase("{source} needs one of =, <= and >= between blanks.", source=repr(source)))
    at = relations[0]
    return Equation(source, _side(words[:at], source), words[at], _side(words[at + 1 :], source))


def _side(words: Sequence[str], source: str) -> tuple[Term, ...]:
    terms = list(_terms(words, source))
    if not terms:
        raise PatternError(phrase("{source} has nothing on one side.", source=repr(source)))
    return tuple(terms)


def _terms(words: Sequence[str], source: str) -> Iterator[Term]:
    sign: int | None = 1
    for word in words:
        if word in _SIGNS:
            if sign is not None:
                raise PatternError(phrase("{source} has an operator without a name before it.", source=repr(source)))
            sign = _SIGNS[word]
        elif sign is None:
            raise PatternError(
                phrase("{source}: {word} follows another name without an operator.", source=repr(source), word=word)
            )
        else:
            yield _term(word, sign, source)
            sign = None
    if sign is not None and words:
        raise PatternError(phrase("{source} ends with an operator.", source=repr(source)))


def _term(word: str, sign: int, source: str) -> Term:
    if word.startswith("sum("):
        if not word.endswith(".*)") or len(word) < len("sum(x.*)"):
            raise PatternError(phrase("{source}: write sum(prefix.*), not {word}.", source=repr(source), word=word))
        return Term(sign, word[len("sum(") : -len(".*)")], many=True)
    if any(c in word for c in "*()=<>"):
        raise PatternError(phrase("{source}: {word} is no name.", source=repr(source), word=word))
    return Term(sign, word)
