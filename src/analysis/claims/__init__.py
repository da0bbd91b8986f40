"""The paper's claims put to the test.

`checks` decide on a claim, `headlines` are the claims that depend on choices, `inconsistencies` confirm what does not fit
together; all look at `evidence`. `ledger` is every claim with its verdict.
"""
