"""Read a data package: what a printed number means, what a schema and what the tables together must say."""
