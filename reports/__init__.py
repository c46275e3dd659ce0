"""The reading: what the record adds up to. One straight line, nothing flows back.

Each module imports only what stands to its left, and anything of `incidents`:

measures ► verdicts ► reported ► tally ► figures ► trend ► models ► gauges ► wording ► drawing
► charts ► exports ► committee ► pdf ► forms ► views ► urls;
templatetags; admin; management/commands
"""
