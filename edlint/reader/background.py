"""Questions about drafts that are open: asked one by one in a thread of their own, the last draft first, none for a text that is gone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Condition, Thread
from time import monotonic

from edlint.reader.question import Question

QUIET = 1.0  # seconds that a draft must be left alone before anything of it is asked


class Background:
    """Answers what is wanted for each draft; `later` is called with its path after each answer, in the thread of this.

    `ask` answers a question, and says whether it is worth going on.
    """

    def __init__(self, ask: Callable[[Question], bool], later: Callable[[str], None]) -> None:
        self._ask, self._later = ask, later
        self._wanted: dict[str, list[Question]] = {}
        self._changed: dict[str, float] = {}
        self._now: tuple[str, Question] | None = None  # what is being asked
        self._condition = Condition()
        self._thread: Thread | None = None

    def want(self, path: str, questions: Sequence[Question]) -> None:
        """Ask these questions about a draft, and no others about it any more."""
        with self._condition:
            before = self._wanted.pop(path, [])
            if questions:
                self._wanted[path] = list(questions)
            if not set(questions) <= {*before, *(self._now or ())[1:]}:
                self._changed[path] = monotonic()
            if questions and (self._thread is None or not self._thread.is_alive()):
                self._thread = Thread(target=self._work, daemon=True, name="second reader")
                self._thread.start()
            self._condition.notify()

    def waiting(self, path: str) -> bool:
        """Whether something about a draft is still to be asked or answered."""
        with self._condition:
            return path in self._wanted or (self._now is not None and self._now[0] == path)

    def _work(self) -> None:
        while True:
            path, question = self._next()
            worth = self._ask(question)
            with self._condition:
                self._now = None
                if not worth:
                    self._wanted.clear()
            self._later(path)

    def _next(self) -> tuple[str, Question]:
        """The next question, about the draft that changed last, once it has been left alone."""
        with self._condition:
            while True:
                path = max(self._wanted, key=lambda path: self._changed.get(path, 0.0), default="")
                left = self._changed.get(path, 0.0) + QUIET - monotonic() if path else None
                if path and left is not None and left <= 0:
                    question = self._wanted[path].pop(0)
                    if not self._wanted[path]:
                        del self._wanted[path]
                    self._now = path, question
                    return self._now
                self._condition.wait(left)
