"""The engine of a reproducible edition: it makes a book of a paper, and names none.

The way of a number through the rooms; each imports only from those above it in this list:

- `paths`      where things lie
- `data`       read a data package: what a printed number means, faults in one form, a reader's own source
- `numbers`    arithmetic with bounds, growth; numbers as text, and their way into a sentence
- `paper`      what a paper hands the engine
- `asking`     what a chapter may be asked, and the files in which a reader asks it: editions, sweeps
- `claims`     verdicts on claims; what does not fit together; a claim under every choice
- `charts`, `maps`    a data frame becomes a drawing
- `exhibits`   a drawing or table with its record, files, citations and address; the data to take away
- `build`      run notebooks, know what each is made from, put a finished book in place, keep its versions
- `book`       the Sphinx side: pages, cards, catalogue, what machines read
- `forms`      the whole book as EPUB and as PDF
"""
