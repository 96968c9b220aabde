"""The settings: what mrtrack.toml may say, every key with its default, and the words it teaches mrtrack.

Not the file: reading it, with positions, is `mrtrack.config`.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Annotated, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from mrtrack.model.setting_values import (
    Asked,
    ByteCount,
    DateText,
    DayCount,
    DecisionName,
    Depth,
    EntryNameText,
    ExtraTypeName,
    Folder,
    HistoryRule,
    LanguageName,
    LineCount,
    LineLength,
    Names,
    Role,
    RowCount,
    StatusName,
    Text,
    Texts,
    ValueCount,
    ViewKindName,
    ViewName,
    WeightName,
    refuse,
    tables,
)
from mrtrack.model.spellings import Spelling, UnclearWordError, Vocabulary, clashes, folded, joined
from mrtrack.model.wording import vocabulary
from mrtrack.model.words import NOT_STATED, Decision, EvaluationStatus, Status

Path = tuple[str | int, ...]
Fault = tuple[Path, PydanticCustomError]


class Table(BaseModel):
    """A frozen table of settings; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Lists(Table):
    """The closed lists; an empty one is open. `countries` are words beside the codes of ISO 3166."""

    types: Texts = ()
    organisations: Texts = ()
    countries: Texts = ()


class Unit(Table):
    """A unit: its other spellings, the units that belong to it, and its organisation."""

    aliases: Texts = ()
    members: Texts = ()
    organisation: Text | None = None


class Labels(Table):
    """What an organisation calls a closed word: shown to people, and understood from them."""

    status: dict[StatusName, Text] = {}
    decision: dict[DecisionName, Text] = {}


class Aliases(Table):
    """Other words for a closed word: understood from people and in imports, never shown."""

    status: dict[Text, StatusName] = {}
    decision: dict[Text, DecisionName] = {}


class Days(Table):
    """Limits in days."""

    long_overdue: DayCount = 180
    due_soon: DayCount = 30
    stale: DayCount = 180
    response: DayCount = 42


class View(Table):
    """A saved filter. Closed words are kept in their canonical form, `not-stated` among them."""

    kind: ViewKindName = "actions"
    description: Text | None = None
    evaluation: Names = ()
    evaluation_status: Names = ()
    organisation: Names = ()
    type: Names = ()
    country: Names = ()
    tag: Names = ()
    unit: Names = ()
    lead: Names = ()
    status: Names = ()
    decision: Names = ()
    priority: Names = ()
    open: Asked = False
    overdue: Asked = False
    due_soon: Asked = False
    stale: Asked = False
    disputed: Asked = False
    no_lead: Asked = False
    no_evidence: Asked = False
    no_response: Asked = False
    due_before: DateText | None = None
    due_after: DateText | None = None
    completed_before: DateText | None = None
    completed_after: DateText | None = None
    updated_before: DateText | None = None
    text: Text | None = None
    sort: Text | None = None
    limit: RowCount | None = None


class Publish(Table):
    """What is kept out of everything that leaves the repository, and the language of what is made for readers.

    `omit` are keys of the record, written with dots; `languages` are those of single organisations.
    """

    omit: Texts = ()
    language: LanguageName = "en"
    languages: dict[Text, LanguageName] = {}

    @field_validator("omit")
    @classmethod
    def _names_keys_that_can_go(cls, omit: tuple[str, ...]) -> tuple[str, ...]:
        if omit:
            from mrtrack.model.publishing import why_not_omitted  # noqa: PLC0415 - loads the record's models

            refusals = ((index, why_not_omitted(key)) for index, key in enumerate(omit))
            _raise([((index,), refuse(*reason)) for index, reason in refusals if reason])
        return omit


class Write(Table):
    """What is written with every entry."""

    by: Role | None = None


class Limits(Table):
    """How large a record may be, and how deeply nested (levels); `line` is the longest one, in bytes."""

    bytes: ByteCount = 5_000_000
    depth: Depth = 40
    line: LineLength = 100_000
    lines: LineCount = 200_000
    values: ValueCount = 200_000


class HistoryException(Table):
    """A rewritten history that is let pass, once this stands on the base: in a record, an item, an entry of it.

    `rule` is the one that is let pass; without it, each of those about history.
    """

    record: Text
    item: Text | None = None
    entry: EntryNameText | None = None
    rule: HistoryRule | None = None
    reason: Text


class History(Table):
    """What is let pass of the rules about history; nothing else of them can be set."""

    exceptions: Annotated[tuple[HistoryException, ...], BeforeValidator(tables("history.exceptions"))] = ()


class Git(Table):
    """What git does not say by itself: the name of the main branch."""

    main: Text | None = None


class Extra(Table):
    """The keys of an organisation's own, under `extra`, and what each of them holds."""

    evaluation: dict[Text, ExtraTypeName] = {}
    recommendation: dict[Text, ExtraTypeName] = {}
    action: dict[Text, ExtraTypeName] = {}
    entry: dict[Text, ExtraTypeName] = {}


class Settings(Table):
    """All that mrtrack.toml may say; `Settings()` is what holds where there is no such file."""

    records: Folder = "records"
    templates: Folder = "templates"
    lists: Lists = Lists()
    units: dict[Text, Unit] = {}
    labels: Labels = Labels()
    aliases: Aliases = Aliases()
    days: Days = Days()
    severity: dict[Text, WeightName] = {}
    views: dict[ViewName, View] = {}
    publish: Publish = Publish()
    write: Write = Write()
    limits: Limits = Limits()
    history: History = History()
    git: Git = Git()
    extra: Extra = Extra()

    @field_validator("views")
    @classmethod
    def _views_name_known_words(cls, views: dict[str, View], info: ValidationInfo) -> dict[str, View]:
        if "labels" not in info.data or "aliases" not in info.data:
            return views
        faults: list[Fault] = []
        known: dict[str, View] = {}
        for name, view in views.items():
            meant = {
                key: _words_meant(words, (name, key), getattr(view, key), faults)
                for key, words in _closed_filters(info.data["labels"], info.data["aliases"])
                if getattr(view, key)
            }
            known[name] = view.model_copy(update=meant)
        _raise(faults)
        return known

    @model_validator(mode="after")
    def _every_name_means_one_thing(self) -> Self:
        found = [
            (("units", *path), text, earlier) for path, text, earlier in clashes(self._spellings(), folded)
        ]
        for key, words in _closed_filters(self.labels, self.aliases):
            found += [
                ((path[0], key, *path[1:]), text, earlier)
                for path, text, earlier in clashes(words.spellings(), joined)
            ]
        hint = "one word stands for one thing: choose another, or take this one out"
        _raise(
            (path, refuse(f"“{text}” stands for {earlier} already", hint)) for path, text, earlier in found
        )
        return self

    @cached_property
    def unit_names(self) -> Mapping[str, str]:
        """The name of every unit by its folded name and folded aliases."""
        return {folded(text): name for _, text, name in self._spellings()}

    def _spellings(self) -> Iterator[Spelling]:
        for name in self.units:
            yield (name,), name, name
        for name, unit in self.units.items():
            for index, alias in enumerate(unit.aliases):
                yield (name, "aliases", index), alias, name


def _closed_filters(labels: Labels, aliases: Aliases) -> Iterator[tuple[str, Vocabulary]]:
    for key, words in (("status", Status), ("decision", Decision), ("evaluation_status", EvaluationStatus)):
        yield key, vocabulary(words, labels, aliases, NOT_STATED)


def _words_meant(
    words: Vocabulary, path: Path, texts: tuple[str, ...], faults: list[Fault]
) -> tuple[str, ...]:
    meant = []
    for index, text in enumerate(texts):
        try:
            meant.append(words.meant(text))
        except UnclearWordError as error:
            faults.append(((*path, index), refuse(error.reason, error.hint)))
    return tuple(meant)


def _raise(faults: Iterable[Fault]) -> None:
    details = [InitErrorDetails(type=error, loc=path, input=None) for path, error in faults]
    if details:
        raise ValidationError.from_exception_data("settings", details)
