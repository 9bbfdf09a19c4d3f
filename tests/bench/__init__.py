"""How fast edlint is, printed: `python -m tests.bench [startup|throughput|growth]`."""
