"""Reports as they really come: late, corrected, withdrawn, uncertain; what was known of them on a date."""

from comity.accord.incidents.log import Log, day_in, end_of

__all__ = ["Log", "day_in", "end_of"]
