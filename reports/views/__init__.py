"""What is shown of the reading: fetch, build, return. Each module is one group of addresses.

Each module may import only what stands to its left: report ► paper ► archive;
figures, gauge, live, month, publishing, service_levels, writing
"""
