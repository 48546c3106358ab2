"""What rule files hold: one type for each kind of file, by which they are read and patterns/schema.json is made.

Every file may name what it drops of the layers before it (`drop`), and what it puts in the place of it (`replace`).
"""

from __future__ import annotations

from typing import Any

from jsextract.rules.file_types.checks import (
    BaseFile,
    EquationEntry,
    EquationExample,
    EquationFile,
    GuideFile,
    PurposeEntry,
    PurposeFile,
    Renamed,
    RenamedFile,
    WordGuide,
    WordingEntry,
    WordingFile,
)
from jsextract.rules.file_types.facts import Claim, FactEntry, FactExample, FactFile, WantedKey
from jsextract.rules.file_types.lexicon import (
    ItemEntry,
    ItemFile,
    MetricFile,
    MisprintFile,
    ReasonFile,
    SlotFile,
    StandingFile,
    UnitFile,
)
from jsextract.rules.file_types.profiles import Applies, ProfileFile
from jsextract.rules.file_types.sections import (
    HeadingExamples,
    PartEntry,
    PartFile,
    ProjectExample,
    ProjectFile,
    TopicEntry,
    TopicFile,
)
from jsextract.rules.file_types.sentences import Anywhere, SentenceEntry, SentenceFile
from jsextract.rules.file_types.tables import TableFile
from jsextract.rules.file_types.words import (
    EACH,
    ECONOMIC,
    FROM_FIGURES,
    LEAST_IGNORES,
    LEAST_READS,
    LISTED,
    OTHER_SIDE,
    Code,
    ItemTopic,
    MeasureOrSlot,
    Otherwise,
    ProfileId,
    RuleId,
    Scalar,
    SectionTopicName,
    Slot,
    Text,
    Words,
)

__all__ = [
    "EACH",
    "ECONOMIC",
    "FILES",
    "FROM_FIGURES",
    "LEAST_IGNORES",
    "LEAST_READS",
    "LISTED",
    "OTHER_SIDE",
    "Anywhere",
    "Applies",
    "BaseFile",
    "Claim",
    "Code",
    "EquationEntry",
    "EquationExample",
    "EquationFile",
    "FactEntry",
    "FactExample",
    "FactFile",
    "GuideFile",
    "HeadingExamples",
    "ItemEntry",
    "ItemFile",
    "ItemTopic",
    "MeasureOrSlot",
    "MetricFile",
    "MisprintFile",
    "Otherwise",
    "PartEntry",
    "PartFile",
    "ProfileFile",
    "ProfileId",
    "ProjectExample",
    "ProjectFile",
    "PurposeEntry",
    "PurposeFile",
    "ReasonFile",
    "Renamed",
    "RenamedFile",
    "RuleId",
    "Scalar",
    "SectionTopicName",
    "SentenceEntry",
    "SentenceFile",
    "Slot",
    "SlotFile",
    "StandingFile",
    "TableFile",
    "Text",
    "TopicEntry",
    "TopicFile",
    "UnitFile",
    "WantedKey",
    "WordGuide",
    "WordingEntry",
    "WordingFile",
    "Words",
]

FILES: dict[str, type[Any]] = {
    "facts/*": FactFile,
    "sentences/*": SentenceFile,
    "lexicon/items": ItemFile,
    "lexicon/units": UnitFile,
    "lexicon/slots": SlotFile,
    "lexicon/standing": StandingFile,
    "lexicon/misprints": MisprintFile,
    "lexicon/reasons": ReasonFile,
    "lexicon/metrics": MetricFile,
    "sections/topics": TopicFile,
    "sections/parts": PartFile,
    "sections/projects": ProjectFile,
    "tables/*": TableFile,
    "checks/bases": BaseFile,
    "checks/*": EquationFile,
    **{
        f"checks/words/{name}": WordingFile
        for name in ("years", "residue", "punctuation", "topics", "tables", "listed")
    },
    "checks/words/purposes": PurposeFile,
    "checks/words/item_names": RenamedFile,
    "checks/words/guide": GuideFile,
    "profiles/*": ProfileFile,
}
"""Where each kind of file lies under patterns/, without .yaml, and its type; `*` stands for any name."""
