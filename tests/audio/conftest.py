"""The clips of this folder's tests, made once."""

from __future__ import annotations

import pytest

from tests.audio.clips import clips


@pytest.fixture(scope="session")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return clips(tmp_path_factory.mktemp("clips"))
