"""Making a release: `python -m tests.release 0.3.0` prepares it, `make dist` builds and checks what is published, `smoke` tries it."""
