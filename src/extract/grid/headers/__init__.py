"""Headers of tables: begins with the lines or cells of a table, ends with each header over the columns that it heads.

To change: `phrases` tells which lines are headers and which column each phrase of one heads, `placed` at least cost,
for the `body` that has figures; headers over several columns are found in `groups`, how far they reach in `spans`, and
made whole in `cells`, those above a drawn grid in `above`; columns of nothing but `signs` are joined to the next.
"""
