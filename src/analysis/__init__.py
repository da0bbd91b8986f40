"""The computing behind the book: pure functions on data frames, and the drawing.

Rooms, from the ground up; each imports only from those above it in this list:

- `paths`       where things lie
- `printed`     what a number or a date means that is printed in words, ranges and separators
- `faults`      what is wrong with a table, in one form
- `data`        load and validate the tables of `data/`
- `parameters`  what a chapter may be asked
- `spans`       arithmetic with bounds
- `stocks`, `movements`, `answers`, `geography`   the computing, one kind of fact each
- `wording`     numbers, spans and credits as text
- `telling`     a number that travels from a computation into a sentence
- `plots`       style, charts, maps: a data frame becomes a drawing
- `exhibits`    a drawing or table with id, caption, alternative text, data and sources
- `gallery`     the exhibits of each chapter
- `execute`, `publish`  run one notebook; compile the book and put it in place
- `upkeep`      the README's table of exhibits, the hashes of the data
"""

__version__ = "0.1.0"
