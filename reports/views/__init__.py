"""What is shown of the reading: fetch, build, return. Each module is one group of addresses."""
