"""What `jsextract patterns` prints: printed text and slot names, for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from jsextract import pipeline
from jsextract.authoring import explain as explaining
from jsextract.authoring.catalogue import catalogue
from jsextract.authoring.examples import described
from jsextract.authoring.scaffold import scaffold
from jsextract.authoring.selftest import SelfTest, find_rule, try_rules
from jsextract.cli.columns import aligned, filled
from jsextract.cli.unread import about, place
from jsextract.errors import OutputNotWritable, PatternError, RulesFail
from jsextract.language.phrase import Phrase, listed, noted, phrase, phrases, sentences
from jsextract.language.system import reason
from jsextract.model.report import CheckResult
from jsextract.report import words
from jsextract.rules.fact_rules import FactRule
from jsextract.rules.pattern_format import legible, printable
from jsextract.rules.ruleset import RuleSet, load_rules
from jsextract.text.visible import one_line

_NOTE_ROOM = 60
_INDENT = " " * 12
_HEADER = (noted("rule"), noted("reads"), noted("ignores"), noted("what it reads"))
_OUTCOMES = (noted("read"), noted("taken"), noted("stopped"))


def print_choices(checks: Iterable[tuple[str, CheckResult]]) -> None:
    """The checks that a name may mean, each with what to call it."""
    _columns([(label, str(words.status(check.status)), _cut(printable(str(check.told)))) for label, check in checks])


def print_rules(words: Sequence[str], folders: Sequence[Path], profile: str, as_json: bool) -> None:
    """The rules of these families or that speak of these words; without words all, and all else that there is."""
    _print_catalogue(catalogue(load_rules(folders, profile or "none"), words), as_json=as_json, short=bool(words))


def _print_catalogue(data: dict[str, Any], *, as_json: bool, short: bool) -> None:
    if as_json:
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    rows = [tuple(str(phrase(name)) for name in _HEADER)]
    for rule in data["rules"]:
        gaps = phrase(" (and {number} not yet)", number=rule["known_gaps"]) if rule["known_gaps"] else ""
        note = rule["note"] or f"「{rule['example']}」"
        rows.append((rule["id"], f"{rule['reads']}{gaps}", str(rule["ignores"]), _cut(printable(note))))
    _columns(rows)
    click.echo(phrases("{number} rule", "{number} rules", len(data["rules"])))
    if short:
        return
    click.echo("\n" + str(phrase("tables")))
    _columns([("  " + table["id"], table["name"]) for table in data["tables"]])
    click.echo("\n" + str(phrase("profiles") if data["profiles"] else phrase("profiles: none")))
    _columns(
        [
            ("  " + p["id"], str(phrases("{number} rule", "{number} rules", p["rules"])), _cut(p["note"]))
            for p in data["profiles"]
        ]
    )
    for kind in (noted("lexicon"), noted("sentences")):
        counts = listed(f"{number} {name}" for name, number in data[kind].items())
        click.echo("\n" + str(listed((phrase(kind), counts), ": ", "：")))


def print_tested(names: Sequence[str], folders: Sequence[Path], profile: str) -> None:
    """How the rules of these names, or all, did.

    Raises:
        RulesFail: if one of them failed.
    """
    _print_selftest(try_rules(names, folders, profile))


def _print_selftest(result: SelfTest) -> None:
    known = phrase("known gap")
    for gap in result.gaps:
        click.echo(f"{filled(str(known), 9)}  {gap.rule}: 「{one_line(gap.sentence)}」\n           {one_line(gap.why)}")
    for fault in result.faults:
        within = phrase(" (in a section about {topic})", topic=fault.topic) if fault.topic else ""
        click.echo(phrase("FAILS  {rule}{within}", rule=fault.rule, within=within))
        if fault.sentence:
            click.echo(_named(phrase("sentence"), printable(fault.sentence)))
        click.echo(_named(phrase("expected"), fault.wanted))
        for i, line in enumerate(fault.read or (str(phrase("nothing")),)):
            click.echo(_named("" if i else phrase("read"), printable(line)))
    counts = (
        phrases("{number} rule", "{number} rules", result.rules),
        phrases("{number} example", "{number} examples", result.examples),
        phrase("{number} sentences of the suite", number=result.sentences),
        phrase("{number} examples of tables, headings, equations and wordings", number=result.proofs)
        if result.proofs
        else "",
    )
    failed = phrase("{number} failed", number=len(result.faults)) if result.faults else phrase("none failed")
    gaps = phrase("{number} known gaps", number=len(result.gaps))
    click.echo(listed((listed(counts), listed((failed, gaps))), ": ", "："))
    if result.faults:
        names = sorted({fault.rule for fault in result.faults})
        raise RulesFail(
            phrase("Examples do not hold: {names}.", names=listed(names)), phrase("Mend the rule, or the example.")
        )


def print_document_looks(name: str, path: Path, password: str | None, folders: Sequence[Path], profile: str) -> None:
    """What one rule made of a document."""
    rules = load_rules(folders, profile)
    found = pipeline.analyse(pipeline.read(path, password=password), rules)
    rule = find_rule(name, found.setting.rules)
    _headed(rule)
    looks = list(explaining.explain_document(rule, found.outline, found.setting))
    section = ""
    for look in looks:
        here = "\n" + place(look.page, look.section)
        if here != section:
            click.echo(f"{here}{about(look.topic)}")
            section = here
        _looked(look)
    counts = listed(listed((sum(look.outcome == o for look in looks) or "0", phrase(o)), " ", " ") for o in _OUTCOMES)
    file = one_line(path.name)
    rest = phrase("{file}: {counts}; all other sentences hold nothing of the pattern", file=file, counts=counts)
    click.echo(f"\n{rest}")
    topics = explaining.topics_told(found.outline, found.setting.rules)
    if rule.sections and not rule.sections.intersection(topics):
        there = phrase("No section is about {topics}; there are: {others}.",
                       topics=_listed(rule.sections), others=_listed(topics))  # fmt: skip
        click.echo(there)


def print_sentence_looks(
    name: str | None, sentence: str, topic: str | None, folders: Sequence[Path], profile: str
) -> None:
    """What one rule, or all together, made of a pasted sentence."""
    rules = load_rules(folders, profile or "none")
    if name is None:
        topic = _known(topic or "", rules)
        _all_told(explaining.explain_all(sentence, topic, rules))
        return
    rule = find_rule(name, rules)
    _headed(rule)
    if topic is None and rule.sections and "" not in rule.sections:
        topic = min(rule.sections)
        click.echo(phrase("(as if in a section about {topic}; name another with --in)", topic=topic))
    topic = _known(topic or "", rules)
    if rule.sections and topic not in rule.sections:
        what = topic or phrase("nothing known")
        click.echo(phrase("The rule does not look at sections about {topic}: {topics}.", topic=what,
                          topics=_listed(rule.sections)))  # fmt: skip
        return
    looks = explaining.explain_sentence(sentence, topic, rule, rules)
    for look in looks:
        _looked(look)
    if not looks:
        click.echo(phrase("Nothing of the pattern is in the sentence, or the figure that it needs is not there."))


def write_skeleton(
    sentence: str, topic: str | None, name: str, out: Path | None, folders: Sequence[Path], profile: str
) -> None:
    """Prints or writes the skeleton of a rule file.

    Raises:
        OutputNotWritable: if the file exists already or cannot be written.
    """
    rules = load_rules(folders, profile or "none")
    found = scaffold(sentence, _known(topic or "", rules), rules, name)
    for fact in found.facts:
        already = phrase("read already by {rule}: {fact}", rule=fact.pattern, fact=printable(described(fact)))
        click.echo(f"# {already}", err=bool(found.yaml))
    if not found.yaml:
        whole, bare = phrase("The rules read every figure of it already."), phrase("It holds no figure with a unit.")
        told = sentences(whole if found.facts else bare, phrase("No rule is needed."))
        click.echo(f"# {told}")
        return
    unread = phrase("read by no rule: {figures}", figures=printable("、".join(found.unread)))
    click.echo(f"# {unread}", err=True)
    if out is None:
        click.echo(found.yaml, nl=False)
        return
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("x", encoding="utf-8") as handle:
            handle.write(found.yaml)
    except OSError as error:
        raise OutputNotWritable(
            phrase("{out} cannot be written: {reason}.", out=out, reason=reason(error)),
            phrase("Give another file with -o."),
        ) from error
    click.echo(f"{out}")


def _named(name: object, said: object) -> str:
    """What is said, behind its name."""
    return f"  {filled(str(name), 8)}  {one_line(str(said))}"


def _all_told(found: explaining.Pasted) -> None:
    for look in found.looks:
        click.echo(look.rule)
        _looked(look, facts=False)
    click.echo(phrase("facts") if found.facts else phrase("No rule reads a fact in it."))
    for fact in found.facts:
        click.echo(f"  {printable(fact)}")
    if found.unread:
        click.echo(phrase("figures that no fact holds: {figures}", figures=printable("、".join(found.unread))))
    for other, number in found.elsewhere:
        told = phrase("In a section about {topic} it gives {number} (--in {topic}); here {here}.",
                      topic=other, number=number, here=len(found.facts))  # fmt: skip
        click.echo(told)


def _headed(rule: FactRule) -> None:
    """The rule's head: id, note, pattern, sections."""
    click.echo(one_line(f"{rule.id}{f'  {rule.note}' if rule.note else ''}"))
    click.echo(_named(phrase("pattern"), legible(rule.source)))
    if rule.sections:
        click.echo(_named(phrase("sections"), _listed(rule.sections)))


def _looked(look: explaining.Look, *, facts: bool = True) -> None:
    """One place in a sentence: what matched is between 【 and 】."""
    said = f"{printable(look.before)}【{printable(look.matched)}】{printable(look.after)}"
    click.echo(_named(phrase(look.outcome), said))
    for name, text in look.slots:
        click.echo(f"            {name} = {printable(text)}")
    if look.outcome == "stopped":
        there = _cut(printable(look.after)) or phrase("nothing more")
        click.echo(_INDENT + str(phrase("then it wants {piece}", piece=look.wanted)))
        click.echo(_INDENT + str(phrase("but there is  {text}", text=there)))
    if look.outcome == "taken":
        rule, text = look.taken_by
        went = phrase("these characters went to {rule}: {text}", rule=rule, text=printable(text))
        click.echo(f"{_INDENT}{went}")
    if facts and look.outcome == "read":
        for fact in look.facts or (str(phrase("no fact: it only tells what the next figures are about")),):
            click.echo(f"            → {printable(fact)}")


def _known(topic: str, rules: RuleSet) -> str:
    """The topic, if sections can be about it.

    Raises:
        PatternError: if they cannot.
    """
    names = rules.sections.topic_names
    if topic and topic not in names:
        raise PatternError(
            phrase("No section is about {topic}.", topic=topic), phrase("Topics: {names}.", names=_listed(names))
        )
    return topic


def _listed(topics: Iterable[str]) -> Phrase:
    return listed(topic or phrase("no known topic") for topic in sorted(topics))


def _columns(rows: Sequence[Sequence[str]]) -> None:
    for line in aligned(rows):
        click.echo(line)


def _cut(text: str) -> str:
    return text if len(text) <= _NOTE_ROOM else f"{text[:_NOTE_ROOM]}…"
