"""The lists of the reading as tables: which columns, in which words."""

import django_tables2 as tables

from incidents.tables import KeptTable


class GlossaryTable(KeptTable):
    abbreviation = tables.Column()
    meaning = tables.Column(orderable=False)
