"""What the book costs those who read it, and those who make it, measured."""
