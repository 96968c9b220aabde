"""The tables of the index. Days are counted as `date.toordinal`; closed words by their place, 0 being not stated.

What stands now is apart from what stood before, since most questions are about now.
"""

from mrtrack.model.words import Decision, EvaluationStatus, Status, Verdict

FORMAT = 4
"""Raised whenever the tables or what stands in them change: an index of another format is thrown away."""

ENDLESS = 1 << 32
"""The day after the last of a state that holds."""

_STATUSES: tuple[Status | None, ...] = (None, *Status)
STATUS = {word: code for code, word in enumerate(_STATUSES)}
DECISION = {word: code for code, word in enumerate((None, *Decision))}
EVALUATION_STATUS = {word: code for code, word in enumerate((None, *EvaluationStatus))}
VERDICT = {word: code for code, word in enumerate((None, *Verdict))}

_STATE = """
    status INTEGER NOT NULL, lead INTEGER, support INTEGER, due_first INTEGER, due_last INTEGER,
    verdict INTEGER NOT NULL, completed_first INTEGER, completed_last INTEGER, updated INTEGER,
    proven INTEGER NOT NULL, open_due INTEGER, open_updated INTEGER"""
"""Where an action is open, `open_due` is the last day of `due`, `open_updated` the day of the last entry (0: none)."""

COUNTED = (
    "total",
    "not_initiated",
    "initiated",
    "completed",
    "no_longer_applicable",
    "not_stated",
    "open",
    "overdue",
    "long_overdue",
    "due_soon",
    "stale",
    "disputed",
)
"""What is counted of actions, in the order of `query.summary.ActionCounts`."""

TABLES = f"""
CREATE TABLE about (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE files (file INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE, digest BLOB NOT NULL, problem TEXT,
    latest INTEGER NOT NULL);
CREATE TABLE records (file INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE names (name INTEGER PRIMARY KEY, kind TEXT NOT NULL, text TEXT NOT NULL, UNIQUE (kind, text));
CREATE TABLE evaluations (
    file INTEGER PRIMARY KEY, id TEXT NOT NULL, title TEXT, organisation INTEGER, type INTEGER,
    countries INTEGER, tags INTEGER, required INTEGER, response_due INTEGER);
CREATE TABLE evaluation_states (
    file INTEGER, since INTEGER, until INTEGER NOT NULL,
    status INTEGER NOT NULL, late_after INTEGER, responded INTEGER NOT NULL,
    PRIMARY KEY (file, since)) WITHOUT ROWID;
CREATE TABLE recommendations (
    file INTEGER, recommendation INTEGER, priority INTEGER, counted INTEGER NOT NULL,
    PRIMARY KEY (file, recommendation)) WITHOUT ROWID;
CREATE TABLE recommendation_states (
    file INTEGER, recommendation INTEGER, since INTEGER, until INTEGER NOT NULL,
    decision INTEGER NOT NULL, responded INTEGER NOT NULL,
    PRIMARY KEY (file, recommendation, since)) WITHOUT ROWID;
CREATE TABLE actions_now (
    file INTEGER, action INTEGER, recommendation INTEGER NOT NULL, since INTEGER NOT NULL, {_STATE},
    PRIMARY KEY (file, action)) WITHOUT ROWID;
CREATE TABLE actions_before (
    file INTEGER, action INTEGER, recommendation INTEGER NOT NULL, since INTEGER NOT NULL,
    until INTEGER NOT NULL, {_STATE},
    PRIMARY KEY (file, action, since)) WITHOUT ROWID;
CREATE TABLE texts (number INTEGER PRIMARY KEY, file INTEGER NOT NULL, action INTEGER NOT NULL);
CREATE TABLE worded (file INTEGER PRIMARY KEY);
CREATE TABLE day_evaluations (
    file INTEGER PRIMARY KEY, id TEXT NOT NULL,
    total INTEGER NOT NULL, overdue INTEGER NOT NULL, open INTEGER NOT NULL);
CREATE TABLE turns (
    subject INTEGER, of INTEGER, count INTEGER, begun BLOB NOT NULL, ended BLOB NOT NULL,
    PRIMARY KEY (subject, of, count));
"""

INDEXES = """
CREATE INDEX unread ON files (file, problem) WHERE problem IS NOT NULL;
CREATE INDEX evaluations_by_id ON evaluations (id);
CREATE INDEX now_by_lead ON actions_now
    (lead, file, recommendation, since, status, verdict, open_due, open_updated);
CREATE INDEX now_by_due ON actions_now (open_due, file, action, since, recommendation) WHERE open_due IS NOT NULL;
CREATE INDEX before_by_lead ON actions_before
    (lead, file, recommendation, since, until, status, verdict, open_due, open_updated);
CREATE INDEX before_by_due ON actions_before (open_due, file, action, since, until, recommendation)
    WHERE open_due IS NOT NULL;
CREATE INDEX texts_by_file ON texts (file);
CREATE INDEX day_evaluations_worst ON day_evaluations (overdue DESC, open DESC, total DESC, id);
"""
"""Made when the tables of a new index are filled: in order, that takes a fraction of the time."""
