"""The files of a dataset, declared once; the CSV writer, datapackage.json and the codebook all follow from here."""

from __future__ import annotations

from jsextract.dataset.column import Resource
from jsextract.dataset.columns_accounts import ACCOUNTS
from jsextract.dataset.columns_cells import CELLS
from jsextract.dataset.columns_documents import DOCUMENTS
from jsextract.dataset.columns_facts import FACTS
from jsextract.dataset.columns_indicators import INDICATORS_SOURCE, INDICATORS_WIDE
from jsextract.dataset.columns_other import CHECKS, GLOSSARY, PROJECTS, SECTIONS

RESOURCES: tuple[Resource, ...] = (
    DOCUMENTS,
    ACCOUNTS,
    CELLS,
    FACTS,
    PROJECTS,
    CHECKS,
    SECTIONS,
    GLOSSARY,
    INDICATORS_WIDE,
    INDICATORS_SOURCE,
)
