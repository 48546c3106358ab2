"""The wording suite: whole sentences of patterns/sentences/ with every fact that they give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from jsextract.authoring.examples import EXAMPLE_YEAR, Fault, described, read_paragraphs
from jsextract.language.phrase import phrase, verbatim
from jsextract.rules import rule_files
from jsextract.rules.ruleset import RuleSet


class Sentence(Struct, frozen=True):
    """A sentence (or a few paragraphs) in a section about a topic, and what a careful reader takes from it.

    Attributes:
        paragraphs: one printed sentence, or several paragraphs that follow each other.
        gives: `item | measure@basis | value unit` for every number, none left out and none more.
        tells: `item | measure@basis | text` for texts that must be among what is told.
        year: the fiscal year of the document that it stands in.
    """

    paragraphs: tuple[str, ...]
    within: str
    gives: tuple[str, ...]
    tells: tuple[str, ...]
    year: int
    family: str

    @property
    def say(self) -> str:
        """All of it in one run."""
        return "".join(self.paragraphs)


def load_sentences(folders: Iterable[Path]) -> Iterator[Sentence]:
    """Every sentence under sentences/ of these folders, by file.

    Raises:
        PatternError: if one does not load; the message names file and line.
    """
    for file in rule_files.files(folders, "sentences/*"):
        for entry in file.value.sentences:
            yield Sentence(
                paragraphs=(entry.say,) if isinstance(entry.say, str) else entry.say,
                within=entry.within,
                gives=entry.gives,
                tells=entry.tells,
                year=entry.year or EXAMPLE_YEAR,
                family=file.path.stem,
            )
        for topic, lines in file.value.nothing.items():
            for say in lines:
                yield Sentence(
                    paragraphs=(say,),
                    within="" if topic == "anywhere" else topic,
                    gives=(),
                    tells=(),
                    year=EXAMPLE_YEAR,
                    family=file.path.stem,
                )


def given(sentence: Sentence, rules: RuleSet) -> tuple[list[str], list[str]]:
    """What the rules read in the sentence: (numbers, texts); a year is named only where it is not the document's."""
    facts = read_paragraphs(sentence.paragraphs, rules, sentence.within, sentence.year)
    own = f" ({sentence.year})"
    numbers = [described(f).removesuffix(own) for f in facts if f.value is not None]
    texts = [described(f).removesuffix(own) for f in facts if f.value is None]
    return numbers, texts


def suite_faults(sentence: Sentence, rules: RuleSet) -> Iterator[Fault]:
    """What is read in a sentence of the suite that should not be, and the other way round."""
    numbers, texts = given(sentence, rules)
    missing = Counter(sentence.gives) - Counter(numbers) + Counter(set(sentence.tells) - set(texts))
    more = Counter(numbers) - Counter(sentence.gives)
    where = f"sentences/{sentence.family}.yaml"
    for wanted in missing.elements():
        yield Fault(where, sentence.say, sentence.within, verbatim(wanted), (*numbers, *texts))
    for read in more.elements():
        yield Fault(where, sentence.say, sentence.within, phrase("nothing like: {fact}", fact=read), (*numbers, *texts))
