"""The reading: what the record adds up to. One straight line, nothing flows back.

Each module imports only what stands to its left, and anything of `incidents`:

tokens, measures ► verdicts ► reported ► tally ► figures ► trend ► models ► gauges ► wording
► comparing, exempt ► markup, prose ► drawing ► charts ► exports ► committee ► readiness ► pdf
► word ► publishing ► archive ► public, month_page ► wall ► live ► forms ► views ► lists ► urls;
models ► tables ► lists;
templatetags; admin; management/commands
"""
