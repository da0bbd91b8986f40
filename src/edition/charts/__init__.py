"""Charts: each draws a data frame and describes it in words. Nothing here computes a result.

    chart = Balance(unit="persons")
    chart.draw(data, LIGHT), chart.describe(data)

A chart is one file with one class, whose fields are its options:

    against_counts        estimates by their distance from the nearest count
    answers               the answers to one question, a bar each
    balance               quantities of one account, with what is open of each
    claim_strips          several claims under every combination of choices, a strip each
    counts                counts at their dates, against a number without one
    dot_plot              every number for one thing, a labelled row each
    grid                  percentages of pairs, those marked that are claimed
    estimates             rival estimates, a row for each place and a mark for each series
    lines                 a result along the settings of a parameter
    matrix                what is said of each of several things, in columns
    part_and_whole        numbers for a whole, against one for a part of it
    ribbons               moves through time and place, as wide as their numbers
    specification_curve   a claim under every combination of choices
    tally                 counts in a solid and an open part
    strips                every number of each of several places, in thin rows
    time_series           numbers at their years, as lines and single marks
    units                 things that are counted, a square for each
    wall                  short answers as tiles, questions by those who are asked
    waterfall             an account as steps, with what each leaves over
    maps.map              places, moves and countries, in the room of the maps

To add one, write one file: a subclass of `chart.Chart` with its options, `draw` and `in_words`. It is known by its name from
then on (`exhibits.registry`); nothing else lists it. A chart that only one paper can use stands in that paper's package, in
a module that its `PAPER`'s module imports. Which number, year, place or colour of a paper is drawn is an option, or in the
rows.

Shared by charts: `style` (size, type, colour, export), `axes`, `marks`, `lanes` (marks that would hide each other), `spread` (texts that would),
`sentences` (for descriptions).
"""
