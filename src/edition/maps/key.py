"""The key below a map: what its marks mean.

A mark of the key is a role, `home`, `named`, `town`, `number`, `upper`, `open` or `silent`; `region` or `outline` with a role, as
`region:origin`, the latter also with `home`, for one that lies there; `known`, `stem` or `unknown` with a meaning, as `unknown:outflow`; `badge` with a text and a meaning, as
`badge:1:outflow`; `half` with a side and a meaning, as `half:left:outflow`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, Rectangle

from edition.charts.chart import Pairs
from edition.charts.style import Scheme
from edition.maps.look import SIZES, Marks, Pen, box
from edition.maps.placing import Point

LINE = 14.5  # height of a line of the key
SWATCH = 22.0  # width of what is drawn before a text of the key
BETWEEN = 12.0  # of two entries
Entry = tuple[str, str, float]  # what is drawn, its text, its width


def key_lines(figure: Figure, key: Pairs) -> list[list[Entry]]:
    """The entries of the key, broken into lines that fit."""
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    lines: list[list[Entry]] = []
    left = 0.0

    def width(words: str) -> float:
        text = figure.text(0, 0, words, size=SIZES["key"])
        found = SWATCH + text.get_window_extent(renderer).width * 72 / figure.dpi
        text.remove()
        return float(found)

    whole = figure.get_figwidth() * 72 - 2
    for mark, words in _that_fit(key, width, whole):
        wide = width(words) if mark else whole
        if not lines or left + wide > whole:
            lines.append([])
            left = 1.0
        lines[-1].append((mark, words, wide))
        left += wide + BETWEEN
    return lines


def _that_fit(key: Pairs, width: Callable[[str], float], whole: float) -> Iterator[tuple[str, str]]:
    """The entries; what has no room on a line goes on in the next, without a mark."""
    for mark, words in key:
        rest = words.split()
        begun = mark
        while rest:
            fits = next((n for n in range(len(rest), 1, -1) if width(" ".join(rest[:n])) <= whole), 1)
            yield begun, " ".join(rest[:fits])
            begun, rest = "", rest[fits:]


def key_height(lines: list[list[Entry]]) -> float:
    """Points that the key needs below the maps."""
    return LINE * len(lines) + (8 if lines else 0)


def draw_key(figure: Figure, lines: list[list[Entry]], scheme: Scheme, marks: Marks) -> None:
    """The key, at the foot of the figure."""
    if not lines:
        return
    below = key_height(lines)
    axes = figure.add_axes((0, 0, 1, below / (figure.get_figheight() * 72)))
    axes.set(xlim=(0, figure.get_figwidth() * 72), ylim=(0, below))
    axes.set_axis_off()
    pen = Pen(axes, scheme, marks)
    for n, entries in enumerate(lines):
        x, y = 1.0, below - 5 - LINE * (n + 0.5)
        for mark, words, wide in entries:
            kind, _, rest = mark.partition(":")
            if mark:
                _SAMPLES.get(kind, _swatch)(pen, (x + 9, y), mark if kind not in _SAMPLES else rest)
            axes.annotate(words, (x + SWATCH, y), va="center_baseline", size=SIZES["key"], color=scheme.ink)
            x += wide + BETWEEN


def _swatch(pen: Pen, at: Point, role: str) -> None:
    """A filled piece of land, in a role or as the homeland."""
    x, y = at
    colour = pen.scheme.home if role == "home" else pen.tint("" if role == "named" else role)
    pen.axes.add_patch(Rectangle((x - 8, y - 4.5), 16, 9, fc=colour, ec=pen.scheme.soft, lw=0.5, zorder=1))
    if role not in ("home", "named"):
        pen.pattern(box(x - 8, y - 4.5, x + 8, y + 4.5), role, 1.2)


def _region(pen: Pen, at: Point, role: str) -> None:
    pen.axes.plot(*at, "s", ms=6, mfc=pen.scheme.land, mec=pen.scheme.of(role or pen.marks.usual), mew=1.6)


def _outline(pen: Pen, at: Point, role: str) -> None:
    (x, y), home = at, role == "home"
    colour = pen.scheme.of(pen.marks.usual if home or not role else role)
    pen.axes.add_patch(Rectangle((x - 8, y - 4.5), 16, 9, fc=pen.scheme.home if home else pen.scheme.land, lw=0))
    pen.axes.add_patch(Rectangle((x - 8, y - 4.5), 16, 9, fc=colour, alpha=0.28, lw=0))
    pen.axes.add_patch(Rectangle((x - 8, y - 4.5), 16, 9, fill=False, ec=colour, lw=1.1))


def _town(pen: Pen, at: Point, rest: str) -> None:
    pen.axes.plot(*at, "o", color=pen.scheme.ink, ms=4.5)


def _number(pen: Pen, at: Point, rest: str) -> None:
    colour = pen.scheme.of(pen.marks.counted)
    pen.axes.add_patch(Circle(at, 5, color=colour, alpha=0.5, lw=0))
    pen.axes.add_patch(Circle(at, 5, fill=False, ec=colour, lw=1.1))


def _upper(pen: Pen, at: Point, rest: str) -> None:
    pen.axes.add_patch(Circle(at, 6, fill=False, ec=pen.scheme.of(pen.marks.counted), ls="--", lw=1.1))


def _open(pen: Pen, at: Point, rest: str) -> None:
    (x, y), colour = at, pen.scheme.of(pen.marks.counted)
    pen.axes.add_patch(Circle((x - 3, y), 4, color=colour, alpha=0.5, lw=0))
    arrow = {"arrowstyle": "->,head_length=0.25,head_width=0.15", "color": colour, "lw": 1.2, "shrinkA": 0, "shrinkB": 0}  # fmt: skip
    pen.axes.annotate("", (x + 9, y), (x + 1, y), arrowprops=arrow)


def _silent(pen: Pen, at: Point, rest: str) -> None:
    pen.ring(at, "none", 6)


def _known(pen: Pen, at: Point, meaning: str) -> None:
    x, y = at
    pen.axes.add_patch(
        FancyArrowPatch((x - 9, y), (x + 10, y), arrowstyle="-|>,head_length=0.7,head_width=0.45", mutation_scale=10,
                        lw=4, color=pen.scheme.of(meaning), shrinkA=0, shrinkB=0, joinstyle="miter", capstyle="butt")
    )  # fmt: skip


def _stem(pen: Pen, at: Point, meaning: str) -> None:
    x, y = at
    pen.axes.plot([x - 9, x + 9], [y, y], lw=5, color=pen.scheme.of(meaning), solid_capstyle="butt")


def _unknown(pen: Pen, at: Point, meaning: str) -> None:
    x, y = at
    pen.axes.add_patch(
        FancyArrowPatch((x - 9, y), (x + 10, y), arrowstyle="->,head_length=0.5,head_width=0.32", mutation_scale=10,
                        lw=1.2, ls=(0, (4, 2.5)), color=pen.scheme.of(meaning), shrinkA=0, shrinkB=0)
    )  # fmt: skip


def _half(pen: Pen, at: Point, rest: str) -> None:
    side, _, meaning = rest.partition(":")
    (x, y), turn = at, {"left": 90.0, "right": 270.0}[side]
    pen.half((x + (3 if side == "left" else -3), y), 7, turn, meaning)


def _badge(pen: Pen, at: Point, rest: str) -> None:
    text, _, meaning = rest.partition(":")
    pen.badge(at, text, meaning)


_SAMPLES: dict[str, Callable[[Pen, Point, str], None]] = {
    "region": _region, "outline": _outline, "town": _town, "number": _number, "upper": _upper, "stem": _stem, "open": _open,
    "silent": _silent, "known": _known, "unknown": _unknown, "half": _half, "badge": _badge,
}  # fmt: skip
