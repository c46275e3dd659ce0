"""What a month still lacks: computed from the record each time, never ticked by hand.

written, gap ► incidents, scores, texts ► gaps
"""

from reports.readiness.gap import Gap
from reports.readiness.gaps import gap_counts, gaps_of

__all__ = ["Gap", "gap_counts", "gaps_of"]
