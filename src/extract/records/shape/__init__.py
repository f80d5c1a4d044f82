"""A table as it is drawn → its rows under their groups and parents: what stands for what, whatever it says."""
