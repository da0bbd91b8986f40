"""A figure or table (`exhibit`), what a notebook keeps of it (`record`), and what is made from that: its files, its
citations, its address. `registry` finds the chart that a record names.
"""
