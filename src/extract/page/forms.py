"""Filled form fields and text written on a page with a PDF reader, made part of the page so that they are read."""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from schema.problem import UnreadableDocument

PRINTED = frozenset({raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT})
"""Form fields and free text; notes, links and marks are no part of what the page prints."""


def page_with_forms(document: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    """A page whose form fields and free text stand among its own text."""
    page = _load(document, index)
    kinds = [_kind(page, i) for i in range(raw.FPDFPage_GetAnnotCount(page.raw))]
    if not PRINTED & set(kinds):
        return page
    for i in reversed(range(len(kinds))):
        if kinds[i] not in PRINTED:
            raw.FPDFPage_RemoveAnnot(page.raw, i)
    raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
    page.close()
    return _load(document, index)


def _load(document: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    try:
        page: pdfium.PdfPage = document[index]
    except pdfium.PdfiumError as error:
        message = f"page {index + 1} is damaged; fetch or export the file again"
        raise UnreadableDocument("broken_page", message, page=index + 1) from error
    return page


def _kind(page: pdfium.PdfPage, number: int) -> int:
    annotation = raw.FPDFPage_GetAnnot(page.raw, number)
    kind = int(raw.FPDFAnnot_GetSubtype(annotation))
    raw.FPDFPage_CloseAnnot(annotation)
    return kind
