"""The whole book as one file: an EPUB that Sphinx makes, and a PDF that WeasyPrint sets from the EPUB's pages.

    python -m edition.forms epub _build      # _build/extras/<slug>.epub
    python -m edition.forms pdf _build       # the program is named by WEASYPRINT in the environment

`cover` draws the cover of the EPUB. Belongs here: making the two. Not here: what pages leave out in them (`book.forms`), publishing them (`edition.build.attachments`).
"""
