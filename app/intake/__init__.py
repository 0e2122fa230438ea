"""Files into the library, safely, as one job; hostile archives stop here."""
