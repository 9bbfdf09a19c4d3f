"""What the entry points of a format and of an engine name: values that say where the part is, so that it is imported when it is used."""

from edlint.formats import Format
from edlint.grammar import EngineHome

WIRE = Format("edlint_example.wire", (".wire",))
ARTICLES = EngineHome("edlint_example.articles", local=True)
