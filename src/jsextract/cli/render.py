"""What `jsextract patterns` and `jsextract show --unread` print: printed text and slot names, for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from jsextract import pipeline
from jsextract.authoring import explain as explaining
from jsextract.authoring.examples import described
from jsextract.authoring.scaffold import scaffold
from jsextract.authoring.selftest import SelfTest, find_rule
from jsextract.cli.columns import aligned
from jsextract.cli.run import read_password
from jsextract.errors import OutputNotWritable, PatternError, RulesFail
from jsextract.language.phrase import phrase
from jsextract.language.system import reason
from jsextract.model.report import CheckResult, TableCell
from jsextract.narrative.unread import Missed
from jsextract.rules.fact_rules import FactRule
from jsextract.rules.pattern_format import legible, printable
from jsextract.rules.ruleset import RuleSet, load_rules
from jsextract.text.normal import squeeze

_NOTE_ROOM = 60
_AROUND = 30
"""Characters that are kept on each side of an amount."""


def print_choices(checks: Iterable[tuple[str, CheckResult]]) -> None:
    """The checks that a name may mean, each with what to call it."""
    _columns([(label, check.status, _cut(printable(check.message))) for label, check in checks])


def print_catalogue(data: dict[str, Any], *, as_json: bool, short: bool) -> None:
    """The rules, and unless `short` all else that there is."""
    if as_json:
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    rows = [("rule", "reads", "ignores", "what it reads")]
    for rule in data["rules"]:
        gaps = f" (and {rule['known_gaps']} not yet)" if rule["known_gaps"] else ""
        note = rule["note"] or f"「{rule['example']}」"
        rows.append((rule["id"], f"{rule['reads']}{gaps}", str(rule["ignores"]), _cut(printable(note))))
    _columns(rows)
    click.echo(f"{len(data['rules'])} rules")
    if short:
        return
    click.echo("\ntables")
    _columns([("  " + table["id"], table["name"]) for table in data["tables"]])
    click.echo("\nprofiles" if data["profiles"] else "\nprofiles: none")
    _columns([("  " + p["id"], f"{p['rules']} rules", _cut(p["note"])) for p in data["profiles"]])
    for kind in ("lexicon", "sentences"):
        click.echo(f"\n{kind}: " + ", ".join(f"{number} {name}" for name, number in data[kind].items()))


def print_selftest(result: SelfTest) -> None:
    """How the rules did.

    Raises:
        RulesFail: if one of them failed.
    """
    for gap in result.gaps:
        click.echo(f"known gap  {gap.rule}: 「{gap.sentence}」\n           {gap.why}")
    for fault in result.faults:
        within = f" (in a section about {fault.topic})" if fault.topic else ""
        click.echo(f"FAILS  {fault.rule}{within}")
        if fault.sentence:
            click.echo(f"  sentence  {printable(fault.sentence)}")
        click.echo(f"  expected  {fault.wanted}")
        for i, line in enumerate(fault.read or ("nothing",)):
            click.echo(f"  {'read' if i == 0 else '':<8}  {printable(line)}")
    counts = f"{result.rules} rules, {result.examples} examples, {result.sentences} sentences of the suite"
    if result.proofs:
        counts += f", {result.proofs} examples of tables, headings, equations and wordings"
    click.echo(f"{counts}: {len(result.faults) or 'none'} failed, {len(result.gaps)} known gaps")
    if result.faults:
        failed = sorted({fault.rule for fault in result.faults})
        raise RulesFail(
            phrase("Examples do not hold: {names}.", names=", ".join(failed)), phrase("Mend the rule, or the example.")
        )


def print_document_looks(
    name: str, path: Path, password_file: Path | None, folders: Sequence[Path], profile: str
) -> None:
    """What one rule made of a document."""
    rules = load_rules(folders, profile)
    found = pipeline.analyse(pipeline.read(path, password=read_password(password_file)), rules)
    rule = find_rule(name, found.setting.rules)
    _headed(rule)
    looks = list(explaining.explain_document(rule, found.outline, found.setting))
    section = ""
    for look in looks:
        place = "\n" + _place(look.page, look.section)
        if place != section:
            click.echo(place + (f"  (about {look.topic})" if look.topic else ""))
            section = place
        _looked(look)
    counts = [f"{sum(look.outcome == o for look in looks)} {o}" for o in ("read", "taken", "stopped")]
    click.echo(f"\n{path.name}: {', '.join(counts)}; all other sentences hold nothing of the pattern")
    topics = explaining.topics_told(found.outline, found.setting.rules)
    if rule.sections and not rule.sections.intersection(topics):
        click.echo(f"No section is about {_listed(rule.sections)}; there are: {_listed(topics)}.")


def print_sentence_looks(name: str | None, sentence: str, topic: str | None, rules: RuleSet) -> None:
    """What one rule, or all together, made of a pasted sentence."""
    if name is None:
        topic = _known(topic or "", rules)
        _all_told(sentence, topic, explaining.explain_all(sentence, topic, rules))
        return
    rule = find_rule(name, rules)
    _headed(rule)
    if topic is None and rule.sections and "" not in rule.sections:
        topic = min(rule.sections)
        click.echo(f"(as if in a section about {topic}; name another with --in)")
    topic = _known(topic or "", rules)
    if rule.sections and topic not in rule.sections:
        click.echo(f"The rule does not look at sections about {topic or 'nothing known'}: {_listed(rule.sections)}.")
        return
    looks = explaining.explain_sentence(sentence, topic, rule, rules)
    for look in looks:
        _looked(look)
    if not looks:
        click.echo("Nothing of the pattern is in the sentence, or the figure that it needs is not there.")


def write_skeleton(sentence: str, topic: str | None, name: str, out: Path | None, rules: RuleSet) -> None:
    """Prints or writes the skeleton of a rule file.

    Raises:
        OutputNotWritable: if the file exists already or cannot be written.
    """
    found = scaffold(sentence, _known(topic or "", rules), rules, name)
    for fact in found.facts:
        click.echo(f"# read already by {fact.pattern}: {printable(described(fact))}", err=bool(found.yaml))
    if not found.yaml:
        done = "The rules read every figure of it already." if found.facts else "It holds no figure with a unit."
        click.echo(f"# {done} No rule is needed.")
        return
    click.echo(f"# read by no rule: {printable('、'.join(found.unread))}", err=True)
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


def print_unread(path: Path, missed: Missed) -> None:
    """The amounts that no fact carries, each marked in its sentence; what is far from all of them is left out."""
    if not missed.is_read:
        click.echo(
            f"{path.name}: {missed.kind}: its text is not read, only that of a final account (部门决算, 单位决算)"
        )
        return
    for one in missed.sentences:
        topic = f"  (about {one.topic})" if one.topic else ""
        click.echo(f"{_place(one.page, one.section)}{topic}")
        click.echo(f"  {printable(_marked(one.sentence, one.spans))}")
    for cell in missed.overflowed:
        click.echo(_lost(cell))
    amounts = sum(len(one.spans) for one in missed.sentences)
    where = _number(len(missed.sentences), "sentence")
    told = f"{_number(amounts, 'amount')} of money in {where} that no fact carries"
    click.echo(f"{path.name}: {told if amounts else 'no amount of money was missed'}")
    if missed.overflowed:
        click.echo(f"{path.name}: {_number(len(missed.overflowed), 'figure')} printed as #### in tables")


def _lost(cell: TableCell) -> str:
    """Where a cell stands that prints #### in place of a figure."""
    box = f"  at {cell.box.x0:.0f},{cell.box.y0:.0f},{cell.box.x1:.0f},{cell.box.y1:.0f}" if cell.box else ""
    name = "/".join(filter(None, (cell.place, cell.side, cell.code, cell.item, cell.column)))
    return f"page {cell.page}{box}  {printable(name)}\n  【{printable(squeeze(cell.value_text))}】"


def _marked(sentence: str, spans: Sequence[tuple[int, int]]) -> str:
    """A sentence with its amounts between 【 and 】."""
    ends = [(0, 0), *spans, (len(sentence), len(sentence))]
    between = [sentence[a:b] for (_, a), (b, _) in pairwise(ends)]
    amounts = [f"【{sentence[a:b]}】" for a, b in spans]
    last = len(between) - 1
    words = [_shortened(text, start=at == 0, end=at == last) for at, text in enumerate(between)]
    return "".join(map(str.__add__, words, [*amounts, ""]))


def _shortened(words: str, *, start: bool, end: bool) -> str:
    """Words around amounts: those near one are kept, `start` and `end` say where there is none."""
    before, after = (0 if start else _AROUND), (0 if end else _AROUND)
    if len(words) <= before + after + _AROUND:
        return words
    return f"{words[:before]}…{words[len(words) - after :]}"


def _number(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"


def _all_told(sentence: str, topic: str, found: explaining.Pasted) -> None:
    for look in found.looks:
        click.echo(look.rule)
        _looked(look, facts=False)
    click.echo("facts" if found.facts else "No rule reads a fact in it.")
    for fact in found.facts:
        click.echo(f"  {printable(fact)}")
    if found.unread:
        click.echo(f"figures that no fact holds: {printable('、'.join(found.unread))}")
    for other, number in found.elsewhere:
        click.echo(f"In a section about {other} it gives {number} (--in {other}); here {len(found.facts)}.")


def _headed(rule: FactRule) -> None:
    """The rule's head: id, note, pattern, sections."""
    click.echo(f"{rule.id}{f'  {rule.note}' if rule.note else ''}")
    click.echo(f"  pattern   {legible(rule.source)}")
    if rule.sections:
        click.echo(f"  sections  {_listed(rule.sections)}")


def _looked(look: explaining.Look, *, facts: bool = True) -> None:
    """One place in a sentence: what matched is between 【 and 】."""
    click.echo(f"  {look.outcome:<8}  {printable(look.before)}【{printable(look.matched)}】{printable(look.after)}")
    for name, text in look.slots:
        click.echo(f"            {name} = {printable(text)}")
    if look.outcome == "stopped":
        click.echo(f"            then it wants {look.wanted}")
        click.echo(f"            but there is  {_cut(printable(look.after)) or 'nothing more'}")
    if look.outcome == "taken":
        click.echo(f"            these characters went to {look.taken_by[0]}: {printable(look.taken_by[1])}")
    if facts and look.outcome == "read":
        for fact in look.facts or ("no fact: it only tells what the next figures are about",):
            click.echo(f"            → {printable(fact)}")


def _known(topic: str, rules: RuleSet) -> str:
    """The topic, if sections can be about it.

    Raises:
        PatternError: if they cannot.
    """
    names = rules.sections.topic_names
    if topic and topic not in names:
        raise PatternError(f"No section is about {topic}.", f"Topics: {_listed(names)}.")
    return topic


def _place(page: int, section: str) -> str:
    """Where something stands; plain text has no pages."""
    return f"page {page}  {printable(section)}" if page else printable(section)


def _listed(topics: Iterable[str]) -> str:
    return ", ".join(sorted(topic or "no known topic" for topic in topics))


def _columns(rows: Sequence[Sequence[str]]) -> None:
    for line in aligned(rows):
        click.echo(line)


def _cut(text: str) -> str:
    return text if len(text) <= _NOTE_ROOM else f"{text[:_NOTE_ROOM]}…"
