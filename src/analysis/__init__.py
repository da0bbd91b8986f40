"""This paper: Gulnash Askhat on the Kazakh diaspora. Its tables, what is computed from them, what its chapters say.

The way of a number through the rooms; each imports only from those above it in this list, and all from the engine
(`edition`), whose machinery (Sphinx, Snakemake, papermill) none of them knows:

- `tables`         which tables there are, and what is asked of them again and again
- `disagreements`  what they must agree on
- `data`           the tables, loaded and validated
- `computing`      what is computed from them, one kind of fact each
- `claims`         the paper's claims put to the test
- `chapters`       each chapter's parameters, exhibits, sentences and results
- `paper`          what the engine is handed
"""

__version__ = "0.1.0"
