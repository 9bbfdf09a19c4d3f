"""Where the slips of the op-ed lie that the project began with; the draft itself belongs to its author and is not in this repository."""

from __future__ import annotations

from typing import NamedTuple


class Slip(NamedTuple):
    """A slip: its line, its first column and the one after its last (1-based, code points), and of what kind it is."""

    line: int
    start: int
    end: int
    what: str

    def holds(self, line: int, start: int, end: int) -> bool:
        """Whether a range of a line touches the slip."""
        return line == self.line and start < self.end and self.start < end


SLIPS: tuple[Slip, ...] = (
    Slip(3, 187, 213, "a noun that wants a possessive"),
    Slip(3, 100, 115, "number of a pronoun"),
    Slip(7, 31, 43, "preposition after a verb"),
    Slip(9, 34, 49, "order of adjectives"),
    Slip(9, 278, 288, "article before a name"),
    Slip(30, 121, 131, "article before a name"),
    Slip(44, 85, 95, "article before a name"),
    Slip(45, 85, 95, "article before a name"),
    Slip(9, 241, 254, "said twice"),
    Slip(11, 114, 117, "a capital"),
    Slip(15, 69, 81, "verb for another"),
    Slip(19, 114, 126, "verb for another"),
    Slip(17, 1, 9, "comma after an opener"),
    Slip(19, 26, 44, "article missing"),
    Slip(20, 26, 44, "article missing"),
    Slip(19, 159, 165, "full stop missing"),
    Slip(20, 159, 165, "full stop missing"),
    Slip(44, 181, 186, "full stop missing"),
    Slip(45, 181, 186, "full stop missing"),
    Slip(22, 11, 18, "article"),
    Slip(22, 45, 52, "article missing"),
    Slip(24, 1, 13, "preposition"),
    Slip(24, 128, 138, "said twice"),
    Slip(30, 62, 81, "verb for another"),
    Slip(38, 100, 110, "preposition"),
    Slip(42, 93, 105, "verb for another"),
    Slip(44, 1, 49, "commas around a name"),
    Slip(45, 1, 49, "commas around a name"),
    Slip(49, 9, 16, "article before a name"),
    Slip(86, 67, 74, "article before a name"),
    Slip(88, 72, 79, "article before a name"),
    Slip(49, 80, 97, "set phrase"),
    Slip(55, 230, 239, "word for another"),
    Slip(57, 23, 101, "number"),
    Slip(59, 65, 86, "capitals of a name"),
    Slip(61, 19, 36, "clause after a noun"),
    Slip(63, 27, 38, "possessive after an article"),
    Slip(65, 75, 107, "construction"),
    # further ones, which the first list leaves out
    Slip(11, 132, 135, "a capital"),
    Slip(17, 36, 44, "name in two forms"),
    Slip(67, 228, 236, "name in two forms"),
    Slip(77, 144, 155, "preposition"),
    Slip(78, 144, 155, "preposition"),
    Slip(88, 1, 8, "no main clause"),
    Slip(40, 99, 102, "name in two forms"),
    Slip(40, 118, 121, "name in two forms"),
    Slip(49, 1, 4, "name in two forms"),
    Slip(51, 46, 49, "name in two forms"),
    Slip(55, 17, 20, "name in two forms"),
    Slip(55, 119, 122, "name in two forms"),
    Slip(71, 5, 8, "name in two forms"),
    Slip(71, 161, 164, "name in two forms"),
)
