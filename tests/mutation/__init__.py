"""Whether the tests would notice: small faults are put into the program, and its tests are to find them.

`python -m tests.mutation` draws a sample of such faults, mutants, by a seed. Each stands alone in a copy of the
tree and meets the tests of its own package, those first that run its line when all is well.
"""
