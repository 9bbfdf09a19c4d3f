"""A chat endpoint, and a reader behind it that has passed its examination."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakechat import Fake, fake_chat, pass_exam

from edlint.model.config import Config
from edlint.model.server import ReaderConfig


@pytest.fixture
def chat() -> Iterator[Fake]:
    with fake_chat() as fake:
        yield fake


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Caches and results of this test alone, and no key."""
    for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    for name in ("EDLINT_READER_KEY", "EDLINT_READER_HOST", "EDLINT_CACHE_DIR", "EDLINT_NO_CACHE", "EDLINT_ALLOW_REMOTE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def reader(chat: Fake) -> ReaderConfig:
    """A reader that has passed."""
    config = ReaderConfig(chat.url, "fake", timeout=5)
    pass_exam(config)
    return config


@pytest.fixture
def config(reader: ReaderConfig) -> Config:
    return Config(reader=reader, extends=("Claims", "Headlines", "Paste"))
