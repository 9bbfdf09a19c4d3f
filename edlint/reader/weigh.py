"""How the reader's word counts beside that of the rules. It can lift a finding to its rule's level, lower one to a suggestion, and add
suggestions: never an error, never a fix, and nothing outside its packs. What it says is pointed at in the draft or chosen from our words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from edlint.filters import Filter
from edlint.grammar import Engines
from edlint.grammar.query import EngineMessages
from edlint.matching.scope import select
from edlint.model.document import Document
from edlint.model.finding import Level
from edlint.model.match import Match
from edlint.model.rule import Rule
from edlint.model.server import ReaderConfig
from edlint.reader.guideline import FAULTS
from edlint.reader.question import CONTEXT, TOGETHER, Question, Verdict, find
from edlint.reader.reader import Reader
from edlint.text.ranges import Range

MOST_SENTENCES = 12  # of a paragraph in one question
LONGEST = 3_000  # code points of a sentence; a longer one is no sentence
_FEWEST = 4  # words of a paragraph that is worth a question


Places = tuple[tuple[int, Range], ...]


class Asked(NamedTuple):
    """A question about a draft, and where its sentences stand: the number of the block of each, and its range there."""

    question: Question
    places: Places


def weighing(
    config: ReaderConfig, engines: Engines, rules: Mapping[str, Rule], locked: Callable[[str], bool], messages: EngineMessages
) -> Filter:
    """The filter that weighs the reader's word in. `locked` says which rules nothing may silence."""

    def weigh(document: Document, matches: Sequence[Match]) -> Sequence[Match]:
        reader = Reader.of(config, engines)
        active = {kind: rules[name] for pack in config.packs for kind, name in FAULTS[pack].items() if name in rules and rules[name].level}
        packs = [pack for pack in config.packs if any(rule.pack == pack for rule in active.values())]
        asked = [item for pack in packs for item in questions(document, pack, [rule for rule in active.values() if rule.pack == pack])]
        if not asked:
            return matches
        reading = reader.read(document.source.path, [item.question for item in asked])
        messages.notices.extend(reading.notices)
        if reading.unread:
            (messages.faults if config.required else messages.notices).append(reading.unread)
        weighed = _Weighed(document, matches, config.model, locked)
        for item, answer in zip(asked, reading.answers, strict=True):
            for place, verdict in zip(item.places, answer or (), strict=False):
                if verdict:
                    weighed.take(item.question.pack, place, verdict, active)
        return weighed.matches

    return weigh


def questions(document: Document, pack: str, rules: Sequence[Rule]) -> Iterator[Asked]:
    """What there is to ask about a draft for some rules of a pack: its paragraphs one by one, or its headlines a few at a time."""
    numbers = sorted({number for rule in rules for number in select(rule.scope, document)})
    numbers = [number for number in numbers if not document.blocks[number].language]
    title = next((block.text[:LONGEST] for block in document.blocks if block.kind == "title"), "")
    if pack == "Headlines":
        places = [(n, (0, len(text))) for n in numbers if (text := document.blocks[n].text) and len(text) <= LONGEST]
        for at in range(0, len(places), TOGETHER):
            some = tuple(places[at : at + TOGETHER])
            yield Asked(Question(pack, "", "", _texts(document, some)), some)
        return
    before = -1
    for number in numbers:
        block = document.blocks[number]
        parts = any(other.kind in ("title", "heading") for other in document.blocks[before + 1 : number])
        told = "" if before < 0 or parts else document.blocks[before].text[-CONTEXT:]
        before = number
        sentences = [(number, place) for place in document.sentences(number) if place[1] - place[0] <= LONGEST]
        if len(block.text.split(None, _FEWEST)) < _FEWEST:
            continue
        for at in range(0, len(sentences), MOST_SENTENCES):
            some = tuple(sentences[at : at + MOST_SENTENCES])
            yield Asked(Question(pack, title, told, _texts(document, some)), some)
            end = some[-1][1][1]
            told = block.text[max(0, end - CONTEXT) : end]


def _texts(document: Document, places: Places) -> tuple[str, ...]:
    return tuple(document.blocks[number].text[slice(*place)] for number, place in places)


class _Weighed:
    """The matches in a document, with the reader's word weighed in sentence by sentence."""

    def __init__(self, document: Document, matches: Sequence[Match], model: str, locked: Callable[[str], bool]) -> None:
        self.matches = list(matches)
        self._document, self._model, self._locked = document, model, locked
        self._at: dict[str, list[tuple[int, int]]] = {}
        for at, match in enumerate(matches):
            if match.pack in FAULTS and match.rule.name in FAULTS[match.pack].values():
                self._at.setdefault(match.pack, []).append((match.span.start, at))

    def take(self, pack: str, place: tuple[int, Range], verdict: Verdict, active: Mapping[str, Rule]) -> None:
        """Weigh in the verdict on the sentence at a place."""
        number, (start, end) = place
        span = self._document.blocks[number].span(start, end)
        own = [at for begin, at in self._at.get(pack, ()) if span.start <= begin < span.end]
        fault = verdict.kind in FAULTS[pack]
        for at in own:
            match = self.matches[at]
            self.matches[at] = self._agreed(match) if fault else self._doubted(match, verdict)
        if fault and not own and verdict.kind in active:
            self.matches.append(self._alone(number, (start, end), verdict, active[verdict.kind]))

    def _agreed(self, match: Match) -> Match:
        """A match of the rules that the reader makes too: at its rule's level, but no error that it was not before."""
        level = match.severity if match.severity is Level.ERROR else Level.WARNING
        return match._replace(level=level, cues=(*match.cues, f"{self._model} says so too"))

    def _doubted(self, match: Match, verdict: Verdict) -> Match:
        """A match of the rules that the reader does not make: a suggestion with the reader's reason, unless its rule is locked."""
        if self._locked(match.rule.name):
            return match
        at = len(match.values) + 1
        why = {
            "sourced": f"%[{at}]s sees a source: “%[{at + 1}]s”." if verdict.source else f"%[{at}]s sees a source.",
            "not-claim": f"%[{at}]s sees nothing here that needs a source.",
            "sober": f"%[{at}]s finds it sober.",
        }[verdict.kind]
        template = f"{match.template or match.rule.message} But {why}"
        return match._replace(level=Level.SUGGESTION, template=template, values=(*match.values, self._model, verdict.source))

    def _alone(self, number: int, sentence: Range, verdict: Verdict, rule: Rule) -> Match:
        """What only the reader finds: a suggestion that says whose it is."""
        block, (start, end) = self._document.blocks[number], sentence
        at = start + find(verdict.words, block.text[start:end])
        words = block.text[at : at + len(verdict.words.strip())]
        template = f"{rule.message} Read by %[3]s; no cue of this rule says so."
        shown = " ".join(words.split())
        found = Match(block.span(at, at + len(words)), words, (shown, f"“{shown}”", self._model), template=template, level=Level.SUGGESTION)
        return found.of(rule)
