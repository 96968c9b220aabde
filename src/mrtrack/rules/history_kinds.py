"""The kinds of problem that a change of the past is: found by comparing two versions, so that none is a rule.

Settings cannot lower them, and a record cannot accept them.
"""

from mrtrack.problems import Kind, Severity

ITEM_REMOVED = Kind(
    "H901",
    "item-removed",
    Severity.ERROR,
    """\
An evaluation, a recommendation or an action of the base is gone. Nothing is removed: what is void stays, as
`no-longer-applicable` with a reason. A record that was imported twice, or a name that must go, is taken out
once `[[history.exceptions]]` on the base says so.

On the base:

```yaml
actions:
  - id: "1.1"
    status: initiated
  - id: "1.2"
    status: initiated
```

Bad:

```yaml
actions:
  - id: "1.1"
    status: initiated
```

Good:

```yaml
actions:
  - id: "1.1"
    status: initiated
  - id: "1.2"
    status: no-longer-applicable
    history:
      - date: 2021-10-08
        status: no-longer-applicable
        comment: The office was closed.
```
""",
)
ITEM_RENUMBERED = Kind(
    "H902",
    "item-renumbered",
    Severity.ERROR,
    """\
An evaluation, a recommendation or an action of the base has another id. Letters, reports and other records
name it by the old one. An id stays for good; where the source numbers anew, `number` says how.

On the base:

```yaml
- id: "1.1"
  text: Hold a meeting.
```

Bad:

```yaml
- id: "1.7"
  text: Hold a meeting.
```

Good:

```yaml
- id: "1.1"
  number: "1.7"
  text: Hold a meeting.
```
""",
)
ITEM_MOVED = Kind(
    "H903",
    "item-moved",
    Severity.ERROR,
    """\
An action of the base stands under another recommendation, or an item stands in the record of another
evaluation. Where an action answers a second recommendation as well, `serves` names it. (A record file may
move to another folder.)

On the base:

```yaml
- id: "1"
  actions:
    - id: "1.1"
- id: "2"
```

Bad:

```yaml
- id: "1"
- id: "2"
  actions:
    - id: "1.1"
```

Good:

```yaml
- id: "1"
  actions:
    - id: "1.1"
      serves: ["2"]
- id: "2"
```
""",
)
ENTRY_REMOVED = Kind(
    "H904",
    "entry-removed",
    Severity.ERROR,
    """\
An entry of the base is gone. What was recorded by mistake stays, and a new entry corrects it.

On the base:

```yaml
history:
  - date: 2021-01-05
    due: 2021-07
  - date: 2021-03-02
    status: completed
```

Bad:

```yaml
history:
  - date: 2021-01-05
    due: 2021-07
```

Good:

```yaml
history:
  - date: 2021-01-05
    due: 2021-07
  - date: 2021-03-02
    status: completed
  - date: 2021-03-09
    comment: Another action was meant.
    corrects: 2021-03-02
```
""",
)
ENTRY_CHANGED = Kind(
    "H905",
    "entry-changed",
    Severity.ERROR,
    """\
An entry of the base says something else than it did. It tells what was known on its day; what is known now
is a new entry.

On the base:

```yaml
history:
  - date: 2021-01-05
    due: 2021-07
```

Bad:

```yaml
history:
  - date: 2021-01-05
    due: 2021-12
```

Good:

```yaml
history:
  - date: 2021-01-05
    due: 2021-07
  - date: 2021-03-02
    due: 2021-12
    comment: The consultant was hired late.
```
""",
)
ENTRIES_REORDERED = Kind(
    "H906",
    "entries-reordered",
    Severity.ERROR,
    """\
The entries of the base stand in another order. Of two entries of one day, the lower one counts.

On the base:

```yaml
history:
  - date: 2021-03-02
    status: initiated
  - date: 2021-03-02
    status: completed
```

Bad:

```yaml
history:
  - date: 2021-03-02
    status: completed
  - date: 2021-03-02
    status: initiated
```

Good:

```yaml
history:
  - date: 2021-03-02
    status: initiated
  - date: 2021-03-02
    status: completed
  - date: 2021-03-09
    status: initiated
    comment: It was not completed after all.
```
""",
)
ENTRIES_FUSED = Kind(
    "H907",
    "entries-fused",
    Severity.ERROR,
    """\
Several entries of the base were made one, so that it is lost who recorded what on which day.

On the base:

```yaml
history:
  - date: 2021-01-05
    comment: The hall is booked.
  - date: 2021-03-02
    comment: The guests are invited.
```

Bad:

```yaml
history:
  - date: 2021-03-02
    comment: The hall is booked. The guests are invited.
```

Good:

```yaml
history:
  - date: 2021-01-05
    comment: The hall is booked.
  - date: 2021-03-02
    comment: The guests are invited.
  - date: 2021-03-09
    comment: All is ready.
```
""",
)
CHANGED_WITHOUT_ENTRY = Kind(
    "H908",
    "changed-without-entry",
    Severity.ERROR,
    """\
Status, due date, lead, decision or planned end is another than on the base, and no entry says so. `mrtrack
update` and `mrtrack respond` write both, the present and its entry.

On the base:

```yaml
- id: "1.1"
  status: initiated
```

Bad:

```yaml
- id: "1.1"
  status: completed
```

Good:

```yaml
- id: "1.1"
  status: completed
  history:
    - date: 2021-10-08
      by: M&E unit
      status: completed
```
""",
)
ARRIVED_LATE = Kind(
    "H909",
    "arrived-late",
    Severity.INFO,
    """\
A new entry stands above one that the base has already: it was recorded earlier, on another branch. That is
as it should be, and is named since whoever read the record in the meantime did not see it.

On the base:

```yaml
history:
  - date: 2021-03-02
    status: initiated
```

Bad:

```yaml
history:
  - date: 2021-01-05
    comment: The budget was found.
  - date: 2021-03-02
    status: initiated
```

Good:

```yaml
history:
  - date: 2021-03-02
    status: initiated
  - date: 2021-03-09
    comment: The budget was found.
```
""",
)
WEAKER_SETTINGS = Kind(
    "H910",
    "weaker-settings",
    Severity.WARNING,
    """\
The change makes mrtrack.toml less strict: a rule counts for less, a limit is wider, a closed list is open,
or a rewritten history is excepted. The change itself is still checked with the severities, limits and
exceptions of the base; the new ones hold once they are there.

On the base:

```toml
[severity]
flow-list = "error"
```

Bad:

```toml
[severity]
flow-list = "off"
```

Good:

```toml
[severity]
flow-list = "error"
```
""",
)

HISTORY_KINDS = (
    ITEM_REMOVED,
    ITEM_RENUMBERED,
    ITEM_MOVED,
    ENTRY_REMOVED,
    ENTRY_CHANGED,
    ENTRIES_REORDERED,
    ENTRIES_FUSED,
    CHANGED_WITHOUT_ENTRY,
    ARRIVED_LATE,
    WEAKER_SETTINGS,
)
