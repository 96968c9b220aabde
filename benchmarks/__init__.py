"""Timings of mrtrack beside its peers: `python -m benchmarks`. Ratios from one run; no test depends on them."""
