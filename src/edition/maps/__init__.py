"""The map, a chart with land under it: `map` puts it together from `canvas`, `pieces`, `naming`, `placing` and `key`;
`look` draws its marks, `ground` and `geography` measure what lies where.
"""
