"""The forms of English words by rule: a verb's five, a noun's two. What no rule makes is listed."""

from __future__ import annotations

import re

_VOWELS = "aeiou"
# Verbs whose past tense or participle no rule makes: lemma, past, participle (left out where it equals the past).
_IRREGULAR = """
be-was-been bear-bore-borne beat-beat-beaten become-became-become begin-began-begun bend-bent bet-bet bid-bid bind-bound bite-bit-bitten
bleed-bled blow-blew-blown break-broke-broken breed-bred bring-brought build-built burst-burst buy-bought cast-cast catch-caught
choose-chose-chosen cling-clung come-came-come cost-cost creep-crept cut-cut deal-dealt dig-dug do-did-done draw-drew-drawn
drink-drank-drunk drive-drove-driven eat-ate-eaten fall-fell-fallen feed-fed feel-felt fight-fought find-found flee-fled fling-flung
fly-flew-flown forbid-forbade-forbidden forecast-forecast foresee-foresaw-foreseen forget-forgot-forgotten forgive-forgave-forgiven
freeze-froze-frozen get-got give-gave-given go-went-gone grind-ground grow-grew-grown hang-hung have-had hear-heard hide-hid-hidden
hit-hit hold-held hurt-hurt keep-kept know-knew-known lay-laid lead-led leave-left lend-lent let-let lie-lied light-lit lose-lost
make-made mean-meant meet-met mislead-misled overcome-overcame-overcome overtake-overtook-overtaken pay-paid put-put quit-quit read-read
rid-rid ride-rode-ridden ring-rang-rung rise-rose-risen run-ran-run say-said see-saw-seen seek-sought sell-sold send-sent set-set
shake-shook-shaken shed-shed shine-shone shoot-shot show-showed-shown shrink-shrank-shrunk shut-shut sing-sang-sung sink-sank-sunk sit-sat
sleep-slept slide-slid sling-slung slit-slit speak-spoke-spoken speed-sped spend-spent spin-spun spit-spat split-split spread-spread
spring-sprang-sprung stand-stood steal-stole-stolen stick-stuck sting-stung strike-struck strive-strove-striven swear-swore-sworn
sweep-swept swell-swelled-swollen swim-swam-swum swing-swung take-took-taken teach-taught tear-tore-torn tell-told think-thought
throw-threw-thrown thrust-thrust undergo-underwent-undergone understand-understood undertake-undertook-undertaken undo-undid-undone
upset-upset wake-woke-woken wear-wore-worn weave-wove-woven weep-wept win-won wind-wound withdraw-withdrew-withdrawn wring-wrung
write-wrote-written
"""
_PASTS = {lemma: tuple(dict.fromkeys(forms)) for lemma, *forms in (entry.split("-") for entry in _IRREGULAR.split())}
# Verbs of more than one syllable that are stressed on the last one, and so double their last letter.
_STRESSED = frozenset(
    "abet admit allot annul combat commit compel concur confer control defer deter dispel embed emit enrol equip excel expel forget impel "
    "incur infer omit outbid patrol permit prefer propel rebel rebut recur refer regret repel submit transfer transmit unwrap upset".split()
)
_PLURALS = {"child": "children", "foot": "feet", "man": "men", "mouse": "mice", "person": "people", "tooth": "teeth", "woman": "women"}
_F_TO_VES = frozenset("calf half hoof knife leaf life loaf self shelf thief wife wolf".split())


def verb_forms(lemma: str) -> tuple[str, ...]:
    """A verb's lemma, third person, past, participle and -ing form, each once, in both spellings where there are two (labeled, labelled).

    Words after the verb ("point out") stay as they are.
    """
    verb, blank, rest = lemma.partition(" ")
    third = {"be": "is", "have": "has"}.get(verb) or _with_s(verb)
    made = [form for stem in _stems(verb) for form in (*(_PASTS.get(verb) or (_past(stem),)), _ing(stem))]
    return tuple(dict.fromkeys(form + blank + rest for form in (verb, third, *made)))


def plural(noun: str) -> str:
    """The plural of a noun, or of the last word of a phrase ("press officer")."""
    before, blank, last = noun.rpartition(" ")
    return before + blank + _plural(last)


def _plural(noun: str) -> str:
    for singular in ("man", "woman", "person", "child"):  # also of compounds: spokeswoman, grandchild
        if noun.endswith(singular) and noun.lower() not in ("human", "german", "roman", "norman", "talisman"):
            return noun.removesuffix(singular) + _PLURALS[singular]
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun in _F_TO_VES:
        return re.sub(r"fe?$", "ves", noun)
    return noun[:-2] + "es" if noun.endswith("sis") else _with_s(noun)


def _with_s(word: str) -> str:
    if re.search(r"(?:[sxz]|[cs]h)$", word) or word in ("do", "go", "echo", "hero", "veto"):
        return word + ("zes" if word == "quiz" else "es")
    return word[:-1] + "ies" if word.endswith("y") and word[-2:-1] not in _VOWELS else word + "s"


def _stems(verb: str) -> tuple[str, ...]:
    """The verb as -ed and -ing are put to it: its last letter once or twice, or both ways where American and British spelling differ."""
    if verb.endswith("el") and len(verb) > 4 and verb[-3] not in _VOWELS and verb not in _STRESSED:
        return (verb, verb + "l")
    short = re.fullmatch(r"(?:qu|[^aeiou])*[aeiou][^aeiouwxy]", verb)
    return (verb + verb[-1],) if short or verb in _STRESSED else (verb,)


def _past(stem: str) -> str:
    if stem.endswith("e"):
        return stem + "d"
    return stem[:-1] + "ied" if stem.endswith("y") and stem[-2:-1] not in _VOWELS else stem + "ed"


def _ing(stem: str) -> str:
    if stem.endswith("ie"):
        return stem[:-2] + "ying"
    return (stem[:-1] if stem.endswith("e") and not stem.endswith(("ee", "oe", "ye")) and stem != "be" else stem) + "ing"
