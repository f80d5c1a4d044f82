"""Identity: begins with the names of all reports, ends with one id for each indicator, budget line and committee."""
