"""Files that come with forms: kept in memory, and only where a form asks for one."""

from typing import Any

from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadhandler import MemoryFileUploadHandler

from midcycle.site.door import takes_a_file


class OnlyWhereAsked(MemoryFileUploadHandler):
    """Refuses a file at every address whose form takes none, before a byte of it is kept."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the framework's signature
        """Begin to take a file. Raises TooManyFilesSent, which is answered with 400."""
        if self.request is None or not takes_a_file(self.request.path_info):
            raise TooManyFilesSent("No form here takes a file.")
        super().new_file(*args, **kwargs)
