"""Hooks of the documentation site: pages that stand outside docs/ are its pages too, and links between them hold."""

import posixpath
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from namndata.store.dictionary import Wording, as_markdown, swedish_of

ROOT = Path(__file__).parent.parent
FROM_ELSEWHERE = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "CONTRIBUTING.md",
    "CHANGELOG.md": "CHANGELOG.md",
    "corpus/README.md": "examples.md",
}
"""Pages outside docs/, and what the site calls them."""
SWEDISH = Wording(
    "Vad kolumnerna betyder",
    "Varje tabell och vy i `corpus.sqlite`. Detsamma står i `data_dictionary`, i kolumnen `description_sv`.",
    "| kolumn | enhet | betydelse |",
    swedish_of,
)
LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?:|#)([^)#\s]+)(#[^)\s]*)?\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages from outside docs/, and the dictionary in Swedish."""
    for source, name in FROM_ELSEWHERE.items():
        files.append(File.generated(config, name, content=(ROOT / source).read_text(encoding="utf-8")))
    files.append(File.generated(config, "sv/data-dictionary.md", content=as_markdown(SWEDISH)))
    return files


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Turn links between files of the project into links between pages of the site."""
    here = page.file.src_uri
    source = {name: source for source, name in FROM_ELSEWHERE.items()}.get(here, f"docs/{here}")

    def relinked(link: re.Match[str]) -> str:
        image, text, target, anchor = link.groups()
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
        name = FROM_ELSEWHERE.get(path) or (path.removeprefix("docs/") if path.startswith("docs/") else None)
        if name is None:
            return f"`{path}`" if text == path else text  # a file that is no page of the site
        return f"{image}[{text}]({posixpath.relpath(name, posixpath.dirname(here) or '.')}{anchor or ''})"

    return LINK.sub(relinked, markdown)
