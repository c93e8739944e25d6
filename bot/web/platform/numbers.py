"""Numbers of change requests, as they stand in an address."""

import re

NUMBER = re.compile(r"CR-\d{8}-\d{3,9}", re.ASCII)
