# edlint in a container that can do nothing but read: `docker build -t edlint .`, then
# docker run --rm --read-only --network none --cap-drop ALL -v "$PWD:/drafts:ro" edlint draft.md
FROM python:3.13-slim AS build
WORKDIR /source
COPY .ci/requirements/run.txt .ci/requirements/run.txt
RUN python -m venv /edlint && /edlint/bin/pip install --no-cache-dir -r .ci/requirements/run.txt
COPY .ci/compile_rules.py .ci/readme.py .ci/
COPY pyproject.toml README.md LICENSE ./
COPY rules rules
COPY edlint edlint
RUN /edlint/bin/pip install --no-cache-dir --no-deps --no-build-isolation . && /edlint/bin/pip uninstall --yes hatchling editables

FROM python:3.13-slim
COPY --from=build /edlint /edlint
ENV PATH=/edlint/bin:$PATH EDLINT_NO_CACHE=1 PYTHONDONTWRITEBYTECODE=1
USER 10001
WORKDIR /drafts
ENTRYPOINT ["edlint"]
CMD ["--help"]
