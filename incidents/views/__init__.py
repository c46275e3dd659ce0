"""What a browser asks of the record, a module for each kind of page."""
