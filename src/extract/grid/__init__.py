"""Tables of a page: begins with its words and drawing, ends with grids of cells and with grids joined over pages.

To change: `find` asks the engines and chooses; how a grid becomes a table of cells is `model`, what page breaks part
is put together in `pages`.
"""
