"""The types that every stage shares. Imports none of the other packages."""
