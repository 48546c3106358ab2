"""Second opinions: tables whose first reading is in doubt are read again by others, and the best reading is kept."""

from jsextract.tables.arbitration.arbiter import Arbitrated, second_opinions
from jsextract.tables.arbitration.verdict import Judge, Verdict

__all__ = ["Arbitrated", "Judge", "Verdict", "second_opinions"]
