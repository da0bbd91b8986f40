"""Tests, named for what could go wrong."""
