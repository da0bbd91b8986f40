"""What a chapter may be asked, and the files in which a reader asks it."""
