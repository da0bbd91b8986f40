"""Drawing: a data frame and a scheme become a matplotlib figure. Nothing here computes a result."""
