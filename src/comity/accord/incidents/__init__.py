"""Reports as they really come: late, corrected, withdrawn, uncertain; what was known of them on a date.

`load` reads CSV (Comity's own, or any with a mapping), UCDP GED, ACLED, PLOVER and CAMEO records and JSON; `fitted`
fits them to an accord; `Log` gives what was known when; the formats write CSV, JSON, JSON-LD, GeoJSON and iCalendar.
"""

from comity.accord.incidents.csv import Columns, load_mapping
from comity.accord.incidents.fitting import fitted
from comity.accord.incidents.loading import load
from comity.accord.incidents.log import Log, day_in, end_of
from comity.accord.incidents.rows import Fault, Read

__all__ = ["Columns", "Fault", "Log", "Read", "day_in", "end_of", "fitted", "load", "load_mapping"]
