"""Numbers in an author's own sentences, set against the figures.

A sentence is read for the few things that the report counts: incidents by priority and
organisation, their causes, percentages, the Net Promoter Score. A number about anything else is
left alone, and so is a sentence about another time or about a part that the figures do not know:
a false alarm is worse than a miss. What is found is a doubt, for the author to settle: either the
text is wrong, or the number means something else.

claims ► sentences ► known ► counts, rates, scores ► causes ► checking
"""

from reports.prose.checking import contradictions
from reports.prose.claims import Claim

__all__ = ["Claim", "contradictions"]
