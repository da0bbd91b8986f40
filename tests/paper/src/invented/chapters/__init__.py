"""The chapters, each named like its notebook."""
