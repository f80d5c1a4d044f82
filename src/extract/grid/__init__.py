"""Tables of a page: begins with its words and drawing, ends with grids of cells and with grids joined over pages."""
