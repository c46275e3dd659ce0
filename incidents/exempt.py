"""The grounds on which an authority keeps something from the public."""

SCHEDULE = "Schedule 12A to the Local Government Act 1972"
# Part 1 of the schedule, as substituted for England in 2006, in plain words.
GROUNDS = {
    1: "information about an individual",
    2: "information that would reveal who an individual is",
    3: "the financial or business affairs of a person or body",
    4: "consultations or negotiations with employees",
    5: "legal advice in confidence",
    6: "a notice or an order that the authority means to make",
    7: "the prevention, investigation or prosecution of crime",
}


def ground_in_words(paragraph: int) -> str:
    """Print a ground as the public version of a report gives it."""
    return f"paragraph {paragraph} of {SCHEDULE} ({GROUNDS[paragraph]})"
