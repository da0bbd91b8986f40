"""How a book is made: run a notebook, know what it is made from, put the book in place."""
