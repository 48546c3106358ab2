"""For all tests."""

from __future__ import annotations

from hypothesis import settings

# How long one example takes says how busy the machine is; what must be quick is measured in tests and bench/ of its own.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")
