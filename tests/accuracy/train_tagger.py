"""Makes the weights of the part-of-speech tagger: run `python -m tests.accuracy.train_tagger TRAIN.tsv.gz OUT.bin`.

A training file holds a token on each line (form, Penn tag, universal tag, 1 where a blank follows, tabs between), `# id<TAB>text` before
each sentence and an empty line after it. The same file gives the same weights, byte for byte.
"""

from __future__ import annotations

import gzip
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from pathlib import Path
from typing import NamedTuple

from edlint.text.tagger import LIMIT, pack
from edlint.text.tagger_features import Lexicon, Look, context, history

SEEDS = (1, 2)  # so many perceptrons see the examples in different orders; their mean is what is kept
EPOCHS = 8
DROP = 0.45  # the share of features hidden at each step, so that no tag hangs on one word alone
MARGIN = 6.0  # how far the right tag must lead
FREQUENT = 20  # a word seen so often takes only the tags it was seen with,
SHARE = 0.002  # and of these only what makes up such a share
SEEN = 2  # a feature seen less often is no feature
LIGHTEST = 1.25  # a weight is dropped that, times the root of how often its feature was seen, is lighter than this
STEP = 0.25  # weights are rounded to multiples of this

INTERJECTIONS = (
    "ah aha ahem alas aw duh eh er erm gee ha haha hah hey hm hmm huh hurray mhm mm oh oops ouch phew ugh uh um whoa wow yay yeah yep yikes"
)

# Verbs that are nouns too, though a treebank may not show it.
NOUNS_TOO = (
    "build catch climb cook count cover crawl cry cut dig dive drag draw drive drop find fit fix flow fly grab guess hang hire hit"
    " hold jump kick kill laugh leak lift meet melt mix paint pick pull push quit read rent repair replay reset restart retry reveal"
    " ride rise roll run search share shave shift shoot shut sign sit skip sleep slide smell spill spin split spread stand start stay"
    " steal step stop swap swim switch take talk taste throw touch try turn update upgrade wait walk wash watch win wish"
)

Sentence = list[tuple[str, str, bool]]


def read(path: Path) -> Iterator[tuple[str, Sentence]]:
    """The sentences of a file, each with its id: (form, tag, whether a blank follows)."""
    name, sentence = "", []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if len(fields) == 2 and line.startswith("# "):
                name = fields[0][2:]
            elif len(fields) == 4:
                sentence.append((fields[0], fields[1], fields[3] == "1"))
            elif sentence:
                yield name, sentence
                sentence = []
    if sentence:
        yield name, sentence


def hyphenated(sentence: Sentence) -> Sentence:
    """The sentence with the parts of hyphenated words joined, as `tokens` cuts them: the treebank has three, well|-|known.

    A joined word takes the tag of its last part; a participle or noun before a noun is an adjective then.
    """
    joined: Sentence = []
    for at, (form, tag, blank) in enumerate(sentence):
        before = joined[-1] if joined else ("", "", True)
        if joined and not before[2] and form[:1].isalnum() and before[0].endswith("-") and before[0][:1].isalnum():
            following = sentence[at + 1][1] if at + 1 < len(sentence) else ""
            lends = tag in ("VBN", "VBG", "NN", "CD") and following in ("NN", "NNS", "JJ")
            joined[-1] = (before[0] + form, "JJ" if lends else tag, blank)
        elif tag == "HYPH" and form == "-" and joined and not before[2] and not blank and before[0][:1].isalnum():
            joined[-1] = (before[0] + form, before[1], False)
        else:
            joined.append((form, tag, blank))
    return joined


def lexicon(sentences: Sequence[Sentence]) -> Lexicon:
    """What the words themselves say, counted."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for at, (form, tag, _) in enumerate(sentence):
            counts[Lexicon.key(form, at == 0)][tag] += 1
    nouns_too = frozenset(NOUNS_TOO.split())
    kinds = dict.fromkeys(INTERJECTIONS.split(), "UH")
    for word, seen in counts.items():
        if (whole := seen.total()) >= FREQUENT:
            found = [tag for tag, n in seen.most_common() if n >= SHARE * whole]
            kinds[word] = "/".join([*found, *(["NN"] if word in nouns_too and "NN" not in found else [])])
    family = {word: seen.most_common(1)[0][0] for word, seen in counts.items() if seen.total() >= 3}
    return Lexicon(sorted({tag for sentence in sentences for _, tag, _ in sentence}), kinds, family)


class Example(NamedTuple):
    """A sentence made ready: its looks, right tags, and for each word its features by number (none where only one tag is possible)."""

    looks: Sequence[Look]
    tags: list[str]
    features: list[list[int]]


class Trainer:
    """An averaged perceptron that wants a margin and sees a random part of the features each time."""

    def __init__(self, known: Lexicon, sentences: Sequence[Sentence], seed: int) -> None:
        self.lexicon, self.random = known, random.Random(seed)
        self.numbers: dict[str, int] = {}
        self.weights: dict[int, dict[str, float]] = defaultdict(dict)
        self.sums: dict[tuple[int, str], float] = defaultdict(float)
        self.changed: dict[tuple[int, str], int] = defaultdict(int)
        self.step = 0
        self.examples = self._examples(sentences)

    def _number(self, feature: str) -> int:
        return self.numbers.setdefault(feature, len(self.numbers))

    def _examples(self, sentences: Sequence[Sentence]) -> list[Example]:
        looked = [self.lexicon.looks([form for form, _, _ in sentence]) for sentence in sentences]
        open_words = [[at for at in range(len(looks) - 4) if len(looks[at + 2].choice) > 1] for looks in looked]
        seen = Counter(f for looks, ats in zip(looked, open_words, strict=True) for at in ats for f in context(looks, at))
        examples = []
        for sentence, looks, ats in zip(sentences, looked, open_words, strict=True):
            features: list[list[int]] = [[] for _ in sentence]
            for at in ats:
                features[at] = [self._number(f) for f in context(looks, at) if seen[f] >= SEEN]
            examples.append(Example(looks, [tag for _, tag, _ in sentence], features))
        return examples

    def epoch(self) -> float:
        """Go once through the examples in a new order; the share of wrong tags on the way."""
        self.random.shuffle(self.examples)
        return sum(map(self._learn, self.examples)) / sum(len(example.tags) for example in self.examples)

    def _learn(self, example: Example) -> int:
        """Tag a sentence and learn from each tag; the number of wrong ones."""
        last, before, wrong, chance = "<", "<<", 0, self.random.random
        for at, right in enumerate(example.tags):
            choice = example.looks[at + 2].choice
            best = choice[0]
            if len(choice) > 1:
                self.step += 1
                past = [self._number(f) for f in history(example.looks, at, last, before)]
                features = [f for f in (*example.features[at], *past) if chance() > DROP]
                best = self._update(features, choice, right)
            wrong += best != right
            last, before = best, last
        return wrong

    def _update(self, features: Sequence[int], choice: Sequence[str], right: str) -> str:
        """The best tag by the weights as they are; afterwards they favour the right one more, if its lead was too small."""
        scores = dict.fromkeys(choice, 0.0)
        for feature in features:
            row = self.weights.get(feature)
            if row:
                for tag, weight in row.items():
                    if tag in scores:
                        scores[tag] += weight
        best = max(choice, key=scores.__getitem__)
        lead = scores.pop(right, float("-inf"))
        rival = max(scores, key=scores.__getitem__)
        if lead - scores[rival] < MARGIN:
            for feature in features:
                self._add(feature, right, 1.0)
                self._add(feature, rival, -1.0)
        return best

    def _add(self, feature: int, tag: str, change: float) -> None:
        row, key = self.weights[feature], (feature, tag)
        weight = row.get(tag, 0.0)
        self.sums[key] += (self.step - self.changed[key]) * weight
        self.changed[key] = self.step
        row[tag] = weight + change

    def averages(self) -> dict[str, dict[str, float]]:
        """For each feature the mean of its weights over all steps."""
        names = {number: feature for feature, number in self.numbers.items()}
        means: dict[str, dict[str, float]] = {}
        for number, row in self.weights.items():
            for tag, weight in row.items():
                whole = self.sums[number, tag] + (self.step - self.changed[number, tag]) * weight
                means.setdefault(names[number], {})[tag] = whole / max(1, self.step)
        return means


def mean(members: Sequence[Mapping[str, Mapping[str, float]]]) -> dict[str, dict[str, float]]:
    """The mean of several perceptrons' weights."""
    sums: dict[str, dict[str, float]] = {}
    for member in members:
        for feature, row in member.items():
            summed = sums.setdefault(feature, {})
            for tag, weight in row.items():
                summed[tag] = summed.get(tag, 0.0) + weight / len(members)
    return sums


def frequencies(known: Lexicon, sentences: Sequence[Sentence]) -> Counter[str]:
    """How often each feature is seen where a tag is in doubt."""
    seen: Counter[str] = Counter()
    for sentence in sentences:
        looks = known.looks([form for form, _, _ in sentence])
        last, before = "<", "<<"
        for at, (_, tag, _) in enumerate(sentence):
            if len(looks[at + 2].choice) > 1:
                seen.update(context(looks, at))
                seen.update(history(looks, at, last, before))
            last, before = tag, last
    return seen


def rounded(weights: Mapping[str, Mapping[str, float]], seen: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """The weights as small whole numbers, without those that hardly ever make a difference."""
    kept: dict[str, dict[str, int]] = {}
    for feature, row in weights.items():
        least = max(STEP / 2, LIGHTEST / sqrt(max(1, seen[feature])))
        heavy = {tag: max(-LIMIT, min(LIMIT, round(weight / STEP))) for tag, weight in row.items() if abs(weight) > least}
        if heavy:
            kept[feature] = heavy
    return kept


def train(source: Path, target: Path) -> None:
    """Read a treebank, write the weights."""
    began = time.process_time()
    plain = [sentence for _, sentence in read(source)]
    sentences = plain + [joined for sentence in plain if (joined := hyphenated(sentence)) != sentence]
    known, members = lexicon(sentences), []
    for seed in SEEDS:
        trainer = Trainer(known, sentences, seed)
        for number in range(EPOCHS):
            print(f"seed {seed}, epoch {number + 1}: {trainer.epoch():.4f} wrong, {time.process_time() - began:.0f} s", flush=True)
        members.append(trainer.averages())
    target.write_bytes(pack(known, rounded(mean(members), frequencies(known, plain))))
    print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    train(Path(sys.argv[1]), Path(sys.argv[2]))
