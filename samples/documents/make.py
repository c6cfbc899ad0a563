"""Makes the situation report beside this file, as PDF and as a Word document.

    python3 samples/documents/make.py [FOLDER]

The same bytes each time. Everything in the report is invented (samples/README.md).
"""

import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

TITLE = "Menaka region: Flash Update No. 3"
DATE = "Published: 6 November 2025"
TEXT = [
    (
        "Highlights",
        [
            "Armed men on motorcycles attacked the village of Inkalafan, in the commune of "
            "Tidermene, on Tuesday 4 November, killing at least nine people and burning the grain "
            "store, the mayor of Tidermene said. The village health worker counted 11 bodies. How "
            "many people are missing is not known.",
            "No group has claimed the attack. A spokesman of the Movement for the Defence of "
            "Azgarane denied that its fighters had been in the area, and accused the local branch of "
            "the Islamic State.",
        ],
    ),
    (
        "Displacement",
        [
            "Some 340 families have left Inkalafan and two neighbouring camps for Menaka town, "
            "according to the municipal registration desk. Partners could not verify this figure: "
            "the road has been closed since Wednesday.",
        ],
    ),
    (
        "Access",
        [
            "The governor announced that an armed escort would be provided from 10 November. Two "
            "relief organisations said they would not travel under escort.",
        ],
    ),
]
TABLE = [
    ("Place", "Killed", "Injured", "Source"),
    ("Inkalafan", "9 to 11", "4", "mayor, health worker"),
    ("Ikadewan", "0", "not known", "village chief"),
]
WIDTH = 88


def lines(text):
    """Words in lines of a page's width."""
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > WIDTH:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line


def pages():
    """Pages of placed words: size, left edge, height, text. The head and foot of each are no part of
    the report."""
    placed, y = [], 770
    placed.append((16, 60, y, TITLE))
    placed.append((10, 60, y - 24, DATE))
    y -= 60
    for heading, paragraphs in TEXT[:2]:
        placed.append((12, 60, y, heading))
        y -= 24
        for paragraph in paragraphs:
            for line in lines(paragraph):
                placed.append((10, 60, y, line))
                y -= 13
            y -= 13
    yield placed
    placed, y = [], 770
    for heading, paragraphs in TEXT[2:]:
        placed.append((12, 60, y, heading))
        y -= 24
        for paragraph in paragraphs:
            for line in lines(paragraph):
                placed.append((10, 60, y, line))
                y -= 13
    y -= 40
    for row in TABLE:
        for column, cell in enumerate(row):
            placed.append((10, 60 + 120 * column, y, cell))
        y -= 16
    yield placed


def pdf():
    """Objects in the order of their numbers, then the table of where they are."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({TITLE}) >>",
    ]
    kids = []
    all_pages = list(pages())
    for number, placed in enumerate(all_pages, 1):
        placed = [
            (8, 60, 815, "Coordination desk for Menaka"),
            *placed,
            (8, 500, 25, f"Page {number} of {len(all_pages)}"),
        ]
        words = "".join(
            f"/F1 {size} Tf 1 0 0 1 {x} {y} Tm ({escaped(text)}) Tj\n" for size, x, y, text in placed
        )
        content = f"BT\n{words}ET"
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R "
            f">> >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, table = "%PDF-1.4\n", "0000000000 65535 f \n"
    for number, thing in enumerate(objects, 1):
        table += f"{len(out):010} 00000 n \n"
        out += f"{number} 0 obj\n{thing}\nendobj\n"
    count = len(objects) + 1
    trailer = f"trailer << /Size {count} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return (out + f"xref\n0 {count}\n{table}{trailer}").encode("ascii")


def escaped(text):
    """A string of a PDF."""
    for mark in "\\()":
        text = text.replace(mark, "\\" + mark)
    return text


def paragraph(text, style=""):
    """A paragraph of a Word document."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{look}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def docx():
    """The parts that a word processor asks for, and no more; not packed, since packers differ."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    body = paragraph(TITLE, "Title") + paragraph(DATE)
    for heading, paragraphs in TEXT:
        body += paragraph(heading, "Heading1") + "".join(map(paragraph, paragraphs))
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in TABLE
    )
    body += f"<w:tbl>{rows}</w:tbl>"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return {
        "[Content_Types].xml": f'{head}<Types xmlns="{package}/content-types"><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{package}/relationships"><Relationship '
        f'Id="r1" Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{head}<w:document xmlns:w="{word}"><w:body>{body}</w:body>'
        "</w:document>",
    }


def main():
    """Writes both files."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    (folder / "menaka-flash-update.pdf").write_bytes(pdf())
    with zipfile.ZipFile(folder / "menaka-flash-update.docx", "w") as archive:
        for name, text in docx().items():
            part = zipfile.ZipInfo(name, (2025, 11, 6, 0, 0, 0))
            part.create_system = 0
            archive.writestr(part, text)


if __name__ == "__main__":
    main()
