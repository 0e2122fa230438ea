"""Reading tables of any form, and telling what their columns say: for every vendor that hands out tables."""

from app.providers.tables.columns import Columns, Recall, month_first, tell, unsure
from app.providers.tables.described import described
from app.providers.tables.lines import DAMAGED_FILE, DAMAGED_ROW, Line
from app.providers.tables.rows import IMPOSSIBLE_TIME, Reader, Spoken
from app.providers.tables.sounds import SoundNames, name_moment, paired_by_time
from app.providers.tables.table import Table, table_in

__all__ = [
    "DAMAGED_FILE",
    "DAMAGED_ROW",
    "IMPOSSIBLE_TIME",
    "Columns",
    "Line",
    "Reader",
    "Recall",
    "SoundNames",
    "Spoken",
    "Table",
    "described",
    "month_first",
    "name_moment",
    "paired_by_time",
    "table_in",
    "tell",
    "unsure",
]
