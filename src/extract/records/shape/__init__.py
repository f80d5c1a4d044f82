"""A table as it is drawn → its rows under their groups and parents: what stands for what, whatever it says.

Begins with a table and the roles of its columns, ends with the columns that name rows and
groups, and each row's parent.

To change: what makes a column the one of labels is weighed in `frame`, what makes a row a part in `parents`, where a
table goes on with the one before in `continued`.
"""
