"""What the clock shows, in words and step by step.

times ► standings ► drawing
"""

from incidents.explaining.drawing import drawn
from incidents.explaining.times import local_time

__all__ = ["drawn", "local_time"]
