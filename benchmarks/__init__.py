"""What the book costs those who read it, measured."""
