"""The map: what is measured on it, and its drawing."""
