"""The pictures in the documentation, made anew: `python -m tests.docs.pictures` (needs LibreOffice and poppler-utils)."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DRAFT = (
    ("title", "You Won’t Believe What the Council Did Next"),
    ("paragraph", "The council of Harlow met on Monday and voted on the new bridge, which is to open in the spring."),
    ("paragraph", "Critics say the plan was doomed from the start. The the mayor, Ana Ruiz, did not answer questions."),
    ("caption", "The old bridge at dawn, as seen from the north bank of the river."),
    ("paragraph", "Work begins in March, and the road will be closed at night."),
    ("caption", "The old bridge at dawn, as seen from the north bank of the river."),
)


def main() -> None:
    """Annotate a Word file, let LibreOffice print it, and keep the page as a picture."""
    sys.path.insert(0, str(ROOT / "tests" / "lib"))
    import manuscripts as ms

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "draft.docx").write_bytes(ms.saved(ms.styled(DRAFT)))
        command = [sys.executable, "-m", "edlint", "draft.docx", "--annotate", "remarks.docx", "--isolated", "--no-cache", "--exit-zero"]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        ms.soffice(folder, 'pdf:writer_pdf_Export:{"ExportNotesInMargin":{"type":"boolean","value":"true"}}', folder / "remarks.docx")
        target = ROOT / "docs" / "pictures" / "word-comments"
        size = ["-r", "80", "-singlefile", "-H", "480"]
        subprocess.run(["pdftoppm", *size, "-png", str(folder / "remarks.pdf"), str(target)], check=True, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
