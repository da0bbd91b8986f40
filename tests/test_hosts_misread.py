"""A chapter on one host country, on the small communities or on all estimates misreads the printed numbers."""

from __future__ import annotations

from types import ModuleType
from typing import get_args

import numpy as np
import pandas as pd
import pytest

from analysis.chapters import estimates, host, mongolia, russia, small_communities, uzbekistan
from analysis.chapters.estimates import Estimates
from analysis.chapters.mongolia import Mongolia
from analysis.chapters.russia import Russia
from analysis.chapters.small_communities import SmallCommunities
from analysis.chapters.uzbekistan import Uzbekistan
from analysis.computing import stocks
from analysis.tables import Tables
from edition.asking import parameters


def rows_of(chapter: ModuleType, chosen: parameters.Chapter, tables: Tables) -> pd.DataFrame:
    return host.of_place(chapter.numbers(tables, chosen), chapter.PLACE)


RUSSIA = Russia(about_covers="first cell", about_percent=0, uncredited="keep")
UZBEKISTAN = Uzbekistan(bound="both", difference="net")
MONGOLIA = Mongolia(lone_number="official", sentence="each", about_percent=0)
SMALL = SmallCommunities(members="without a size", lone_numbers="official", bound="lowest", others="beside the named")


def test_a_number_of_a_host_is_lost_or_moves(tables: Tables) -> None:
    assert rows_of(russia, RUSSIA, tables)["low"].to_list() == [800_000, 660_000, 1_200_000, 870_000, 647_732]
    without = RUSSIA.model_copy(update={"uncredited": "leave out"})
    assert 647_732 not in set(rows_of(russia, without, tables)["low"])
    lone = {
        choice: rows_of(mongolia, MONGOLIA.model_copy(update={"lone_number": choice}), tables)
        for choice in ("official", "field", "neither")
    }
    assert {c: rows.set_index("id")["as_of"].get("t2-mongolia-field") for c, rows in lone.items()} == {
        "official": None, "field": "2007/2009", "neither": None,
    }  # fmt: skip
    assert [len(rows) for rows in lone.values()] == [4, 4, 3]


@pytest.mark.parametrize(("covers", "second"), [("first cell", (660_000, 660_000)), ("both cells", (594_000, 726_000))])
def test_about_reaches_the_wrong_cell(tables: Tables, covers: str, second: tuple[int, int]) -> None:
    chosen = RUSSIA.model_copy(update={"about_covers": covers, "about_percent": 10})
    rows = rows_of(russia, chosen, tables).set_index("id")
    assert tuple(rows.loc["t1-russia-mendikulova", ["low", "high"]]) == pytest.approx((720_000, 880_000))
    assert tuple(rows.loc["t1-russia-tatimov", ["low", "high"]]) == pytest.approx(second)


def test_a_step_between_dated_numbers_is_wrong(tables: Tables) -> None:
    """800,000 in 2001, 660,000 in 2003, 1.2 million in 2007–2009, which is four to six years on."""
    steps = stocks.steps(rows_of(russia, RUSSIA, tables))
    assert steps["change_low"].to_list() == [-140_000, 540_000]
    assert list(zip(steps["years_low"], steps["years_high"], strict=True)) == [(2, 2), (4, 6)]
    first = 100 * ((660 / 800) ** (1 / 2) - 1)
    slow, fast = (100 * ((1_200 / 660) ** (1 / years) - 1) for years in (6, 4))
    assert steps[["rate_low", "rate_high"]].to_numpy().tolist() == [
        pytest.approx([first, first]),
        pytest.approx([slow, fast]),
    ]
    last = stocks.steps(rows_of(uzbekistan, UZBEKISTAN, tables)).iloc[-1]
    assert (last["change_low"], last["change_high"]) == (803_400 - 1_500_000, 803_400 - 1_300_000)
    assert (last["years_low"], last["years_high"]) == (8, 10)


def test_a_place_by_size_is_wrong(tables: Tables) -> None:
    def found(place_id: str, rows: pd.DataFrame) -> dict[str, tuple[int, int]]:
        return {row.given_by: (row.best, row.worst) for row in stocks.ranks(rows, place_id).itertuples()}

    rivals = stocks.rivals(tables)
    assert set(found("russia", rivals).values()) == {(3, 3)} and len(found("russia", rivals)) == 5
    assert found("uzbekistan", rivals) == {
        "mendikulova": (1, 1), "tatimov": (2, 2), "yermekbay_official": (2, 2), "yermekbay_field": (1, 2), "prose": (2, 2),
    }  # fmt: skip
    for bound, place in (("lowest", (2, 2)), ("highest", (1, 1))):
        chosen = UZBEKISTAN.model_copy(update={"bound": bound})
        assert found("uzbekistan", uzbekistan.numbers(tables, chosen))["yermekbay_field"] == place
    level = stocks.ranks(rivals, "uzbekistan").set_index("given_by").loc["mendikulova", "level"]
    assert level == ["China"], "1,500,000 each"


@pytest.mark.parametrize("place_id", ["germany", "usa", "turkey", "china"])
def test_a_host_breaks_for_which_the_paper_says_less(tables: Tables, place_id: str) -> None:
    """Germany has no rank, no answers and no count; Turkey has a rank, China has everything."""
    rows = host.with_text(stocks.rivals(tables))
    said = host.findings(tables, rows, place_id)
    assert ("rank" in said) == (place_id in {"turkey", "china"}) and ("yes" in said) == (place_id == "china")
    for show in (host.every_number, host.as_a_series, host.by_size):
        record = show(tables, rows, place_id, RUSSIA).record()
        assert record.caption.endswith(".") and "  " not in record.caption and record.rows, show
        assert bool(record.verdict) == (show is host.by_size and "rank" in said), show


def test_a_number_printed_for_two_hosts_is_missed(tables: Tables) -> None:
    rivals = stocks.rivals(tables)
    assert stocks.same_numbers(rivals, "russia")["id"].to_list() == ["t1-uzbekistan-tatimov"]
    assert set(stocks.same_numbers(rivals, "uzbekistan")["place_id"]) == {"china", "russia"}


def test_the_weight_of_uzbekistan_is_wrong(tables: Tables) -> None:
    """Row by row: 204 + 630 + 140 + 74 + 10 + 15 + 20 + 5 + 9 + 5 + 2 + 2 + 1 thousand."""
    assert uzbekistan.weight(tables, UZBEKISTAN) == (630_000, 4_134_000 - 3_277_000)
    gross = UZBEKISTAN.model_copy(update={"difference": "gross"})
    assert uzbekistan.weight(tables, gross) == (630_000, 1_117_000)


@pytest.mark.parametrize(
    ("sentence", "about", "left"),
    [
        ("each", 0, [(87_000, 87_000), (77_000, 77_000)]),
        ("together", 0, [(17_000, 17_000), (-57_000, -57_000)]),
        ("together", 20, [(-3_000, 37_000), (-77_000, -37_000)]),
    ],
)
def test_the_sentence_on_two_countries_is_misread(
    tables: Tables, sentence: str, about: int, left: list[tuple[int, int]]
) -> None:
    chosen = MONGOLIA.model_copy(update={"sentence": sentence, "about_percent": about})
    rows = mongolia.remainder(tables, chosen)
    assert rows[["low", "high"]].to_numpy() == pytest.approx(np.array(left))
    assert ("the reading cannot stand" in mongolia.findings(tables, chosen)["left"]) == (sentence == "together")


def test_the_small_communities_are_added_wrongly(tables: Tables) -> None:
    """Mendikulova 30 + 10 + 10 + 1 + 2 + 7 + 2 + 2 thousand, Tatimov 45 + 30 + 15 + 10 + 7 + 5 + 4 + 1 thousand."""
    sums = {
        members: small_communities.sums(tables, SMALL.model_copy(update={"members": members}))["small"].to_list()
        for members in get_args(SmallCommunities.model_fields["members"].annotation)
    }
    assert sums == {
        "third category": [14_000, 27_000],
        "without a size": [64_000, 117_000],
        "without a size, and the CIS": [64_000 + 187_000, 117_000 + 177_000],
    }
    unnamed = small_communities.sums(tables, SMALL)["unnamed"].to_list()
    assert unnamed == [64_000 + 187_000 - 100_000, 117_000 + 177_000 - 100_000]
    assert small_communities.compared(tables, SMALL).iloc[0][["place_id", "ratio"]].to_list() == ["usa", 10]


def test_the_gap_to_five_million_is_shared_wrongly(tables: Tables) -> None:
    gap = small_communities.gap(tables, SMALL).set_index("given_by")
    assert gap["missing"].to_dict() == {
        "mendikulova": 866_000, "tatimov": 1_723_000, "yermekbay_official": 1_820_305, "yermekbay_field": 1_086_500,
    }  # fmt: skip
    assert gap["countries"].to_list() == [48 - 12, 48 - 12, 48 - 5, 48 - 3]  # 43 others beside the five of Table 2
    in_all = SMALL.model_copy(update={"others": "in all", "bound": "highest"})
    gap = small_communities.gap(tables, in_all).set_index("given_by")
    assert gap["countries"].to_list() == [43 - 12, 43 - 12, 43 - 5, 43 - 3]
    assert gap.loc["yermekbay_field", "missing"] == 5_000_000 - 4_113_500
    assert gap.loc["mendikulova", "each"] == pytest.approx(866_000 / 31)


def test_the_estimates_are_not_those_asked_for(tables: Tables) -> None:
    def rows(**change: object) -> pd.DataFrame:
        asked = {"at_least": 1, "sources": "all", "bound": "both", "uncertain": "keep"} | change
        return estimates.selected(tables, Estimates.check(asked)).set_index("id")

    whole = rows()
    apart = [name for name in stocks.GROUPS if name != "scholars"]
    assert sum(len(rows(sources=name)) for name in apart) == len(whole)
    assert len(rows(sources="scholars")) == len(rows(sources="mendikulova")) + len(rows(sources="tatimov"))
    assert set(whole.index) - set(rows(uncertain="leave out").index) == {
        "t2-china-field", "t2-mongolia-official", "t2-turkey-official",
    }  # fmt: skip
    for bound, value in (("lowest", 1_300_000), ("highest", 1_500_000)):
        assert rows(bound=bound).loc["t2-uzbekistan-field", ["low", "high"]].to_list() == [value, value]
    with pytest.raises(parameters.ParameterError, match="allowed: at most 1 where sources is 'official'"):
        rows(sources="official", at_least=2)
    official = Estimates(at_least=1, sources="official", bound="both", uncertain="keep")
    assert "No place has two different numbers" in estimates.findings(tables, official)["widest"]
