"""What is computed from the tables, one kind of fact each."""
