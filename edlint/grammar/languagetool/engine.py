"""The engine: which text to ask about, whom, and what the answers of /v2/check mean."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from edlint.errors import EngineError
from edlint.exchange import Address
from edlint.grammar.base import SENT, Engine, Notify, Remark, Slice
from edlint.grammar.languagetool import client, install, server
from edlint.grammar.remark_cache import RemarkCache
from edlint.model.config import GrammarConfig
from edlint.text.lazy import lazy

MAX_REPLACEMENTS = 5
MAX_STRING = 5_000  # code points of a message, a name or a replacement
_ODD = lazy("[^A-Za-z0-9]+")
MAX_PIECE = 20_000  # code points of text in one request
SECONDS_PER_PIECE = 40.0  # what a full piece may take beyond the configured timeout
PARALLEL_REQUESTS = 3  # requests at a time
MAX_UNANSWERED = 3  # drafts in a row without an answer after which the server is not asked again


class Utf16:
    """Turns offsets in UTF-16 units, which LanguageTool counts, into code points of `text`."""

    def __init__(self, text: str) -> None:
        astral = () if text.isascii() else (at for at, char in enumerate(text) if char > "\uffff")
        self._pairs = [at + number for number, at in enumerate(astral)]  # where, in units, each surrogate pair begins
        self.length = len(text) + len(self._pairs)

    def start(self, unit: int) -> int:
        """The code point at a unit."""
        return unit - bisect_left(self._pairs, unit)

    def end(self, unit: int) -> int:
        """The code point after the one that ends at a unit; in the middle of a pair, after the whole of it."""
        return unit - bisect_left(self._pairs, unit - 1)


def remarks(answer: Any, text: str) -> list[Remark]:
    """The remarks in the answer to `text`; names of rules are of letters, digits and underscores.

    Raises EngineError when that is no answer, none to this text, or one that the server did not finish.
    """
    units = Utf16(text)
    try:
        software, language, matches = answer["software"], answer["language"], answer["matches"]
        if software["name"] != "LanguageTool" or type(software["apiVersion"]) is not int or type(matches) is not list:
            raise ValueError
        _text(language["code"])
        if len(matches) > max(units.length, 1):  # more than one for each letter
            raise ValueError
        unfinished = answer.get("warnings", {}).get("incompleteResults", False)
        found = [_remark(match, units) for match in matches]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise EngineError("the answer is not LanguageTool's", hint="is another server listening there?") from None
    if unfinished is not False:
        raise EngineError("LanguageTool did not finish reading the text", hint="is the server short of time or memory?")
    return found


def _remark(match: Any, units: Utf16) -> Remark:
    begin, length, rule = match["offset"], match["length"], match["rule"]
    if type(begin) is not int or type(length) is not int or not 0 <= begin <= begin + length <= units.length:
        raise ValueError
    replacements = tuple(_text(r["value"]) for r in match.get("replacements", ())[:MAX_REPLACEMENTS])
    groups = (_text(rule["category"]["id"]), _text(rule.get("issueType", "")))
    start = units.start(begin)
    end = units.end(begin + length) if length else start
    name = _ODD.sub("_", _text(rule["id"]))
    if not name:
        raise ValueError
    return Remark(start, end, name, _text(match["message"]), replacements, groups)


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > MAX_STRING:
        raise ValueError
    return value.encode("utf-8", "replace").decode()  # half a surrogate pair could be written to no file


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
        if self._silent >= MAX_UNANSWERED:
            raise EngineError(f"LanguageTool was not asked again, since it did not answer for {MAX_UNANSWERED} drafts")
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
            timeout = self._config.timeout + SECONDS_PER_PIECE * len(form["text"]) / MAX_PIECE
            return remarks(client.check(address, form, timeout), form["text"])

        if len(forms) == 1:
            return [one(forms[0])]
        from concurrent.futures import ThreadPoolExecutor

        pool = ThreadPoolExecutor(PARALLEL_REQUESTS)
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
    """The text in pieces of at most MAX_PIECE code points, each with its start: cut after paragraphs, else lines, sentences or words."""
    at = 0
    while len(text) - at > MAX_PIECE:
        cuts = (text.rfind(mark, at + 1, at + MAX_PIECE - len(mark)) + len(mark) for mark in ("\n\n", "\n", ". ", " "))
        cut = next((c for c in cuts if c > at + len("\n\n")), at + MAX_PIECE)
        yield at, text[at:cut]
        at = cut
    if text[at:].strip():
        yield at, text[at:]
