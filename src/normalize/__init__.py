"""Begins with printed records, ends with values: numbers, periods, units, directions, names. Pure functions."""
