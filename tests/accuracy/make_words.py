"""Makes the list of English words that spelling is checked against, from the word lists of SCOWL and the frequencies of tagged text.

`python -m tests.accuracy.make_words FOLDER [--size 70]`: FOLDER holds SCOWL's lists (english-words.10, american-words.20 …).
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

from edlint.text.wordlist import WORDS, pack

from .__main__ import DATA

_KINDS = re.compile(
    r"(?:english|(?:american|australian|british|british_z|canadian)(?:_variant_1)?|variant_[12])-(?:words|upper|contractions)\.(\d+)"
    r"|special-hacker\.(\d+)"
)
_WORD = re.compile(r"[a-z]{2,}")
# Words younger than the lists, short forms, and parts of phrases from Latin and French.
NEW = """
admin admins app apps async attache backend bio biofuel biofuels bios blockchain blog blogged blogger bloggers blogging blogs bona
carb carbs carte chaise chatbot chatbots chic cliche cliches comm comms config configs coronavirus coup coworker coworkers
coworking creme crowdfund crowdfunded crowdfunding cryptocurrencies cryptocurrency curriculum cybersecurity dataset datasets
deepfake deepfakes deja del dept designee designees disinformation dropdown ebook ebooks ecommerce email emailed emailing emails
emoji emojis en etre exec execs facie facto faire faux fiance fiancee fide fides forma frau frontend garde geek geeky genre
geolocation geospatial github gov grad grads hackathon hackathons hashtag hashtags haute hoc homeschool html influencer
influencers info infographic infographics inline ins intern intranet json kung laissez laude lifecycle lingua lite livestream
livestreamed livestreaming lockdown lockdowns loco locum mache magna malware mea media meme memes merch meta metadata microservice
microservices mise misinformation mockup mockups modus naive nee nilly nonprofit nonprofits nos nouveau oeuvre offline onboard
onboarded onboarding online opensource operandi papier parametrize parametrized pas pato paywall phishing pique plugin plugins
podcast podcaster podcasters podcasting podcasts post pre prepend prepended preprint preprints prima pro prof promo promos protege
qua quid raison ransomware refactor refactored refactoring rep repo repos reps resume roadmap roadmaps rogue saute savoir
screencast screenshot screenshots segue selfie selfies sic signup siloed siloing sine skillset skillsets smartphone smartphones
smartwatch spec specs spyware stakeholder stakeholders startup startups stat stats status streamable sub summa superspreader
tableau taskbar tech techie techies temp temps timeline timelines timestamp timestamps todo todos toolkit toolkits tooltip
tooltips tortilla touchscreen uber une unfollow unfollowed username usernames utils vape vaped vapes vaping vax vaxxed vegan vegie
versa vis viva vivre vlog vlogger vlogs voce walkthrough webcam webinar webinars webpage webpages website websites wellbeing
whiteboard whitelist wifi wiki wikis workflow workflows workstream workstreams yaml
""".split()


def main(arguments: list[str] | None = None) -> int:
    """Write the file of words, and say how many it holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, default=70, help="the largest size of SCOWL's lists to suggest words from")
    parser.add_argument("--accepted", type=int, default=80, help="the largest size of those whose words are accepted")
    parser.add_argument("--output", type=Path, default=WORDS)
    given = parser.parse_args(arguments)
    accepted = dict(sorted(_listed(given.folder, given.accepted), key=lambda pair: -pair[1]))
    sizes = {word: size for word, size in accepted.items() if size <= given.size}
    sizes |= {word: 50 for word in NEW if word not in sizes}
    seen = _seen()
    words = sorted(sizes, key=lambda word: (min(sizes[word], 35 if seen[word] else 99), -seen[word], word))
    given.output.write_bytes(pack(words, accepted))
    print(f"{len(words)} words, {len(accepted)} accepted, {given.output.stat().st_size} bytes")
    return 0


def _listed(folder: Path, largest: int) -> Iterator[tuple[str, int]]:
    """The words in small letters with the size of the list they stand in. Possessives are made by rule, not listed."""
    for path in sorted(folder.iterdir()):
        kind = _KINDS.fullmatch(path.name)
        if kind is None:
            continue
        size = int(kind[1] or kind[2])
        if size <= largest:
            for line in path.read_text(encoding="utf-8").splitlines():
                plain = normalize("NFD", line).encode("ascii", "ignore").decode()
                if _WORD.fullmatch(plain):
                    yield plain, size


def _seen() -> Counter[str]:
    """How often words in small letters stand in the tagged text."""
    with gzip.open(DATA / "ud" / "train.tsv.gz", "rt", encoding="utf-8") as lines:
        rows = (line.split("\t", 1)[0] for line in lines if line.strip() and not line.startswith("#"))
        return Counter(word for word in rows if _WORD.fullmatch(word))


if __name__ == "__main__":
    raise SystemExit(main())
