"""The engine: which text to ask about, whom, and what the answers mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from edlint.errors import EngineError
from edlint.grammar.base import SENT, Engine, Notify, Remark, Slice
from edlint.grammar.languagetool import answer, client, install, server
from edlint.grammar.languagetool.client import Address
from edlint.grammar.remark_cache import RemarkCache
from edlint.model.config import GrammarConfig

PIECE = 20_000  # code points of text in one request
SECONDS_PER_PIECE = 40.0  # what a full piece may take beyond the configured timeout
TOGETHER = 3  # requests at a time
SILENT = 3  # drafts in a row without an answer after which the server is not asked again


def make(config: GrammarConfig, say: Notify) -> Engine:
    """The engine for a server that the configuration names, or for the local one. Starts nothing yet. Raises EngineError."""
    if not config.server:
        return LanguageTool(config, _Local(config.language))
    if config.remote and not config.allow_remote:
        raise EngineError(f"{config.host} is another machine", hint="--allow-remote sends it the text of drafts")
    if config.remote:
        say(f"{SENT} {config.host}, to check their grammar")
    return LanguageTool(config, _Named(client.parse_address(config.server)))


class LanguageTool:
    """LanguageTool behind one server, with what it said earlier remembered on disk."""

    name = "languagetool"

    def __init__(self, config: GrammarConfig, host: _Named | _Local) -> None:
        self._config, self._host = config, host
        self._store = RemarkCache("languagetool")
        self._silent = 0  # drafts in a row for which the server gave no answer

    def check(self, text: str, slices: Sequence[Slice]) -> Sequence[Remark]:
        """See Engine.check. The server is asked for all it knows, and only about the pieces it was not asked about before.

        A server that gave no answer for several drafts in a row is not asked about others: each would wait as long again.
        """
        if self._silent >= SILENT:
            raise EngineError(f"LanguageTool was not asked again, since it did not answer for {SILENT} drafts")
        try:
            found = self._check(text)
        except (client.UnreachableError, client.TooLateError):
            self._silent += 1
            raise
        self._silent = 0
        return found

    def _check(self, text: str) -> Sequence[Remark]:
        version, language = self._host.version, self._config.language
        context = (self._config.server, version, language)  # what a server calls itself proves nothing: it speaks for itself alone
        pieces = list(_pieces(text))
        said = self._store.get(context, [piece for _, piece in pieces]) if version else {}
        new = list(dict.fromkeys(piece for _, piece in pieces if piece not in said))
        fresh = dict(zip(new, self._ask([{"language": language, "text": piece} for piece in new]), strict=True))
        if version:
            self._store.put(context, fresh)
        said |= fresh
        return sorted(r._replace(start=r.start + at, end=r.end + at) for at, piece in pieces for r in said[piece])

    def _ask(self, forms: Sequence[dict[str, str]]) -> Iterable[list[Remark]]:
        """The remarks for each form, a few requests at a time."""
        if not forms:
            return []
        try:
            return self._ask_at(self._host.address(), forms)
        except client.UnreachableError:  # a local server may have gone away a moment ago, and is started again
            return self._ask_at(self._host.address(), forms)

    def _ask_at(self, address: Address, forms: Sequence[dict[str, str]]) -> list[list[Remark]]:
        def one(form: dict[str, str]) -> list[Remark]:
            timeout = self._config.timeout + SECONDS_PER_PIECE * len(form["text"]) / PIECE
            return answer.remarks(client.check(address, form, timeout), form["text"])

        if len(forms) == 1:
            return [one(forms[0])]
        from concurrent.futures import ThreadPoolExecutor

        pool = ThreadPoolExecutor(TOGETHER)
        try:
            return list(pool.map(one, forms))
        finally:
            pool.shutdown(cancel_futures=True)  # after one has failed the others are not asked for


class _Named:
    """A server the configuration names."""

    def __init__(self, address: Address) -> None:
        self._address = address

    @cached_property
    def version(self) -> str:
        return client.version(self._address)

    def address(self) -> Address:
        return self._address


class _Local:
    """The local server, started when the first question comes and again when it has gone away since."""

    def __init__(self, language: str) -> None:
        self._install, self._language = install.find(), language

    @property
    def version(self) -> str:
        return self._install.version

    def address(self) -> Address:
        return server.start(self._install, self._language).address


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The text in pieces of at most PIECE code points, each with its start: cut after paragraphs, else lines, sentences or words."""
    at = 0
    while len(text) - at > PIECE:
        cuts = (text.rfind(mark, at + 1, at + PIECE - len(mark)) + len(mark) for mark in ("\n\n", "\n", ". ", " "))
        cut = next((c for c in cuts if c > at + len("\n\n")), at + PIECE)
        yield at, text[at:cut]
        at = cut
    if text[at:].strip():
        yield at, text[at:]
