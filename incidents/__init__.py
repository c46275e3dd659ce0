"""The record: what happened. This app writes; it knows nothing of reports.

Each module imports only what stands to its left:

text, month, clock ► querysets ► models ► access ► importing ► forms ► tables ► filters
► exporting ► views ► urls;  text, month ► converters ► urls;  admin; management/commands
"""
