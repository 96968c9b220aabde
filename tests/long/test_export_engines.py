"""What is exported opens in the programs it is meant for: the database in Datasette, the pool in Spark."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest
from apart import python_program
from benchmarks.corpus import build

from conftest import Run

pytestmark = pytest.mark.long

COUNT = """
import json, sys
from collections import Counter
from pyspark.sql import SparkSession

quick = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "1", "spark.sql.adaptive.enabled": "false"}
spark = SparkSession.builder.master("local[1]").config(map=quick).getOrCreate()
spark.sparkContext.setLogLevel("OFF")
counts = {}
for table in ("evaluations", "recommendations", "actions", "history"):
    rows = spark.read.parquet(f"{sys.argv[1]}/{table}")
    named = Counter(row.repository for row in rows.select("repository").collect())
    counts[table] = [list(found) for found in named.items()]
late = spark.read.parquet(f"{sys.argv[1]}/actions").where("overdue and due_last < date'2026-11-22'")
years = [row.evaluation_year for row in late.select("evaluation_year").collect()]
counts["late"], counts["years"] = len(years), len(set(years))
print(json.dumps(counts))
"""


def made(folder: Path, name: str, seed: int) -> Path:
    place = folder / name
    (place / "records").mkdir(parents=True)
    (place / "mrtrack.toml").write_text("", encoding="utf-8")
    build(place / "records", 8, seed=seed)
    return place


def test_datasette_opens_the_database_as_it_is(tmp_path: Path, mrtrack: Run) -> None:
    place = made(tmp_path, "here", 1)
    assert mrtrack("-C", str(place), "export", "sqlite", "-o", str(tmp_path / "records.sqlite")).code == 0
    datasette = python_program(tmp_path / "datasette", "datasette", "datasette")
    asked = [str(datasette), "inspect", "records.sqlite"]
    inspected = json.loads(subprocess.run(asked, check=True, cwd=tmp_path, capture_output=True).stdout)
    tables = inspected["records"]["tables"]
    assert {name: tables[name]["count"] for name in ("evaluations", "recommendations", "actions")} == {
        "evaluations": 8,
        "recommendations": 40,
        "actions": 200,
    }
    for path in ("/records/actions?_facet_array=supported_by&responsible__notblank=1", "/records/history"):
        page = subprocess.run(
            [str(datasette), str(tmp_path / "records.sqlite"), "--get", path], check=True, capture_output=True
        )
        assert b"<table" in page.stdout
    view = [str(datasette), str(tmp_path / "records.sqlite"), "--get", "/records/progress.json?_shape=array"]
    rows = json.loads(subprocess.run(view, check=True, capture_output=True).stdout)
    assert sum(row["actions"] for row in rows) == 200


def test_spark_counts_in_the_pool_what_duckdb_counts(tmp_path: Path, mrtrack: Run) -> None:
    if shutil.which("java") is None:
        reason = "java is not installed"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    first, second = made(tmp_path, "first", 1), made(tmp_path, "second", 2)
    pool = tmp_path / "pool"
    assert mrtrack("export", "parquet", str(pool), "--repo", str(first), "--repo", str(second)).code == 0
    python = python_program(tmp_path / "spark", "pyspark", "python")
    script = tmp_path / "count.py"
    script.write_text(COUNT, encoding="utf-8")
    asked = [str(python), str(script), str(pool)]
    quick = {**os.environ, "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}
    done = subprocess.run(asked, check=True, capture_output=True, text=True, timeout=300, env=quick)
    told = json.loads(done.stdout.splitlines()[-1])
    for table, number in {"evaluations": 8, "recommendations": 40, "actions": 200}.items():
        assert sorted(told[table]) == [["first", number], ["second", number]]
    actions = f"read_parquet('{pool}/actions/**/*.parquet', hive_partitioning = true)"
    late = f"from {actions} where overdue and due_last < date '2026-11-22'"
    assert told["late"] == duckdb.execute(f"select count(*) {late}").fetchall()[0][0]
    assert told["years"] == duckdb.execute(f"select count(distinct evaluation_year) {late}").fetchall()[0][0]
    history = f"select repository, count(*) from '{pool}/history/**/*.parquet' group by all order by 1"  # noqa: S608
    assert sorted(told["history"]) == [list(row) for row in duckdb.execute(history).fetchall()]
