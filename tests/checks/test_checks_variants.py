"""The check type `variants`: one name, two ways to write it."""

from __future__ import annotations

import pytest

from edlint.linter import Linter
from edlint.session.fix import chosen
from edlint.text.span import edited

LINTER = Linter(select=["Names"])


def found(text: str, path: str = "draft.md") -> list[tuple[str, str]]:
    return [(f.rule.partition(".")[2], f.match) for f in LINTER.lint_text(text, path).findings]


def fixed(text: str) -> str:
    findings = LINTER.lint_text(text).findings
    return edited(text, (edit for _, fix in chosen(findings, unsafe=True) for edit in fix.edits))


def test_the_rarer_form_is_reported_with_the_usual_one_as_an_unsafe_fix() -> None:
    (finding,) = LINTER.lint_text("He left Al-Qaeda. Men of Al-Qaeda came. Then Al Qaeda fell.").findings
    assert finding.match == "Al Qaeda"
    assert "'Al-Qaeda'" in finding.message and "2 of 3" in finding.message
    assert (finding.fixes[0].edits[0].text, finding.fixes[0].safety) == ("Al-Qaeda", "unsafe")
    assert len(finding.related) == 1


def test_one_inconsistency_is_one_finding_with_all_its_places() -> None:
    text = "The USA won. " + "The US paid, and the US left. " * 5 + "Then the USA lost, and the USA went."
    (finding,) = LINTER.lint_text(text).findings
    assert text[slice(*finding.span)] == "USA"
    assert finding.span.start == text.index("USA")
    assert [text[slice(*related.span)] for related in finding.related] == ["US", "USA", "USA"]
    assert [related.same for related in finding.related] == [False, True, True]
    assert [fix.safety for fix in finding.fixes] == ["unsafe"]
    assert len(finding.fixes[0].edits) == 3
    assert "USA" not in fixed(text)


def test_three_forms_are_one_inconsistency() -> None:
    (finding,) = LINTER.lint_text("The US won. The US paid. The U.S. left. The USA lost.").findings
    assert finding.message == "'US' is the usual form here, not 'U.S.', 'USA' (2 of 4 times)."
    assert len(finding.fixes[0].edits) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The US won, and the US paid. The U.S. left; the U.S. lost.", "'US' (2) and 'U.S.' (2)"),
        ("The U.K. agreed. The UK paid.", "'U.K.' (1) and 'UK' (1)"),
        ("Men of Al-Qaeda came. Then Al Qaeda fell.", "'Al-Qaeda' (1) and 'Al Qaeda' (1)"),
        ("It rained in D.C. on Monday and in DC on Tuesday.", "'D.C.' (1) and 'DC' (1)"),
        ("The US won. The USA paid. The U.S. left. The USA lost, and the US sang.", "'US' (2), 'USA' (2) and 'U.S.' (1)"),
        ("He joined the U.N. in May. She left the UN in June.", "'U.N.' (1) and 'UN' (1)"),
        ("The town is in the E.U. today. It joined the EU late.", "'E.U.' (1) and 'EU' (1)"),
        ("The team flew to L.A. by night. It left LA by day.", "'L.A.' (1) and 'LA' (1)"),
        ("The USA sent food. The US sent tents.", "'USA' (1) and 'US' (1)"),
        ("The village of Kfar-Yona slept. Nobody in Kfar Yona woke.", "'Kfar-Yona' (1) and 'Kfar Yona' (1)"),
    ],
)
def test_a_tie_has_no_usual_form_and_says_the_counts(text: str, said: str) -> None:
    (finding,) = LINTER.lint_text(text).findings
    assert finding.message == f"No form is the usual one here: {said}. Choose one."
    assert finding.fix(unsafe=True) is None


def test_where_a_tie_is_reported_the_first_form_is_not() -> None:
    text = "The US won, and the US paid. The U.S. left; the U.S. lost."
    (finding,) = LINTER.lint_text(text).findings
    assert finding.span.start == text.index("U.S.")


CITED = [
    'The U.S. paid. The U.S. left. "The USA can pay," he said.',
    "The U.S. paid. The U.S. left. She read *A Home in the USA* at night.",
    "The U.S. paid. The U.S. left. She read “Why the USA Pays” at night.",
    "The U.S. paid. The U.S. left.\n\n## References\n\n1. Galt, B. Care in the USA. Rome, 1999.\n2. Holm, C. Care in the USA.",
    "The U.S. paid. The U.S. left.\n\n## Works cited\n\nHealth in the USA, a report.\n\n### Books\n\nRoads of the USA, a book.",
    "The U.S. paid. The U.S. left.\n\nGalt, B. Care in the USA. Journal of Roads, 2020.",
    "The U.S. paid. The U.S. left. See [Care in the USA](https://example.org/care).",
    "The U.S. paid. The U.S. left.\n\n> The USA can pay, the letter said.",
    "The U.S. paid. The U.S. left. USA Today said so, and so did Team USA.",
    "The U.S. paid. The U.S. left. US Airways and US Foods did not.",
    "The US paid. The US left. U.S. Steel closed a mill.",
    "The US paid. The US left. The ticket was U.S. $40.",
    "The U.S. paid. The U.S. left. Write to Ana Li, Main Street, Springfield, USA.",
    "The U.S. paid. The U.S. left. Send it to Garden Grove, CA 92842 USA by May.",
    "The men of Al-Qaeda left. Al-Qaeda said so.\n\n# Bibliography\n\nThe Roots of Al Qaeda. Cairo, 2004.",
]


@pytest.mark.parametrize("text", CITED)
def test_firms_titles_of_works_and_quotations_keep_their_spelling(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. paid. The U.S. left.\n\n## Sources of money\n\nThe USA lent some.",
        "The U.S. paid. The U.S. left.\n\n## References\n\nCare, 1999.\n\n## What comes next\n\nThe USA lent some.",
        "The U.S. paid. The U.S. left. The [law of the USA](https://example.org) says so.",
        "The U.S. paid. The U.S. left. The US Army stayed.",
    ],
)
def test_the_words_of_the_author_beside_them_do_not(text: str) -> None:
    assert [rule for rule, _ in found(text)] == ["Marks"]


def test_stops_in_initials() -> None:
    assert found("The U.S. agreed. Then the U.S. paid, and the US left.") == [("Marks", "US")]


def test_a_letter_only_beside_the_same_words() -> None:
    assert found("Mr Nguyen spoke. Then Mr Nguyen left. Mr Nguyan stayed.") == [("Letters", "Nguyan")]
    assert found("Bo Hansen spoke. Then Bo Hansen left. Al Hanson stayed.") == []


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("Karl Nilsen warned. Nilsen said so.\n\nNilson and his team stayed.", "Nilson"),
        ("Anna Hansen won. Hansen is 20. On Friday Hanson said she was tired.", "Hanson"),
        ("Ole Petersen paid. Petersen left. Ole Peterson came back.", "Peterson"),
        ("The mayor, Ida Hoffmann, agreed. Hoffmann signed. Later Hoffman took it back.", "Hoffman"),
        ("Eva Erikson sings. Erikson wrote a song. The song made Ericson rich.", "Ericson"),
        ("Tom Phillips came first. Phillips was glad. The cup went to Philips.", "Philips"),
        ("Dr Jon Reiner spoke. Reiner left. The board had asked Riener to stay.", "Riener"),
        ("Senator Andersen voted. Senator Anderson said no.", "Anderson"),
        ("Lars J. Jensen fell ill. Jensen is 80. Jenson’s wife called a doctor.", "Jenson"),
        ("Kristen Walder draws. The book of Kristin Walder is out.", "Kristin"),
        ("Ms Kvale sued. Ms Kwale lost, the court said, and Ms Kvale paid.", "Kwale"),
        ("Anne Macdonald trained. Macdonald left. Anne McDonald came back.", "McDonald"),
        ("Ian MacKenzie paid. MacKenzie left. Ian McKenzie came back.", "McKenzie"),
        ("Per Lindgren sailed north. Lindgren took his dog. At sea Lindgran fell ill.", "Lindgran"),
    ],
)
def test_a_surname_that_is_spelt_in_two_ways(text: str, match: str) -> None:
    assert found(text) == [("Letters", match)]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Hansen and Per Hanson met. Hansen spoke; Hanson listened.",
        "Mr Hansen and Ms Hanson met. Mr Hansen spoke; Ms Hanson listened.",
        "Per Hanson left. Anna Hansen stayed.",
        "Anne Macdonald trained. Macdonald ate at McDonald's, and McDonald's paid.",
        "Anne Macdonald trained. Rob McDonald left. McDonald paid; Macdonald did not.",
        "Will Hanson left. Anna Hansen stayed, and Hansen slept.",
        "Anna Hansen grew up in Hanson. Hansen left at ten.",
        "Anna Hansen comes from Hanson, Kentucky. Hansen left at ten.",
        "Anna Hansen lives on Hanson Street. Hansen likes it.",
        "The Hansens met. Anna Hansen spoke, and the Hansens’ dog barked at Hansen’s cat.",
        "Anna Hansen spoke. Hansen’s dog barked.",
        "Anna Hansen (not Hanson) spoke.",
        "Mary Colmer (pronounced Calmer) spoke. Colmer sat down.",
        "Jo Bettor spoke. Bettor sat down. Better wages came.",
        "Ann Marten keeps birds. Marten has a marten, and a martin nests there. Martin is its name.",
        "Korea and Korean firms were named, Korea first.",
        "Anna Hansen spoke. Hanson Foods, a firm, paid. Hansen thanked it.",
        'Anna Hansen spoke. Hansen sat down. "Hanson is my name," a boy said.',
        "Austria met Australia. Austria won; Australia lost.",
        "Three rivers meet. There they part.",
    ],
)
def test_silence_on_different_persons_places_plurals_and_ordinary_words(text: str) -> None:
    assert found(text) == []


def test_with_and_without_the_article() -> None:
    text = "He left for ISIS-K. The money of ISIS-K is gone, and ISIS-K said so. It fell to the ISIS-K."
    assert found(text) == [("Article", "the ISIS-K")]


@pytest.mark.parametrize(
    "text",
    [
        "DNS is old. DNS is slow. Mail relies on DNS. First check that the DNS is right.",
        "The DNS is old. The DNS is slow. The DNS failed. DNS servers fail.",
        "HTML is old. Pages are in HTML. HTML is easy. Look at the HTML.",
        "PII is data. Keep PII safe. We hold PII. Why does an agency need the PII?",
        "The API is new. The API is slow. The API failed. Calls to API hosts fail.",
        "The NATO base is large. NATO is old, NATO was strong, and he left for NATO.",
        "The EU agreed. The EU paid. The EU left. EU rules hold, said EU envoys.",
        "FDA, EPA and USDA agreed. EPA said so. EPA wrote a rule. EPA asked. He asked the EPA, FDA and USDA.",
        "The WHO and FAO agreed. FAO said so. The FAO and WHO wrote. FAO asked, and FAO paid.",
        "RNA is long. RNA is made there. RNA breaks. The RNA is read.",
        "DevOps is new. The MVP came. MVP is a word. MVP was made. MVP had a launch.",
    ],
)
def test_an_article_that_grammar_explains_is_no_inconsistency(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("USA and Taliban can talk. The US won, and the US paid.", "The US and Taliban can talk. The US won, and the US paid."),
        ("The US won, and the US paid. They left USA.", "The US won, and the US paid. They left the US."),
        ("The US won, and the US paid. They left the USA.", "The US won, and the US paid. They left the US."),
        ("US troops won. US money paid. USA troops left.", "US troops won. US money paid. US troops left."),
        (
            "EU agreed. The EU said so. The EU paid. He knew the EU.",
            "The EU agreed. The EU said so. The EU paid. He knew the EU.",
        ),
    ],
)
def test_a_fix_keeps_the_article_and_the_capital_of_a_sentence(text: str, after: str) -> None:
    assert fixed(text) == after


@pytest.mark.parametrize(
    "text",
    [
        "Anna-Lena came with Anna Maria and Lena.",
        "At 5 P.M. the PM spoke.",
        "The US won.",
        "",
        "- - -",
    ],
)
def test_silence(text: str) -> None:
    assert found(text) == []


def test_long_drafts_take_linear_time() -> None:
    assert len(found("Men of Al-Qaeda came. " * 3000 + "Al Qaeda fell.")) == 1
