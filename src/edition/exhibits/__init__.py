"""A figure or table with its record, its files, its citations, its address."""
