"""What a researcher asks of the records: begins with a report's amounts and targets, ends with answers beside them.

Printed figures are never changed: what is worked out stands in columns of its own, null where nothing proves it.

To change: the words are in the vocabularies of statements and costs; what a table's figures prove is in `signs`.
"""
