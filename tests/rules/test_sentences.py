"""The wording suite: every number of a sentence is read, and nothing that is not there."""

from __future__ import annotations

from collections import Counter

import pytest

from jsextract.authoring.suite import given, load_sentences
from jsextract.rules.ruleset import load_rules

RULES = load_rules()
SENTENCES = list(load_sentences(RULES.folders))


@pytest.mark.parametrize("sentence", SENTENCES, ids=[f"{s.family}:{s.say[:24]}" for s in SENTENCES])
def test_sentence_gives_its_facts(sentence):
    numbers, texts = given(sentence, RULES)
    assert Counter(numbers) == Counter(sentence.gives)
    assert set(sentence.tells) <= set(texts)
