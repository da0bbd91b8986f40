"""Where and as whom somebody may make a book whose machine, shell, home and folder differ from ours in all that must not matter.

    with elsewhere(folder, home) as given:
        subprocess.run(command, cwd=folder, **given)

Belongs here: that place. Not here: what is made there and must be the same (`test_pipeline_breaks`).
"""

from __future__ import annotations

import ctypes
import os
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

from edition.charts import style
from tests.conftest import environment

FOLDER = "Казахская диаспора [2019] (копия)"  # blanks, brackets, another script
MATPLOTLIBRC = """text.usetex: True
font.family: monospace
font.weight: bold
axes.linewidth: 9
axes.unicode_minus: False
axes.formatter.use_locale: True
figure.constrained_layout.h_pad: 1
image.cmap: jet
legend.frameon: False
lines.solid_capstyle: butt
path.sketch: 3, 100, 2
pdf.compression: 0
savefig.bbox: tight
text.hinting: none
xtick.direction: in
"""
START = "import builtins, pandas\npandas.options.display.max_rows = 2\nbuiltins.print = lambda *words, **how: None\n"


@contextmanager
def elsewhere(folder: Path, home: Path) -> Iterator[dict[str, Any]]:
    """What `subprocess.run` is to be given for a command in a folder: another language, time, order of sets and mask of files, a
    home that cannot be written and has settings of one's own, sources that cannot be written.

    The folder is as it was afterwards.
    """
    _settings(home)
    env = environment(folder) | {
        "HOME": str(home),
        "IPYTHONDIR": str(home / "ipython"),
        "LANG": "tr_TR.UTF-8",
        "LC_ALL": "tr_TR.UTF-8",
        "LOCPATH": str(_turkish(home.parent)),
        "MATPLOTLIBRC": str(home / "matplotlibrc"),
        "PYTHONHASHSEED": "1932",
        "TZ": "Asia/Almaty",
        "XDG_CACHE_HOME": str(folder / ".snakemake" / "cache"),  # as make does, since Snakemake cannot do without
    }
    del env["MPLCONFIGDIR"]
    for made in ("_build", ".snakemake"):
        (folder / made).mkdir(exist_ok=True)
    kept = [folder / "_build", folder / ".snakemake"]
    closed = [home, *home.rglob("*"), folder, *(path for path in folder.rglob("*") if path not in kept)]
    modes = {path: path.stat().st_mode for path in closed}
    for path, mode in modes.items():
        path.chmod(stat.S_IMODE(mode) & 0o555)
    try:
        yield {"env": env, "umask": 0o077, "preexec_fn": _bound if os.geteuid() == 0 else None}
    finally:
        for path, mode in modes.items():
            path.chmod(stat.S_IMODE(mode))


def _bound() -> None:
    """Permissions hold for root too, in what is started from here (prctl's PR_CAPBSET_DROP of CAP_DAC_OVERRIDE)."""
    ctypes.CDLL(None).prctl(24, 1)


def _settings(home: Path) -> None:
    """A home with what its owner wants for other work; it is closed before anything runs."""
    start = home / "ipython" / "profile_default" / "startup"
    fonts = home / ".fonts"
    for made in (start, fonts):
        made.mkdir(parents=True)
    (start / "00-mine.py").write_text(START, encoding="utf-8")
    (home / "matplotlibrc").write_text(MATPLOTLIBRC, encoding="utf-8")
    other_typeface(fonts / "Other.ttf")


def other_typeface(file: Path) -> Path:
    """Write a typeface that has the name of the edition's own, and other glyphs."""
    other = TTFont(Path(style.__file__).with_name("fonts") / "SourceSans3-Semibold.ttf")
    for n, name in ((1, style.FONT), (2, "Regular"), (4, style.FONT), (16, style.FONT), (17, "Regular")):
        other["name"].setName(name, n, 3, 1, 0x409)
    other["OS/2"].usWeightClass = 400
    other.save(file)
    return file


def _turkish(folder: Path) -> Path:
    """A folder with the Turkish locale, where a dotless ı is the small letter of I; made by the system's own tool, as a system
    seldom has it ready.
    """
    target = folder / "locales"
    if not target.exists():
        target.mkdir()
        subprocess.run(("localedef", "-i", "tr_TR", "-f", "UTF-8", target / "tr_TR.UTF-8"), check=True)
    return target
