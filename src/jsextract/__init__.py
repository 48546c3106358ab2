"""Published Chinese final accounts (部门决算) from PDF to a dataset that checks itself."""

from jsextract._version import __version__

__all__ = ["__version__"]
