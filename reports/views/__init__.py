"""What is shown of the reading: fetch, build, return. Each module is one group of addresses.

Each module may import only what stands to its left: seen ► report ► paper ► archive, public;
seen ► figures, gauge, live, month, writing;  live ► wall;  publishing, service_levels
"""
