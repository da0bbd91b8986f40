"""A stage of the paper is missing, has a number the paper does not give, or is drawn where it was not."""

from __future__ import annotations

import math
from typing import Any

import nbformat
import pytest
import shapely

from analysis.chapters import (
    after_1991,
    concept,
    interlude,
    kurultays,
    overview,
    refugees_1916,
    stage,
    war,
)
from analysis.chapters.after_1991 import After1991
from analysis.chapters.concept import Concept
from analysis.chapters.interlude import Interlude
from analysis.chapters.kurultays import Kurultays
from analysis.chapters.overview import Overview
from analysis.chapters.refugees_1916 import Refugees1916
from analysis.chapters.war import War
from analysis.computing import movements, stages
from analysis.paper import PAPER
from analysis.tables import Tables
from edition.build import contents, totals
from edition.exhibits import stored
from edition.maps import prepare
from edition.numbers import growth
from tests.conftest import ROOT

# Every wave of the paper's History section and conclusion, in time; True where it states a number.
TOLD = {
    "flight_1723": False, "europe_early": False, "stolypin": True, "count_1911": True, "refugees_1916": True,
    "return_1917": True, "soviet_power": False, "civil_war": False, "famine_1920": False, "famine_1930s": False,
    "political_emigration": False, "kashmir_1941": True, "war_captives": False, "war_loss": True,
    "xinjiang_flight": False, "labour_1961": False, "separate_1980s": False, "iran_afghanistan_1980s": False,
    "professionals_1990s": False, "repatriation": True,
}  # fmt: skip

COUNTRY_OF = {  # where a region's mark must lie, in today's borders
    "pamir_badakhshan": "Tajikistan", "kashmir": "India", "western_mongolia": "Mongolia", "england": "United Kingdom",
}  # fmt: skip

RECORDS = {r.id: r for path in contents.chapters(ROOT) for r in stored.records(path)}


def test_a_wave_of_the_paper_is_missing(tables: Tables) -> None:
    told = stages.with_numbers(tables).set_index("stage_id")["stated"]
    assert told[told.index.isin(TOLD)].to_dict() == TOLD
    assert [name for name in told.index if name in TOLD] == list(TOLD), "in another order"


def test_a_stage_has_no_chapter(tables: Tables) -> None:
    shown = {row["stage_id"] for r in RECORDS.values() if r.id.endswith("-facts") for row in r.rows}
    assert shown == set(tables.stages["stage_id"])


def test_a_number_is_told_where_the_paper_has_none(tables: Tables) -> None:
    for row in stage.in_words(tables, list(TOLD)).itertuples():
        assert (row.number == "not stated") == (not TOLD[row.stage_id])
        assert math.isnan(row.low) == (not TOLD[row.stage_id])


def test_a_route_is_on_the_wrong_continent(tables: Tables) -> None:
    shapes = prepare.window(prepare.read(tables.folder), *PAPER.region.near).dissolve("name").geometry
    land = shapes.map(lambda shape: shapely.buffer(shape, 0.3))  # degrees: a coast drawn at 1:50 million is coarse
    sites = stages.places(tables, list(TOLD))
    assert sites.index.to_list() == list(range(len(sites))) and "index" not in sites
    for site in sites.itertuples():
        point = shapely.Point(site.longitude, site.latitude)
        assert any(shape.contains(point) for shape in land), f"{site.place_id} lies in the sea or outside the map"
        expected = site.map_name or COUNTRY_OF.get(site.place_id)
        if expected:
            assert land[expected].contains(point), site.place_id
    moves = stages.arrows(tables, list(TOLD))
    lines = shapely.linestrings(
        moves[["longitude", "latitude", "to_longitude", "to_latitude"]].to_numpy().reshape(-1, 2, 2)
    )
    assert shapely.is_valid(lines).all() and (shapely.length(lines) > 0).all()
    assert moves["longitude"].between(-12, 105).all() and moves["latitude"].between(5, 62).all()


def test_a_place_that_is_not_named_is_drawn(tables: Tables) -> None:
    vague = set(tables.places.query("kind == 'aggregate'")["place_id"])
    assert vague.isdisjoint(stages.places(tables, list(TOLD))["place_id"])


def test_one_number_is_divided_between_places(tables: Tables) -> None:
    fork = stages.arrows(tables, ["stolypin"]).set_index("part")["low"]
    assert fork.dropna().to_dict() == {"stem": 300_000} and len(fork.loc["branch"]) == 2
    assert stages.arrows(tables, ["repatriation"])["low"].isna().all()
    assert len(stages.arrows(tables, ["repatriation"])) == 9


def test_a_stage_without_origin_gets_an_arrow(tables: Tables) -> None:
    for name in ("flight_1723", "famine_1930s", "soviet_power", "war_captives", "separate_1980s"):
        assert stages.arrows(tables, [name]).empty


def test_the_war_loss_is_taken_for_migration(tables: Tables) -> None:
    assert tables.stages.set_index("stage_id").loc["war_loss", "kind"] == "loss"
    said = war.findings(tables, War(open_bound="leave open"))
    assert said["loss"] == "more than 350,000"
    assert (
        said["compared"].startswith("Only one of the moves")
        and "is larger, the repatriation to Kazakhstan" in said["compared"]
    )
    assert said["compared"].endswith(
        "the Stolypin years (about 300,000) and the refugees of 1916 (about 300,000 Kazakhs and Kyrgyz)."
    )


def test_the_stolypin_account_is_wrong(tables: Tables) -> None:
    def items(**chosen: Any) -> dict[str, tuple[float, float]]:
        frame = movements.stolypin(tables, **{"left_by_1911": "even", "about_percent": 0} | chosen)
        return {row.item: (row.low, row.high) for row in frame.itertuples()}

    assert items()["base"] == (3_000_000, 3_000_000)
    assert items()["left"] == pytest.approx((250_000, 250_000))
    assert items()["missing"] == pytest.approx((25_000, 25_000))
    assert items(count_year=False)["missing"] == (0, 0), "nine of twelve years are as many as were counted"
    assert items(left_by_1911="none")["missing"] == (-225_000, -225_000)
    wide = items(about_percent=10)["base"]
    assert wide == pytest.approx((270_000 / 0.11, 330_000 / 0.09))


def test_the_loss_in_kashmir_is_wrong(tables: Tables) -> None:
    assert movements.kashmir(tables)["low"].to_list() == [3000, 1200, 1800]


def test_the_waves_inside_sixty_years_are_wrong(tables: Tables) -> None:
    chosen = Interlude(last_wave=1931, growth_percent=2.0)
    found = interlude.inside(tables, chosen)["stage_id"].to_list()
    assert found == ["kashmir_1941", "war_captives", "xinjiang_flight", "labour_1961", "separate_1980s",
                     "iran_afghanistan_1980s"], "the professionals straddle 1991 and are treated apart"  # fmt: skip
    later = interlude.inside(tables, chosen.model_copy(update={"last_wave": 1945}))["stage_id"].to_list()
    assert later == found[2:]


def test_growth_is_wrong(tables: Tables) -> None:
    assert growth.factor(2, 60) == pytest.approx(3.281, abs=0.001)
    assert growth.rate(100, growth.factor(2, 60) * 100, 60) == pytest.approx(2)
    assert after_1991.needed(tables, 20, 0) == 1.0
    assert after_1991.needed(tables, 20, 50) == 0.5
    stock = 5_000_000.0
    for _ in range(20):
        stock += stock * after_1991.needed(tables, 20, 0) / 100 - 50_000
    assert stock == pytest.approx(5_000_000)
    with pytest.raises(ValueError, match="above zero"):
        growth.rate(0, 1, 1)


def test_the_kurultays_are_wrong(tables: Tables) -> None:
    rows = kurultays.meetings(tables)
    assert rows["missing"].to_list() == ["", "", "", "date and place", "place"]
    assert kurultays.average_gap(tables, Kurultays(undated_counts=True)) == pytest.approx(24.73 / 4, abs=0.01)
    assert kurultays.average_gap(tables, Kurultays(undated_counts=False)) == pytest.approx(24.73 / 3, abs=0.01)


@pytest.mark.parametrize(
    ("source", "cis", "bordering", "other"),
    [
        ("mendikulova_2001", "left out", 3_800_000, 147_000),
        ("mendikulova_2001", "bordering", 3_987_000, 147_000),
        ("tatimov_2003", "left out", 2_826_000, 274_000),
        ("tatimov_2003", "not bordering", 2_826_000, 451_000),
    ],
)
def test_the_irredenta_is_miscounted(tables: Tables, source: str, cis: str, bordering: float, other: float) -> None:
    chosen = Concept(scholar="mendikulova", border_km=0, cis_row=cis)  # type: ignore[arg-type]
    found = concept.shares(tables, source, chosen)
    assert (found["bordering"], found["not bordering"]) == (bordering, other)


def test_mongolia_touches_kazakhstan(tables: Tables) -> None:
    near = Concept(scholar="mendikulova", border_km=100, cis_row="left out")
    far = near.model_copy(update={"border_km": 0})
    found = [concept.hosts(tables, "mendikulova_2001", chosen).set_index("place_id") for chosen in (near, far)]
    assert found[0].loc["mongolia", "borders"] == "bordering" and found[1].loc["mongolia", "borders"] == "not bordering"
    assert 20 < found[0].loc["mongolia", "km"] < 60


def test_runs_of_years_are_joined_across_a_gap(tables: Tables) -> None:
    rows = stages.with_numbers(tables, ["soviet_power", "civil_war", "famine_1920", "famine_1930s"])
    assert stages.years_covered(rows) == [(1917, 1922), (1930, 1933)]


def test_the_overview_ignores_its_parameter(tables: Tables) -> None:
    kept = totals.read_totals(ROOT)
    assert len(overview.chosen_stages(tables, Overview(show="all"))) == kept["stages"].value
    assert len(overview.chosen_stages(tables, Overview(show="stated"))) == kept["stages, stated"].value


def test_a_change_of_cause_is_put_into_the_papers_mouth(tables: Tables) -> None:
    """The paper's list of reasons stands in the paragraph on Europe; 1723 and the labour agreements are not in it."""
    rows = tables.stages.set_index("stage_id")
    assert rows.index[rows["cause_by"] == "list"].to_list() == [
        "soviet_power", "civil_war", "famine_1920", "famine_1930s", "war_captives",
    ]  # fmt: skip
    assert rows.index[rows["cause_by"] == "passage"].to_list() == [
        "political_emigration", "xinjiang_flight", "professionals_1990s",
    ]  # fmt: skip
    assert rows.index[rows["cause_by"] == "edition"].to_list() == ["flight_1723", "labour_1961"]
    assert ((rows["cause_by"] != "") == rows["cause_kind"].isin(["political", "economic"])).all()
    said = overview.findings(tables, Overview(show="all"))["causes"]
    assert said.startswith(
        "Of the moves eight count as political and two as economic: five by the paper’s list of reasons"
    )
    assert "(flight from the Dzungars and labour migration to Europe)" in said


def test_an_open_end_or_an_undated_start_is_hidden(tables: Tables) -> None:
    said = stage.in_words(tables).set_index("stage_id")["period"]
    assert said["repatriation"] == "since Kazakhstan got independence in 1991"
    assert said["war_captives"] == (
        "World War II (captivity and the legion); since 1943 (escapes and joining the Resistance)"
    )
    assert said["kashmir_1941"].endswith("; end not dated"), "a journey of more than ten years is not the year 1941"
    assert said["labour_1961"].startswith("since the 1960s")
    assert said["stolypin"] == "1902–1913"
    open_stages = tables.stages.query("start != '' and end == ''")["stage_id"]
    assert said[open_stages].str.contains(r"\bsince\b|end not dated").all()


def test_an_open_list_is_told_as_complete(tables: Tables) -> None:
    said = stage.in_words(tables).set_index("stage_id")["destination"]
    assert said["war_captives"] == "France, Italy, Belgium, Poland and others not named"
    assert said["labour_1961"] == "Germany, Sweden, France, Norway, Denmark, Switzerland and others not named"
    assert said["separate_1980s"] == "England, the Netherlands, France and Austria"
    opened = tables.lists[tables.lists["caveats"].str.contains("open_list")]["list"].unique()
    assert {"refuge_centres_1916", "resistance", "labour_settlement", "near_delegations"} <= set(opened)


def test_the_paper_is_corrected_without_a_word(tables: Tables) -> None:
    """It prints "except for" before two of the four places where the famine led; the edition reads it as besides."""
    row = tables.stages.set_index("stage_id").loc["famine_1930s"]
    assert row["doubtful_ids"] == "china uzbekistan" and "wording_unclear" in row["caveats"].split()
    said = stage.in_words(tables, ["famine_1930s"])["destination"].iloc[0]
    assert said == "Russia and Western Mongolia; in words that are unclear, China and Uzbekistan"
    page = (ROOT / "notebooks" / "revolution_famine.ipynb").read_text(encoding="utf-8")
    assert "“except for”" in page
    for cell, destinations in zip(tables.stages["doubtful_ids"], tables.stages["destination_ids"], strict=True):
        assert set(cell.split()) <= set(destinations.split())


def test_a_name_is_identified_without_a_word(tables: Tables) -> None:
    rows = stage.identified(tables, refugees_1916.NAMED).set_index("place_id")
    assert rows.loc["altai_territory", "name"] == "Altai Territory"
    assert "Altay area of Xinjiang" in rows.loc["altai_territory", "note"] and "Tacheng" in rows.loc["taichen", "note"]
    assert rows["geonames_name"].notna().all() and rows["said"].notna().all()
    assert "in Altai Territory" in refugees_1916.LABELS.values()


def test_a_number_stands_at_the_wrong_place(tables: Tables) -> None:
    said = stage.in_words(tables).set_index("stage_id")["counted"]
    assert said["kashmir_1941"] == "3,000 in Kashmir, on the way", "nobody counted who reached Turkey"
    assert said["count_1911"] == "about 225,000 in Chinese regions (not named)"
    assert said["refugees_1916"] == "about 300,000 Kazakhs and Kyrgyz"


def test_a_destination_is_taken_from_another_sentence(tables: Tables) -> None:
    """Western and Eastern Europe stand in a sentence on marriages, not in the one on professionals."""
    rows = stages.with_numbers(tables).set_index("stage_id")
    assert rows.loc["professionals_1990s", "destination_ids"] == ""
    assert rows.loc["soviet_power", "destination_ids"].split()[-2:] == ["xinjiang_altay", "ili"], "many settled there"


def test_those_who_remained_in_kashmir_are_told_as_gone(tables: Tables) -> None:
    record = RECORDS["fig-kashmir-group"]
    labels = {row["item"]: row["label"] for row in record.rows}
    assert labels["remaining"].replace("\n", " ") == "remaining, less than a year later"


def test_the_growth_behind_a_total_is_read_from_the_wrong_year(tables: Tables) -> None:
    """4,134,000 is of 2001 and 3,277,000 of 2003: 70 and 72 years after 1931, not the 60 of the pause."""
    chosen = Interlude(last_wave=1931, growth_percent=2.0)
    rows = interlude.growth_alone(tables, chosen).data.set_index("rate")
    assert rows.loc[2.0, "factor"] == pytest.approx(1.02**60)
    assert rows.loc[2.0, "mendikulova_2001"] == pytest.approx(4_134_000 / 1.02**70)
    assert rows.loc[2.0, "tatimov_2003"] == pytest.approx(3_277_000 / 1.02**72)


def test_sixty_years_fit_another_wave(tables: Tables) -> None:
    rows = stages.before_return(tables).set_index("stage_id")
    assert (rows.loc["famine_1930s", "from_end"], rows.loc["famine_1930s", "from_start"]) == (58, 61)
    assert (rows.loc["stolypin", "from_end"], rows.loc["stolypin", "from_start"]) == (78, 89)
    assert math.isnan(rows.loc["kashmir_1941", "from_end"]) and rows.loc["professionals_1990s", "from_end"] == -2
    assert interlude.fitting(tables)["stage_id"].to_list() == ["famine_1930s"]
    page = "".join(cell.source for cell in nbformat.read(ROOT / "notebooks" / "interlude.ipynb", as_version=4).cells)
    assert page.count("“massive”") == 2, "the one word that decides"


def test_growth_between_counts_is_wrong(tables: Tables) -> None:
    rows = interlude.grown(tables, Interlude(last_wave=1931, growth_percent=2.0)).set_index("place_id")
    assert rows.loc["russia", ["first", "last", "first_year", "last_year"]].to_list() == [292_099, 635_865, 1937, 1989]
    assert rows.loc["russia", "percent"] == pytest.approx(1.507, abs=0.001)
    assert rows.loc["tajikistan", "percent"] == pytest.approx(-0.165, abs=0.001)
    assert "uzbekistan" not in rows.index, "it has one count only"


def test_the_needed_growth_is_told_as_a_bound(tables: Tables) -> None:
    chosen = After1991(years=20, returned_before_percent=50)
    said = after_1991.findings(tables, chosen)
    assert "by about 0.50\N{NO-BREAK SPACE}% a year" in said["grown"] and "at least" not in said["grown"]
    assert said["highest"] == "1.00"
    assert (said["early-share"], said["early-rate"]) == ("15.5", "0.845"), (
        "155,000 of a million; 845,000 / 20 / 5,000,000"
    )
    none = after_1991.findings(tables, chosen.model_copy(update={"returned_before_percent": 100}))
    assert none["grown"].startswith("need not have grown")


def test_the_base_of_the_stolypin_share_is_wrong(tables: Tables) -> None:
    rows = movements.stolypin_bases(tables).set_index(["year", "of"])
    assert rows.loc[("1897", "Kazakhs"), "percent"] == pytest.approx(8.846, abs=0.001)  # 300,000 / 3,391,268
    assert rows.loc[("1897", "all inhabitants"), "persons"] == pytest.approx(3_391_268 / 0.817)
    assert rows.loc[("1926", "Kazakhs"), "percent"] == pytest.approx(8.270, abs=0.001)


def test_the_crossing_of_1916_is_told_with_the_wrong_sign(tables: Tables) -> None:
    def beyond(**chosen: Any) -> str:
        default = {"total": "printed", "kazakh_percent": 100, "open_bound": "leave open", "about_percent": 0}
        return refugees_1916.findings(tables, Refugees1916(**default | chosen))["beyond"]

    assert beyond().endswith("outnumber the refugees by about 30,000.")
    assert "fewer crossed than are counted as refugees, by 267,000" in beyond(kazakh_percent=1)
    assert beyond(kazakh_percent=90).endswith("are equal.")
    assert "112,500 fewer to 172,500 more" in beyond(about_percent=25)
    assert "at most 40,000" in beyond(total="parts")


def test_a_meeting_from_outside_is_taken_for_the_papers(tables: Tables) -> None:
    rows = kurultays.outside(tables).query("kind == 'meeting'")
    assert rows["meeting"].to_list() == [1, 1, 2, 3, 4, 5, 5, 5]
    said = kurultays.findings(tables, Kurultays(undated_counts=True))
    assert said["found"] == "another source gives 25 May 2011 (its first day) in Astana (newsCentralAsia, 2011)"
    assert said["no-delegates"] == "second, third and fourth"
    shown = kurultays.meetings_table(tables).shown.set_index("Meeting").loc["Fourth"]
    assert shown["date, as printed"] == shown["place"] == "not stated"
