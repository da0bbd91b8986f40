// What comes first among what the search finds: chapters named so, then sections and rows, then pages that mention it, and last the
// pages that list others. Part of the script of Sphinx's search (edition.book.search), which adds up the numbers below.
var Scorer = {
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
  score: (found) => {
    const [page, title, anchor, , score] = found;
    const { alltitles, docnames } = Search._index;
    const here = docnames.indexOf(page);
    const section = anchor && Object.keys(alltitles).find((name) => alltitles[name].some(([file, id]) => file === here && `#${id}` === anchor));
    if (section && !title.endsWith(section)) found[1] = `${title} > ${section}`;
    if (anchor) return score + 100;
    if (!page.startsWith("notebooks/")) return score - 100;
    return score > 7 ? score + 200 : score;
  },
};
