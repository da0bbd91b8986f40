"""The exhibits of the book, a module a chapter: each function takes the tables and the chapter's
parameters and returns one exhibit. Captions and alternative texts are written here, from the rows shown.
"""
