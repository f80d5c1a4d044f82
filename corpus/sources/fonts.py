"""The fonts that reports and test documents are set with: Typst's own and one of a package, never the machine's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import fontpkg_pt_sans
import typst

FAMILIES = {"serif": "Libertinus Serif", "sans": "PT Sans"}
FONTS = typst.Fonts(include_system_fonts=False, font_paths=[str(fontpkg_pt_sans.ROOT / "files")])


def set_with_typst(source: bytes | Path, **options: Any) -> bytes:
    """Compile Typst markup, to PDF unless told otherwise; a font that no package ships is an error."""
    options = {"format": "pdf", "font_paths": FONTS} | options
    data, warnings = typst.compile_with_warnings(source, **options)
    unknown = [warning.message for warning in warnings if "unknown font" in warning.message]
    if unknown:
        raise ValueError(f"{unknown[0]}; there are {', '.join(sorted(set(FONTS.families())))}")
    return bytes(data)
