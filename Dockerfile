# Saisine, ready to serve. Build: docker build -t saisine .
FROM python:3.12-slim AS build
WORKDIR /src
RUN python -m venv /opt/saisine
COPY requirements.lock .
RUN /opt/saisine/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY app app
COPY templates templates
COPY static static
COPY migrations migrations
RUN /opt/saisine/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation --no-index . \
 && /opt/saisine/bin/pip uninstall --yes --quiet pip

FROM python:3.12-slim
LABEL org.opencontainers.image.title="Saisine" \
      org.opencontainers.image.description="Complaints after a refusal of care, received with a certain date" \
      org.opencontainers.image.licenses="EUPL-1.2"
# pg_dump and pg_restore, for `saisine backup` and `saisine restore` of a PostgreSQL database.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends postgresql-client \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin saisine \
 && install -d -o saisine -g saisine -m 0700 /data /keys /copies
COPY --from=build /opt/saisine /opt/saisine
# Nothing is written outside of /data (and /keys by `saisine keys`, /copies by `saisine backup`): the container can run with a read-only root (--read-only --tmpfs /tmp).
ENV PATH=/opt/saisine/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    SAISINE_ENV=production \
    SAISINE_HOST=0.0.0.0 \
    SAISINE_PORT=8000 \
    SAISINE_DATA=/data
USER saisine
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
# /etat answers 200 when complaints can be received, and 503 otherwise, which raises here. The Host header is the public one.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; from urllib.parse import urlsplit as s; u.urlopen(u.Request('http://127.0.0.1:' + os.environ['SAISINE_PORT'] + '/etat', headers={'Host': s(os.environ.get('SAISINE_PUBLIC_URL', '')).netloc or '127.0.0.1', 'Accept': 'application/json'}), timeout=4)"]
ENTRYPOINT ["saisine"]
CMD ["serve"]
