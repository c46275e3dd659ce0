"""What a month still lacks: computed from the record each time, never ticked by hand.

written, gap ► incidents, scores, texts ► gaps
"""

from reports.readiness.gap import Gap
from reports.readiness.gaps import Readiness, gap_counts, gaps_of, readiness_of

__all__ = ["Gap", "Readiness", "gap_counts", "gaps_of", "readiness_of"]
