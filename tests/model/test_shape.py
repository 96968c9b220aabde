"""The shape of a record, as reader, writer, rules and documentation ask for it."""

from mrtrack.model.forms import FLOW_KEYS
from mrtrack.model.shape import Items, Keys, Shape, Value, key_paths, record_shape, shape_at


def test_every_key_is_found_with_its_whole_path() -> None:
    paths = list(key_paths())
    assert paths[:3] == ["schema", "id", "title"]
    assert paths[-1] == "extra"
    assert "recommendations.actions.history.documents.url" in paths
    assert "period.from" in paths
    assert "management_response.approved_by.nationality" in paths
    assert len(paths) == len(set(paths))


def test_the_kind_of_text_is_known_for_every_value() -> None:
    action = ("recommendations", 0, "actions", 3)
    assert shape_at(("title",)) == Value("line")
    assert shape_at((*action, "text")) == Value("prose")
    assert shape_at((*action, "id")) == Value("id")
    assert shape_at((*action, "due")) == Value("typed")
    assert shape_at((*action, "extra")) == Value("free")
    assert shape_at((*action, "serves")) == Items(Value("id"))
    assert shape_at((*action, "serves", 0)) == Value("id")
    assert shape_at(("lessons",)) == Items(Value("prose"))


def test_there_is_no_shape_where_a_record_has_nothing() -> None:
    assert shape_at(("colour",)) is None
    assert shape_at(("title", "colour")) is None
    assert shape_at(("title", 0)) is None
    assert shape_at((0,)) is None
    assert shape_at(("recommendations", "id")) is None
    assert shape_at(("recommendations", 0, "colour", "deeper")) is None


def test_anything_may_stand_under_extra() -> None:
    assert shape_at(("extra", "codes", 2, "a")) == Value("free")


def test_a_shape_can_be_asked_below_another() -> None:
    recommendation = shape_at(("recommendations", 0))
    assert isinstance(recommendation, Keys)
    assert recommendation.required == ("id",)
    assert shape_at(("actions", 0, "due"), recommendation) == Value("typed")
    assert shape_at((), recommendation) == recommendation
    assert next(key_paths(recommendation)) == "id"


def test_the_whole_record_is_the_shape_at_the_empty_path() -> None:
    assert shape_at(()) is record_shape()
    assert record_shape().required == ("schema", "id")


def test_flow_style_is_for_small_blocks_and_lists_of_ids_and_codes() -> None:
    def small(shape: Shape | None) -> bool:
        inner = (
            shape.keys.values()
            if isinstance(shape, Keys)
            else [shape.item]
            if isinstance(shape, Items)
            else []
        )
        return bool(inner) and all(isinstance(value, Value) and value.kind != "prose" for value in inner)

    assert sorted(FLOW_KEYS) == ["budget", "countries", "expenditure", "period", "serves", "tags"]
    places = [path.split(".") for path in key_paths() if path.rpartition(".")[2] in FLOW_KEYS]
    assert len(places) == len(FLOW_KEYS)
    for place in places:
        path = tuple(
            step for key in place for step in ((key, 0) if key in ("recommendations", "actions") else (key,))
        )
        assert small(shape_at(path))
