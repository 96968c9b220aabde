"""All targets by their names."""

from collections.abc import Mapping

from fuzz.asking import FILTERS
from fuzz.dating import DATES
from fuzz.importing import IMPORTER
from fuzz.merging import MERGE
from fuzz.reading import READER
from fuzz.target import Target

TARGETS: Mapping[str, Target] = {target.name: target for target in (READER, IMPORTER, MERGE, FILTERS, DATES)}
