"""The mapping that is guessed for a table: readable, usable on that table, honest about what it does not know."""

import csv
import io
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import SHARED
from mrtrack.edit.refusal import Refused
from mrtrack.importers.tables.grid import Grid, outline_sheet
from mrtrack.importers.tables.guess import guess_mapping
from mrtrack.importers.tables.mapping_file import read_mapping
from mrtrack.importers.tables.sheets import Sheet, read_sheet
from mrtrack.importers.tables.usual_columns import usual_field


def sheet(*rows: str, separator: str = ";") -> Sheet:
    out = io.StringIO()
    csv.writer(out).writerows(row.split(separator) for row in rows)
    return read_sheet(out.getvalue().encode(), "follow up.csv")


def guessed(table: Sheet) -> tuple[dict[str, Any], Grid]:
    """The guess as data, and what it makes of the table itself."""
    text = guess_mapping(table)
    return tomllib.loads(text), outline_sheet(table, read_mapping(text.encode(), "guess.toml"))


def shape(grid: Grid) -> list[list[int]]:
    return [[len(one.of("action")) for one in each.of("recommendation")] for each in grid.outline.evaluations]


ENGLISH = sheet(
    "Evaluation title;Rec. No.;Recommendation;Management Response;Key Action(s);"
    "Lead unit;Target date;STATUS;Progress;Mood",
    "Water for all;1;Plan ahead;Accepted;Write a plan;HQ;2021-03;Completed;Written;good",
    "Water for all;;;;Meet;Field;2021-04;On hold;;bad",
    "Roads for all;1;Build;Partially accepted;Dig;HQ;June 2022;Ongoing;;good",
)
FRENCH = sheet(
    "Titre de l'évaluation;N° de la recommandation;Recommandation;Réponse de la direction;Mesure;"
    "Unité responsable;Échéance;État d'avancement;Pays",
    "L'eau pour tous;1;Planifier;Nous écrirons un plan;Écrire;DG;2021;En cours;PER",
    "L'eau pour tous;2;Agir;Trop cher;Lire;DG;2022;Réalisée;PER",
)
SPANISH = sheet(
    "Código;Recomendación;Respuesta de la gerencia;Acción;Responsable;Plazo;Estado;Prioridad",
    "1;Planificar;Aceptada;Escribir;DG;2021;En curso;Alta",
    "2;Actuar;Rechazada;;;;;Baja",
)
AUDIT = sheet(
    "Report Number|Ref|Issue raised|Agreed management action|Owner|"
    "Original due date|Current status|Date issued|Date closed",
    "A-01|1|No keys|Buy a lock|Estates|31/03/2021|Implemented|01/02/2021|30/03/2021",
    "A-02|2|No lamp|Buy a lamp|Estates|30/06/2021|In progress|01/02/2021|",
    separator="|",
)


def test_a_table_of_actions_in_english_is_understood() -> None:
    data, grid = guessed(ENGLISH)
    assert data["rows"] == "actions"
    assert data["fill_down"] == ["Rec. No.", "Recommendation"]
    assert data["evaluations"]["by"] == "Evaluation title"
    assert data["columns"] == {
        "Evaluation title": "evaluation.title",
        "Rec. No.": "recommendation.number",
        "Recommendation": "recommendation.text",
        "Management Response": "response.decision",
        "Key Action(s)": "action.text",
        "Lead unit": "action.responsible",
        "Target date": "action.due",
        "STATUS": "action.status",
        "Progress": "action.comment",
    }
    assert data["status"] == {"Completed": "completed", "On hold": "not-stated", "Ongoing": "initiated"}
    assert data["decision"] == {"Accepted": "accepted", "Partially accepted": "partially-accepted"}
    assert (grid.ids, shape(grid)) == (["water-for-all", "roads-for-all"], [[2], [1]])


def test_a_column_that_nobody_knows_is_left_to_decide() -> None:
    assert '\n# "Mood" = ""\n' in guess_mapping(ENGLISH)


def test_a_french_table_is_understood() -> None:
    data, grid = guessed(FRENCH)
    assert list(data["columns"].values()) == [
        "evaluation.title",
        "recommendation.number",
        "recommendation.text",
        "response.text",
        "action.text",
        "action.responsible",
        "action.due",
        "action.status",
        "evaluation.countries",
    ]
    assert data["status"] == {"En cours": "initiated", "Réalisée": "completed"}
    assert shape(grid) == [[1, 1]]


def test_a_spanish_table_without_evaluations_is_one_evaluation() -> None:
    data, grid = guessed(SPANISH)
    assert "by" not in data["evaluations"]
    assert data["decision"] == {"Aceptada": "accepted", "Rechazada": "rejected"}
    assert data["columns"]["Prioridad"] == "recommendation.priority"
    assert (grid.ids, shape(grid)) == (["follow-up"], [[1, 0]])


def test_a_table_of_audits_groups_by_the_number_of_the_report() -> None:
    data, grid = guessed(AUDIT)
    assert data["evaluations"]["by"] == "Report Number"
    assert data["columns"]["Date issued"] == "action.added"
    assert data["columns"]["Date closed"] == "action.closed"
    assert data["columns"]["Original due date"] == "action.due"
    assert (grid.ids, shape(grid)) == (["a-01", "a-02"], [[1], [1]])


def test_two_columns_for_one_field_leave_the_second_to_decide() -> None:
    text = guess_mapping(sheet("Recommendation;Due date;Revised due date", "Plan;2021;2022", "Act;2021;"))
    assert '# "Revised due date" = ""    # looks like action.due too, as “Due date” does' in text


def test_a_status_column_that_holds_sentences_is_no_status() -> None:
    long = "We met in May and agreed to meet again as soon as the new office opens its doors to the public."
    data, _ = guessed(sheet("Recommendation;Status", f"Plan;{long}", "Act;Done"))
    assert "Status" not in data["columns"]
    assert "status" not in data


def test_a_column_of_statuses_is_known_by_its_words() -> None:
    data, _ = guessed(sheet("Recommendation;How far", "Plan;In progress", "Act;Completed"))
    assert data["columns"]["How far"] == "action.status"


def test_an_empty_column_and_odd_names_do_no_harm() -> None:
    data, grid = guessed(
        sheet('Rec "x" \\ no;Recommendation;Notes {1}\n(2);Deadline', "1;Plan;now;", "2;Act;;")
    )
    assert "Deadline" not in data["columns"]
    assert len(shape(grid)[0]) == 2


def test_the_longest_column_is_taken_where_no_name_tells() -> None:
    text = guess_mapping(sheet("Alpha;Beta", "x;Build the bridge", "y;Paint it"))
    assert '"Beta" = "recommendation.text"    # the column with the longest cells' in text


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("RECOMMENDATION(S)", "recommendation.text"),
        ("Implementation status (June 2024)", "action.status"),
        ("Country Office", "evaluation.countries"),
        ("Reply Text", "response.text"),
        ("Action owner", "action.responsible"),
        ("Date of completion", "action.closed"),
        ("Última actualización", "action.updated"),
        ("Recommendation title", "recommendation.title"),
        ("Título de la evaluación", "evaluation.title"),
        ("Délai prévu", "action.due"),
        ("Management comments", "response.text"),
        ("Favourite colour", None),
    ],
)
def test_usual_names_of_columns_are_known(name: str, field: str | None) -> None:
    assert usual_field(name) == field


names = st.sampled_from(
    ["Recommendation", "Action", "Status", "Report", "No", "Reply", "Country", "Due", "Foo"]
)
cells = st.sampled_from(["", "1", "Plan it", "Completed", "2021-03", "Agreed", 'a "b" {c}', "x\ny", "A-1"])


@given(
    st.lists(st.one_of(names, st.text(max_size=12)), min_size=1, max_size=6),
    st.lists(st.lists(cells, min_size=6, max_size=6), min_size=1, max_size=6),
)
def test_every_guess_reads_back_and_imports_its_own_table(columns: list[str], rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([columns, *(row[: len(columns)] for row in rows)])
    try:
        table = read_sheet(out.getvalue().encode("utf-8", "replace"), "any.csv")
    except Refused:
        return
    guessed(table)


def test_the_guess_for_a_real_table_takes_every_row() -> None:
    file = SHARED / "data" / "taic-recommendations.csv"
    if not file.is_file():
        pytest.skip(f"{file} is not here: the source tables are not part of this repository")
    data, grid = guessed(read_sheet(file.read_bytes(), file.name))
    assert (data["rows"], data["evaluations"]["by"]) == ("recommendations", "Inquiry")
    assert data["evaluations"]["without"] == "no-inquiry"
    assert data["columns"]["Made"] == "action.added"
    assert sum(map(len, shape(grid))) == 2192
