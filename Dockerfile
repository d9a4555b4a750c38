# One image for every process of the desk; docker-compose.yml says which one a container runs.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 \
    HELPDESK_DATA=/data HELPDESK_STATIC=/srv/static HELPDESK_BIND=0.0.0.0 HELPDESK_SMTP_HOST=0.0.0.0

# pg_dump and psql for `manage.py backup` and `restore` on servers that ask for TLS.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 1000 --create-home desk \
    && install --directory --owner=desk --mode=700 /data \
    && install --directory --owner=desk /srv/static

WORKDIR /srv/desk
COPY requirements.lock .
RUN pip install --disable-pip-version-check --no-deps --requirement requirements.lock
COPY . .

USER desk
RUN HELPDESK_DATA=/tmp/build sh -c 'python -m helpdesk.translations && python manage.py collectstatic --no-input --verbosity 0' \
    && rm -rf /tmp/build

EXPOSE 8000 2525
CMD ["python", "manage.py", "serve", "web"]
