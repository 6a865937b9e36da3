"""Sets pages with WeasyPrint, one after the other in one process.

usage: page.py <folder>

The folder holds the pages as HTML, and their style. Prints one JSON object: pages (of all PDFs),
seconds (for each; starting Python, importing the package, reading the style and a first page that is
set once more, not counted).
"""

import json
import sys
import time
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration


def main():
    folder = Path(sys.argv[1])
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.html"))]
    fonts = FontConfiguration()
    style = CSS(filename=folder / "page.css", font_config=fonts)

    def printed(text):
        document = HTML(string=text).render(stylesheets=[style], font_config=fonts)
        if not document.write_pdf().startswith(b"%PDF-"):
            sys.exit("no PDF was written")
        return len(document.pages)

    printed(texts[0])
    pages, seconds = 0, []
    for text in texts:
        start = time.perf_counter()
        pages += printed(text)
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"pages": pages, "seconds": seconds}))


main()
