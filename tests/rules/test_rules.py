"""Every rule holds by its own examples, keeps out of the way of others, and no rule file hides a fault."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from jsextract.authoring.examples import agrees, faults, read_sentence, rivals
from jsextract.authoring.suite import load_sentences
from jsextract.errors import PatternError
from jsextract.rules.fact_rules import FactRule, parse_rule
from jsextract.rules.ruleset import RuleSet, load_rules

GENERAL = load_rules()
RULES = GENERAL.facts
READ = "检修费12.00万元。"
RULE = {
    "id": "own.repairs",
    "pattern": "检修费{is}{value:money}",
    "facts": [{"measure": "final", "item": "检修费"}],
    "reads": [
        {"say": READ, "facts": [{"item": "检修费", "value": "12.00", "quote": "12.00"}]},
        {"say": "检修费共计3,400.5元。", "facts": [{"item": "检修费", "value": "3400.5", "quote": "3,400.5"}]},
    ],
    "ignores": ["检修费另计。"],
}


def parsed(**changes: object) -> FactRule:
    return parse_rule(RULE | changes, "own", "own.yaml", GENERAL.lexicon)


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_rule_holds_by_its_examples(rule):
    assert list(faults(rule, GENERAL)) == []


def test_no_two_rules_read_the_same_characters_as_different_facts():
    said = {(e.say, e.within) for rule in RULES for e in (*rule.reads, *rule.ignores)}
    said |= {(paragraph, s.within) for s in load_sentences(GENERAL.folders) for paragraph in s.paragraphs}
    assert {(say, pair) for say, topic in said for pair in rivals(say, GENERAL, topic)} == set()


def test_no_figure_becomes_facts_of_two_rules():
    said = {(e.say, e.within) for rule in RULES for e in rule.reads}
    for say, topic in said:
        by_place: dict[tuple[str, int, int], set[str]] = {}
        for fact in read_sentence(say, GENERAL, topic):
            if fact.value is not None:
                by_place.setdefault((fact.sentence, fact.start, fact.end), set()).add(fact.pattern)
        assert all(len(patterns) == 1 for patterns in by_place.values()), (say, by_place)


def only(*own: FactRule) -> RuleSet:
    return replace(GENERAL, facts=own)


def test_two_rules_for_the_same_characters_are_found_out():
    one, other = parsed(), parsed(id="own.works", facts=[{"measure": "budget", "item": "检修费"}])
    assert list(rivals(READ, only(one, other))) == [("own.repairs", "own.works")]
    assert list(rivals(READ, only(one, parsed(id="own.same")))) == []


def test_a_foreign_rule_on_a_counter_example_is_a_fault_unless_named():
    foreign = parse_rule(
        RULE | {"id": "far.other", "pattern": "检修费另计", "facts": []}, "far", "far.yaml", GENERAL.lexicon
    )
    (fault,) = faults(parsed(), only(parsed(), foreign))
    assert (fault.sentence, fault.read) == ("检修费另计。", ("far.other",))
    named = parsed(ignores=[{"say": "检修费另计。", "read_by": ["far.other"]}])
    assert list(faults(named, only(named, foreign))) == []


def test_a_wrong_quote_is_a_fault():
    reads = [RULE["reads"][0] | {"facts": [{"value": "12.00", "quote": "2.00"}]}, RULE["reads"][1]]
    rule = parsed(reads=reads)
    (fault,) = faults(rule, only(rule))
    assert fault.read == ("检修费 | final | 12.00 万元 (2022)",)


def test_a_value_must_stand_where_the_fact_points():
    (fact,) = read_sentence(READ, only(parsed()))
    assert agrees(fact, {"value": "12.00"})
    assert not agrees(replace(fact, start=0, end=3), {"value": "12.00"})


def test_a_known_gap_is_allowed_to_fail_and_not_to_hold():
    gap = {"say": "检修费用12.00万元。", "facts": [{"value": "12.00"}], "known_gap": "用 is not foreseen"}
    rule = parsed(reads=[*RULE["reads"], gap])
    assert list(faults(rule, only(rule))) == []
    rule = parsed(reads=[*RULE["reads"], gap | {"say": READ}])
    (fault,) = faults(rule, only(rule))
    assert "remove known_gap" in str(fault.wanted)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reads": RULE["reads"][:1]}, "length >= 2 - at `$.reads`"),
        ({"ignores": []}, "length >= 1 - at `$.ignores`"),
        ({"ignores": ["TODO a sentence"]}, "still says TODO"),
        ({"reads": [READ, READ]}, "needs the facts"),
        ({"reads": [{"say": READ, "facts": [{"amount": 3}]}] * 2}, "'amount' - at `key` in `$.reads[0].facts[0]`"),
        ({"patern": ""}, "unknown key patern. Was pattern meant?"),
        ({"pattern": "检修费{value:mony}"}, "no slot type {mony}"),
        ({"pattern": "检修费({value:money}"}, "does not compile"),
        ({"facts": [{"measure": "cost"}]}, "cost is no measure"),
    ],
)
def test_a_rule_with_a_fault_does_not_load_and_the_message_names_it(changes, said):
    with pytest.raises(PatternError) as caught:
        parsed(**changes)
    assert said in str(caught.value)
    assert "own.yaml: own.repairs" in str(caught.value)


def test_an_id_stands_once(tmp_path):
    (tmp_path / "facts").mkdir()
    text = json.dumps({"family": "own", "rules": [RULE, RULE]}, ensure_ascii=False)
    (tmp_path / "facts" / "own.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(PatternError, match=r"own\.yaml, line 1: own\.repairs: there is a own\.repairs already"):
        load_rules([tmp_path])
