"""Discourse over its API (docs.discourse.org). A member is whoever has an active account; joining is an invitation."""

import json
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from midcycle.engines.maillist.shapes import About, Answer, Fetch, Members, Outcome, Request, Trouble
from midcycle.kernel.words import gettext_noop

PAGE: Final = 100  # what Discourse gives at once
_NO_KEY: Final = gettext_noop("Discourse does not know our key, or it is not one of an administrator.")
_UNCLEAR: Final = gettext_noop("Discourse answers what cannot be understood.")
_STATUS: Final = gettext_noop("Discourse answers %(status)s.")
_NOT_TAKEN: Final = gettext_noop("Discourse does not take it: %(why)s")
TROUBLES: Final = (_NO_KEY, _UNCLEAR, _STATUS, _NOT_TAKEN)
_LONGEST_WHY: Final = 120


@dataclass(frozen=True)
class Discourse:
    """A forum. Its key has to be one of an administrator: nobody else is shown addresses. New topics go to the `category`.

    A forum answers 60 requests a minute with one key, and then 429 with `Retry-After`, unless its owner allows more.
    """

    url: str
    user: str
    secret: str = field(repr=False)
    category: str
    group: str = ""

    def about(self, fetch: Fetch) -> About:
        """Return the name of the forum; postings go over the API. Raises Trouble."""
        told = _told(fetch(self._request("GET", "site/basic-info.json")))
        return About(str(told.get("title", "")) if isinstance(told, dict) else "", "")

    def join(self, fetch: Fetch, address: str, *, digest: bool) -> Outcome:  # noqa: ARG002 - members choose it there
        """Let Discourse invite an address, by a letter of its own. Raises Trouble."""
        said = {"email": address} | ({"group_names": self.group} if self.group else {})
        answer = fetch(self._request("POST", "invites.json", said))
        if answer.status == 422:
            return "there"  # the address has an account, or was invited
        _told(answer)
        return "joined"

    def members(self, fetch: Fetch, page: int) -> Members:
        """Return the addresses of a page of accounts. Raises Trouble.

        The oldest come first: in the forum's own order, who was seen last, people change places between two pages. Whoever only
        wrote to the forum by mail has no account, and is in its list as `staged`.
        """
        asked = urlencode({"show_emails": "true", "order": "created", "asc": "true", "page": page})
        told = _told(fetch(self._request("GET", f"admin/users/list/active.json?{asked}")))
        if not isinstance(told, list):
            raise Trouble(_UNCLEAR)
        accounts = [account for account in told if isinstance(account, dict)]
        found = (account.get("email", "") for account in accounts if account.get("active", True) and not account.get("staged"))
        return Members(tuple(str(address) for address in found if address), len(told) >= PAGE)

    def post(self, fetch: Fetch, title: str, text: str) -> str:
        """Begin a topic; return the path of its page. Raises Trouble."""
        said = {"title": title, "raw": text, "category": self.category}
        told = _told(fetch(self._request("POST", "posts.json", said)))
        return f"/t/{told['topic_id']}" if isinstance(told, dict) and isinstance(told.get("topic_id"), int) else ""

    def _request(self, method: str, path: str, said: dict[str, str] | None = None) -> Request:
        headers = {"Api-Key": self.secret, "Api-Username": self.user, "Accept": "application/json"}
        if said is None:
            return Request(method, f"{self.url}/{path}", headers)
        return Request(method, f"{self.url}/{path}", {**headers, "Content-Type": "application/json"}, json.dumps(said).encode())


def _told(answer: Answer) -> Any:  # noqa: ANN401 - JSON
    if answer.status == 429:
        raise Trouble(_STATUS % {"status": 429}, fate="later", wait=answer.wait)
    if answer.status in {401, 403}:
        raise Trouble(_NO_KEY, fate="never")
    if answer.status != 200:
        raise Trouble(_refusal(answer), fate="never" if 400 <= answer.status < 500 else "unclear")
    told = answer.told()
    if told is None:
        raise Trouble(_UNCLEAR)
    return told


def _refusal(answer: Answer) -> str:
    """Return why it was not taken, in the forum's own words where it has some, such as of a title that is too short."""
    told = answer.told() if answer.status == 422 else None
    errors = told.get("errors") if isinstance(told, dict) else None
    why = " ".join(" ".join(str(each) for each in errors).split()) if isinstance(errors, list) else ""
    return _NOT_TAKEN % {"why": why[:_LONGEST_WHY]} if why else _STATUS % {"status": answer.status}
