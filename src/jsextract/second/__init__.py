"""Second opinions: tables whose first reading is in doubt are read again by others, and the best reading is kept."""

from jsextract.second.opinions import Heard, second_opinions
from jsextract.second.origin import with_origins
from jsextract.second.verdict import Judge, Verdict

__all__ = ["Heard", "Judge", "Verdict", "second_opinions", "with_origins"]
