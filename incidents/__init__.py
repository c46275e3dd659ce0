"""The record: what happened. This app writes; it knows nothing of reports.

Each module imports only what stands to its left:

text, veiling, month, clock, exempt, acting, differences ► judging ► querysets ► models
► standing, settling, misses, screens ► deleting, explaining, consequences ► access
► people ► inviting, merging, importing, retelling ► forms ► tables ► filters ► exporting
► views ► lists ► urls;
text, month ► converters ► urls;  admin; management/commands
"""
