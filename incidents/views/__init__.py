"""What a browser asks of the record, a module for each kind of page.

Each module may import only what stands to its left: times, asking, finding ► deleted
► incidents ► holds, clock, deleting;  asking, finding ► problems;
asking ► scores, lists, previewing;  incidents, problems ► history;  people, screens, suggestions;
previewing ► targets, calendars
"""
