"""Whether this process may take the memory that reading needs at the very least (地址空间)."""

from __future__ import annotations

from jsextract.errors import OutOfMemory
from jsextract.language.phrase import phrase

LEAST_MB = 256
"""MiB of addresses: rules take 63, libraries with them 87, a plain document 110; threads and a worker the rest."""


def require_room() -> None:
    """Does nothing where the system limits no addresses (Windows), or leaves enough of them.

    Compiling patterns where memory runs out in the midst never ends: the compiler tries again and again.

    Raises:
        OutOfMemory: if `ulimit -v` leaves too few.
    """
    try:
        import resource
    except ImportError:
        return
    size = resource.getrlimit(resource.RLIMIT_AS)[0]
    if size != resource.RLIM_INFINITY and size >> 20 < LEAST_MB:
        raise OutOfMemory(
            phrase("The system allows this program {number} MiB of memory.", number=size >> 20),
            phrase("Allow at least {number} MiB; see ulimit -v.", number=LEAST_MB),
        )
