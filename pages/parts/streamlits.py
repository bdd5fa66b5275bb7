"""What Streamlit says itself, in English alone; `static/frame.js` says it in the reader's language.

`#` stands for a number and `…` at either end for a name, such as that of a widget.
"""

from queries.words import N_, Words

WORDS = (
    N_("#MB per file"),
    N_("# files"),
    N_("# option available."),
    N_("# options available."),
    N_("Add files"),
    N_("App pages"),
    N_("Cancel upload of …"),
    N_("Choose an option"),
    N_("Choose date"),
    N_("Choose options"),
    N_("Clear all"),
    N_("Clear date"),
    N_("Clear value"),
    N_("Close fullscreen"),
    N_("Collapse sidebar"),
    N_("Copy version to clipboard"),
    N_("Dark"),
    N_("Decrement"),
    N_("Dismiss"),
    N_("Drag and drop files here"),
    N_("Expand sidebar"),
    N_("Fullscreen"),
    N_("Help for …"),
    N_("Increment"),
    N_("Light"),
    N_("Link to heading"),
    N_("Main menu"),
    N_("No results"),
    N_("Open"),
    N_("Print"),
    N_("Record screen"),
    N_("Remove …"),
    N_("Running..."),
    N_("Search"),
    N_("Select # matches"),
    N_("Select all"),
    N_("Selected values"),
    N_("Sidebar"),
    N_("Skip to main content"),
    N_("Stop"),
    N_("System"),
    N_("Theme"),
    N_("Upload"),
    N_("Use arrow keys to navigate dates. Enter to select. Escape to close."),
    N_("day, …"),
    N_("dd"),
    N_("file upload"),
    N_("mm"),
    N_("month, …"),
    N_("year, …"),
    N_("yyyy"),
    N_("… — end"),
    N_("… — start"),
)


def told(_: Words) -> dict[str, str]:
    """Streamlit's words -> those of the language, where they are others."""
    return {word: _(word) for word in WORDS if _(word) != word}
