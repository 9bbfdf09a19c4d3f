from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakelanguagetool import Fake, fake_server
from support import cache_with_rules


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "run").mkdir()
    monkeypatch.setenv("EDLINT_CACHE_DIR", str(cache_with_rules(tmp_path / "cache")))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    monkeypatch.setenv("LTP_PATH", str(tmp_path / "downloads"))
    monkeypatch.delenv("LTP_JAR_DIR_PATH", raising=False)


@pytest.fixture
def fake() -> Iterator[Fake]:
    with fake_server() as server:
        yield server
