"""The computing behind the book: pure functions on data frames, and the drawing.

Rooms, from the ground up; each imports only from those above it in this list:

- `paths`       where things lie
- `printed`     what a number or a date means that is printed in words, ranges and separators
- `faults`      what is wrong with a table, in one form
- `added`       a source of the reader's own
- `kept`        answers that only some places can work out, written down for the others
- `data`        load and validate the tables of `data/`
- `parameters`  what a chapter may be asked
- `asked`       a file in which a reader asks for something
- `editions`, `sweeps`    a name for assumptions other than the default ones; many parameter sets, one table
- `spans`, `growth`       arithmetic with bounds; compound growth
- `stocks`, `movements`, `stages`, `answers`, `statements`, `geography`   the computing, one kind of fact each
- `choices`     one number for each host, as a reader chooses them
- `outside`     the paper's estimates beside counts from outside it
- `multiverse`  a claim under every choice that its numbers leave open
- `claims`      verdicts on the paper's claims; what does not fit together
- `wording`     numbers, spans and credits as text
- `telling`     a number that travels from a computation into a sentence
- `plots`       style, charts, maps: a data frame becomes a drawing
- `exhibits`    a drawing or table with id, caption, alternative text, data and sources; its files and citations
- `gallery`     the exhibits of each chapter
- `addresses`   the ids that stay, and where they lead
- `release`     the data to take away
- `extras`      what a published book may carry beside its pages
- `book`        the Sphinx side: pages, cards, catalogue, what machines read
- `warm`, `forks`         a process with everything imported, copied for each run
- `alone`       one build at a time in a folder
- `versions`    which version a book is of; the site with all of them
- `forms`       the whole book as EPUB and as PDF
- `execute`, `cell`, `publish`    run one notebook, to keep it or its results; compile the book and put it in place
- `rehearsal`, `lite`     run one with some packages hidden; the chapters that run in a browser
- `upkeep`      what a command writes: the README's table of exhibits, the hashes of the data, the list of addresses
"""

__version__ = "0.1.0"
