"""Verdicts on a paper's claims, and what does not fit together in it."""
