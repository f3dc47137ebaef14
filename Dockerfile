# Gazette with its bundled embedding model: nothing is downloaded when the container runs.
FROM python:3.11-slim

ENV PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1

WORKDIR /src

# `--build-arg PIP_EXTRA_INDEX_URL=...` may name an index with PyTorch's build without CUDA, gigabytes smaller.
ARG PIP_EXTRA_INDEX_URL=

# The dependencies have a layer of their own, which only pyproject.toml can change.
COPY pyproject.toml ./
RUN python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"], sep="\n")' \
        > /tmp/requirements.txt \
    && pip install --requirement /tmp/requirements.txt \
    && rm /tmp/requirements.txt

COPY README.md LICENSE NOTICE ./
COPY rag/ rag/
COPY indexer/ indexer/
COPY evals/ evals/
COPY ui/ ui/
RUN pip install --no-deps . && rm -rf /src/*

# The page writes to its store and to the manifest of a served one, and to nothing else.
RUN useradd --create-home --uid 10001 gazette \
    && install -d -o gazette -g gazette /data /home/gazette/.local /home/gazette/.local/share \
        /home/gazette/.local/share/gazette
USER gazette
WORKDIR /home/gazette

ENV GAZETTE_STORE=/data/store
VOLUME ["/data"]
EXPOSE 7860
ENTRYPOINT ["gazette"]
CMD ["chat", "--host", "0.0.0.0", "--port", "7860"]
