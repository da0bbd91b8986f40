"""An alphabet, a statement, an answer or the repatriates are given to a place to which the paper does not give them."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import nbformat
import pandas as pd
import pytest
from matplotlib.text import Text

from analysis.chapters import language, repatriation, table_3
from analysis.chapters.language import Language
from analysis.chapters.repatriation import Repatriation
from analysis.chapters.table_3 import Table3
from analysis.computing import answers, movements, statements
from analysis.tables import Tables
from edition.charts.style import SCHEMES
from edition.exhibits import stored
from edition.exhibits.exhibit import Picture
from tests import states
from tests.conftest import ROOT

LANGUAGE = [Language.check(state) for state in states.of("language")]
REPATRIATION = [Repatriation.check(state) for state in states.of("repatriation")]
SCHOLARS = {"mendikulova": "mendikulova_2001", "tatimov": "tatimov_2003"}


def test_an_alphabet_is_given_to_the_wrong_host(tables: Tables) -> None:
    assert tables.scripts.set_index("place_id")["script"].to_dict() == {
        "china": "arabic", "iran": "arabic", "turkey": "latin", "mongolia": "cyrillic", "cis": "cyrillic",
    }  # fmt: skip
    assert not tables.lists["list"].str.endswith("_script").any(), "the alphabets are transcribed twice"


@pytest.mark.parametrize(
    ("scholar", "cis", "people"),
    [  # Arabic, Latin, Cyrillic, nothing said; worked by hand from Table 1
        ("mendikulova", "row, Uzbekistan and Russia", (1_510_000, 10_000, 83_000 + 187_000 + 2_300_000, 44_000)),
        ("mendikulova", "row alone", (1_510_000, 10_000, 83_000 + 187_000, 44_000 + 2_300_000)),
        ("mendikulova", "nobody", (1_510_000, 10_000, 83_000, 44_000 + 2_300_000 + 187_000)),
        ("tatimov", "row, Uzbekistan and Russia", (1_311_000, 30_000, 157_000 + 177_000 + 1_530_000, 72_000)),
    ],
)
def test_people_are_counted_under_the_wrong_alphabet(
    tables: Tables, scholar: str, cis: str, people: tuple[int, ...]
) -> None:
    sums = statements.writers(statements.alphabets(tables, SCHOLARS[scholar], cis))  # type: ignore[arg-type]
    assert tuple(sums["low"]) == people
    assert sum(people) == {"mendikulova": 4_134_000, "tatimov": 3_277_000}[scholar]
    assert sums["hosts"].sum() == 14, "13 rows of Table 1 and the last of Table 2"


def test_an_alphabet_that_nobody_writes_has_a_host() -> None:
    rows = pd.DataFrame([("ash", "latin", 5.0)], columns=["place_id", "script", "low"])
    assert statements.writers(rows).set_index("script").T.to_dict("list") == {
        script: [1, 5] if script == "latin" else [0, 0] for script in (*statements.SCRIPTS, "")
    }


def test_a_host_is_silently_left_out(tables: Tables) -> None:
    rows = statements.alphabets(tables, "mendikulova_2001", "row, Uzbekistan and Russia")
    silent = set(rows.loc[rows["how"] == "not said", "place_id"])
    assert silent == {"afghanistan", "usa", "germany", "canada", "france", "sweden", "other_43"}
    assert set(rows.loc[rows["how"] == "as CIS", "place_id"]) == {"cis_other", "uzbekistan", "russia"}


def test_a_host_for_which_nothing_is_said_has_no_mark(tables: Tables) -> None:
    record = language.alphabets(tables, LANGUAGE[0]).record()
    figure = record.draw(SCHEMES["light"])
    marks = [text for text in figure.findobj(Text) if text.get_text() == "?"]
    assert len(marks) == 7
    full = [line for line in figure.axes[0].lines if line.get_marker() == "o" and line.get_markerfacecolor() != "none"]
    assert len(full) == 4, "China, Iran, Turkey and Mongolia are named"


def test_a_statement_is_about_the_wrong_country(tables: Tables) -> None:
    told = statements.with_credit(tables)
    counts = told.groupby("place_id").size()
    assert counts[["uzbekistan", "russia", "china", "turkey"]].to_list() == [4, 5, 15, 2]
    assert {"mongolia", "iran", "afghanistan"}.isdisjoint(counts.index)
    challenges = told[told["locator"].str.startswith("Challenges")].groupby("place_id")["locator"].agg(set)
    assert challenges["uzbekistan"] == {"Challenges ¶3"} and challenges["russia"] == {"Challenges ¶5"}
    assert challenges["china"] == {"Challenges ¶6", "Challenges ¶7"}


def test_a_statement_pulls_against_itself(tables: Tables) -> None:
    pairs = statements.at_odds(tables)
    assert (pairs["id"] != pairs["other_id"]).all() and not pairs.duplicated(["id", "other_id"]).any()
    both = set(zip(pairs["id"], pairs["other_id"], strict=True))
    assert not both & {(other, one) for one, other in both}, "a pair stands twice"
    assert {
        ("ch-russia-identity", "ch-russia-tongue"),
        ("ch-china-schools", "ch-abroad-schooling"),
        ("ch-uzbekistan-press", "ch-abroad-funding"),
        ("ch-kazakhstan-priority", "ch-abroad-decline"),
    } <= both


def test_what_was_asked_is_taken_for_answered(tables: Tables) -> None:
    posed = answers.questions(tables)
    assert posed["number"].to_list() == ["1a", "1b", "1c", "2", *["3"] * 5]
    assert posed["yes"].to_list() == [4, 4, 4, 4, 0, 0, 0, 0, 0]
    assert posed["answered"].value_counts().to_dict() == {"own row": 4, "not in the table": 4, "passage": 1}
    assert posed.loc[posed["answered"] == "not in the table", "answer_row"].eq("").all()


def test_sixteen_answers_seem_to_be_more_than_one(tables: Tables) -> None:
    told = answers.spread(tables)
    assert told == {"answers": 16, "kinds": 1, "bits": 0, "ways": 65_536, "variance": 0}


def test_an_even_split_seems_to_carry_nothing(tables: Tables) -> None:
    half = tables.answers.assign(answer=tables.answers["answer"].mask(tables.answers["question_no"] <= 2, "no"))
    told = answers.spread(replace(tables, answers=half))
    assert told["bits"] == pytest.approx(16) and told["variance"] == pytest.approx(0.25)


def test_the_table_covers_everybody(tables: Tables) -> None:
    """China, Uzbekistan, Russia and Mongolia of Mendikulova's column."""
    assert answers.people_covered(tables, "mendikulova_2001") == (3_883_000, 4_134_000)


def test_prose_that_contradicts_the_table_is_left_out(tables: Tables) -> None:
    apart = table_3.beside(tables, Table3(merged_cell="one", statements="apart"))
    assert {"ch-merged-politics", "ch-russia-ancestry", "ch-abroad-unrecognised", "ch-abroad-dissimilar"} <= set(
        apart["id"]
    )
    assert not (apart["tone"] == "strength").any()
    every = table_3.beside(tables, Table3(merged_cell="one", statements="all"))
    assert set(apart["id"]) < set(every["id"]) and (every["side"] == "agrees").any()


def test_repatriates_have_other_origins(tables: Tables) -> None:
    rows = movements.origins(tables, "mendikulova_2001").set_index("place_id")
    assert (rows.index[0], rows.index[4], rows.index[-1]) == ("china", "kyrgyzstan", "afghanistan")
    assert set(rows.index) == {
        "afghanistan", "china", "iran", "kyrgyzstan", "mongolia", "russia", "turkey", "turkmenistan", "uzbekistan",
    }  # fmt: skip
    assert rows["low"].isna().to_list() == [False] * 4 + [True, True] + [False] * 3
    assert rows.loc["turkmenistan", "shared"] == "p-mongolia-turkmenistan" and rows.loc["kyrgyzstan", "shared"] == ""


@pytest.mark.parametrize(
    ("scholar", "cis_row", "there", "rest"),
    [
        ("mendikulova", "left out", 3_933_000, 201_000),
        ("mendikulova", "with the nine", 4_120_000, 14_000),
        ("tatimov", "left out", 3_073_000, 204_000),
        ("tatimov", "with the nine", 3_250_000, 27_000),
    ],
)
def test_the_origins_and_the_other_hosts_do_not_add_up(
    tables: Tables, scholar: str, cis_row: str, there: int, rest: int
) -> None:
    chosen = Repatriation(scholar=scholar, cis_row=cis_row, almost_percent=0)  # type: ignore[arg-type]
    assert repatriation.stock_of_nine(tables, chosen) == there
    assert repatriation.others(tables, chosen)[scholar].sum() == rest


def test_almost_a_million_is_more_than_a_million(tables: Tables) -> None:
    assert movements.repatriates(tables, 0) == (1_000_000, 1_000_000)
    assert movements.repatriates(tables, 5) == (950_000, 1_000_000)


def test_an_outside_count_stands_at_the_wrong_date(tables: Tables) -> None:
    counts = movements.return_counts(tables)
    assert counts["place_id"].eq("kazakhstan").all(), "a count for one origin is among the totals"
    dated = counts.dropna(subset=["moment"])
    assert dated["moment"].is_monotonic_increasing and dated["low"].is_monotonic_increasing
    # 155,000 in 1996, about a million in 2015: a straight line
    expected = 1996 + (600_000 - 155_000) / (1_000_000 - 155_000) * (2015 - 1996)
    assert movements.year_passed(counts, 600_000) == pytest.approx(expected)
    assert movements.year_passed(counts, 1_000_000) == 2015
    assert movements.year_passed(counts, 2_000_000) != movements.year_passed(counts, 2_000_000), "it is never passed"


def test_an_outside_count_looks_like_the_papers(tables: Tables) -> None:
    picture = repatriation.over_time(tables, REPATRIATION[0])
    assert "outside the paper" in picture.source and "outside" in picture.caption
    squares = [line for line in picture.record().draw(SCHEMES["light"]).axes[0].lines if line.get_marker() == "s"]
    assert [line.get_markerfacecolor() for line in squares] == ["none"]


@pytest.mark.parametrize("chosen", [*LANGUAGE, *REPATRIATION], ids=repr)
def test_a_picture_breaks_under_a_parameter(tables: Tables, chosen: Language | Repatriation) -> None:
    pictures: list[Picture] = (
        [language.alphabets(tables, chosen), language.people(tables, chosen)]
        if isinstance(chosen, Language)
        else [repatriation.over_time(tables, chosen)]
    )
    for picture in pictures:
        figure = picture.record().draw(SCHEMES["light"])
        figure.canvas.draw()
        boxes = [t.get_window_extent() for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
        for one, other in itertools.combinations(boxes, 2):
            across = min(one.x1, other.x1) - max(one.x0, other.x0)
            down = min(one.y1, other.y1) - max(one.y0, other.y0)
            assert across <= 1 or down <= 1, picture.id


@pytest.mark.parametrize("stem", ["language", "repatriation", "table_3"])
def test_a_finding_is_told_and_not_used(stem: str) -> None:
    cells = nbformat.read(ROOT / "notebooks" / f"{stem}.ipynb", as_version=4).cells
    told = set(stored.texts(ROOT / "notebooks" / f"{stem}.ipynb"))
    used = set(re.findall(r"\{glue\}`([a-z0-9-]+)`", "".join(cell.source for cell in cells)))
    assert used <= told and told - used <= {"passages"}
