"""Exits with 0 if the PostgreSQL server of an address lets us in: postgresql_answers.py ADDRESS."""

import sys

import psycopg2

try:
    # The database that the address names need not exist: tests make their own.
    psycopg2.connect(sys.argv[1], dbname="postgres", connect_timeout=5).close()
except psycopg2.Error as error:
    sys.exit(str(error).strip())
