"""The reader of one run: it remembers what it was told, keeps to its budgets, and gives up in time. It never raises."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from time import monotonic
from typing import NamedTuple

from edlint.errors import EngineError
from edlint.files.folders import cache_folder, drop_unused
from edlint.files.signing import read_signed, write_signed
from edlint.findings import digest
from edlint.grammar import Engines
from edlint.grammar.base import SENT, UNREAD
from edlint.model.server import ReaderConfig
from edlint.reader import exam, guideline
from edlint.reader.background import Background
from edlint.reader.client import AwayError, Chat, NonsenseError, SlowError
from edlint.reader.question import Question, Verdict, verdicts

MOST_FAILURES = 3  # questions in a row without a good answer after which a run asks no more
RETRY = 30.0  # seconds after which a server that was away is asked again, where drafts are open
_ALONE = "what it did not read is judged by edlint's rules alone"

Verdicts = tuple[Verdict | None, ...]


class Reading(NamedTuple):
    """What there is to a draft: the verdicts on each question, None where there are none, and what to tell the user."""

    answers: list[Verdicts | None]
    notices: tuple[str, ...] = ()
    unread: str = ""


class Reader:
    """One model behind one server, asked about one paragraph at a time, and about none twice."""

    def __init__(self, config: ReaderConfig, engines: Engines) -> None:
        self.config = config
        self.packs, self._unfit = exam.standing(config)
        self._engines = engines
        self._known: dict[str, Verdicts | None] = {}  # None: asked without a good answer
        self._left, self._asked = config.run_seconds, 0
        self._failures, self._fault, self._since = 0, "", 0.0
        self._wrote = False
        try:
            self._chat: Chat | None = Chat(config)
        except EngineError as fault:
            self._chat, self._unfit = None, str(fault)
        self._background = Background(self._ask, engines.later) if engines.later else None

    @classmethod
    def of(cls, config: ReaderConfig, engines: Engines) -> Reader:
        """The reader that all drafts of a run share."""
        if config not in engines.shared:
            engines.shared[config] = cls(config, engines)
        found = engines.shared[config]
        assert isinstance(found, Reader)
        return found

    def read(self, path: str, questions: Sequence[Question]) -> Reading:
        """The verdicts on the paragraphs of a draft: in a run all that the budgets allow, of an open draft those known by now."""
        if self._unfit and self._chat and self._background:  # it may have been examined while the draft was open
            self.packs, self._unfit = exam.standing(self.config)
        if self._chat is None or not self.packs:
            return Reading([None] * len(questions), unread=f"{UNREAD}: {self._unfit}")
        notices = (f"{SENT} {self.config.host}, to be read by {self.config.model}",) if self.config.remote else ()
        fit = [question for question in dict.fromkeys(questions) if question.pack in self.packs]
        missing = [question for question in fit if not self._recall(question)]
        if self._background:
            self._background.want(path, missing)
        else:
            self._fill(path, missing)
        answers = [self._known.get(self._key(question)) for question in questions]
        why = self._unfit or self._fault or ("" if self._background else self._why(fit))
        return Reading(answers, notices, f"{UNREAD}: {why}" if why else "")

    def forget(self, path: str) -> None:
        """Ask nothing more about a draft that is no longer open."""
        if self._background:
            self._background.want(path, ())

    def waiting(self, path: str) -> bool:
        """Whether more is to be said of an open draft."""
        return self._background is not None and not self._gone and self._background.waiting(path)

    def _why(self, questions: Sequence[Question]) -> str:
        """Why some questions have no answer, in words that are the same for all drafts."""
        states = [self._known.get(self._key(question), "budget") for question in questions]
        if "budget" in states:
            return f"it has used up its time or its questions (reader.draft_seconds, run_seconds, questions); {_ALONE}"
        return f"some answers of {self._chat} could not be used; {_ALONE}" if None in states else ""

    def _fill(self, path: str, missing: Sequence[Question]) -> None:
        """Ask the questions one after the other, as long as the budgets last; the last one may run over by its timeout."""
        end = monotonic() + min(self.config.draft_seconds, self._left)
        for number, question in enumerate(missing, 1):
            began = monotonic()
            spent = self.config.questions is not None and self._asked >= self.config.questions
            if spent or began >= end:
                return
            self._engines.tell(f"{path}: the second reader is at paragraph {number} of {len(missing)}")
            worth = self._ask(question)
            self._left -= monotonic() - began
            if not worth:
                return

    @property
    def _gone(self) -> bool:
        """Whether the server is not to be asked now."""
        return bool(self._fault) and not (self._background and monotonic() - self._since > RETRY)

    def _ask(self, question: Question) -> bool:
        """Ask a question and remember the answer; false where the server is not to be asked again."""
        key = self._key(question)
        if self._gone or self._chat is None or key in self._known:
            return not self._gone
        self._asked += 1
        try:
            text = self._chat.ask(question, self.config.timeout).text
            found = verdicts(question, text)
        except NonsenseError as fault:
            self._known[key] = None
            self._failed(EngineError(f"{self._chat}: {fault}"))
            return not self._fault
        except AwayError as fault:
            slow = isinstance(fault, SlowError)
            if slow and not self._background:
                self._known[key] = None  # in this run
            self._failed(fault, gone=not slow)
            return not self._fault
        self._failures, self._fault = 0, ""
        self._known[key] = found
        self._keep(key, text)
        return True

    def _failed(self, fault: EngineError, *, gone: bool = False) -> None:
        """Count a failure; give up after some in a row, or at once where nobody is there."""
        self._failures += 1
        if gone or self._failures >= MOST_FAILURES:
            self._fault, self._since = f"{fault}; {_ALONE}", monotonic()

    def _key(self, question: Question) -> str:
        return digest(repr((self.config.server, self.config.model, guideline.version(question.pack), question)))

    def _recall(self, question: Question) -> bool:
        """Whether the question was answered, or asked in vain, in this run or before."""
        key = self._key(question)
        if key not in self._known and (folder := cache_folder()) and (data := read_signed(folder / "reader" / f"{key}.json")):
            with suppress(ValueError, TypeError, NonsenseError):
                own, text = json.loads(data)
                self._known[key] = verdicts(question, text if own == key else "")
        return key in self._known

    def _keep(self, key: str, answer: str) -> None:
        """Remember an answer for later runs. Of the draft there is no more in it than words at fault and those that name a source."""
        if folder := cache_folder():
            write_signed(folder / "reader" / f"{key}.json", json.dumps((key, answer)).encode())
            if not self._wrote:
                self._wrote = True
                drop_unused(folder / "reader", "*.json")
