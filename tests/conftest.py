"""For all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from jsextract.language import chosen

# How long one example takes says how busy the machine is; what must be quick is measured in tests and bench/ of its own.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What was recognised on pages before is not the tests' to read, nor what they see the user's."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Each test begins in English, whatever language one before it put in force."""
    chosen.use("en")
    yield
    chosen.use("en")
