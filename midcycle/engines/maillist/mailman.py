"""Mailman 3 over its REST interface, version 3.1 (docs.mailman3.org, "REST API")."""

import re
from base64 import b64encode
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote, urlencode

from midcycle.engines.maillist.shapes import About, Answer, Fetch, Members, Outcome, Request, Trouble
from midcycle.kernel.words import gettext_noop

PAGE: Final = 500
_MODES: Final = {True: "plaintext_digests", False: "regular"}
_ADDRESS: Final = re.compile(r"[!-~]+@[!-~]+", re.ASCII)
# What Mailman 3.3 says of somebody whose membership changes nothing any more; both come with 409.
_PENDING: Final = "pending"
# With 400 it says that it takes an address never, and also that its database was busy.
_NEVER: Final = ("banned", "subscriber", "List posting address", "preferred address")
_NO_PASSWORD: Final = gettext_noop("Mailman does not know our name or password.")
_NO_LIST: Final = gettext_noop("Mailman has no such list.")
_UNCLEAR: Final = gettext_noop("Mailman answers what cannot be understood.")
_STATUS: Final = gettext_noop("Mailman answers %(status)s.")
TROUBLES: Final = (_NO_PASSWORD, _NO_LIST, _UNCLEAR, _STATUS)


@dataclass(frozen=True)
class Mailman:
    """One list of a Mailman. `url` ends in the version, such as `http://127.0.0.1:8001/3.1`; `list_id` is as in List-Id."""

    url: str
    user: str
    secret: str = field(repr=False)
    list_id: str

    def about(self, fetch: Fetch) -> About:
        """Return the list's name and posting address. Raises Trouble."""
        told = _told(fetch(self._request("GET", f"lists/{quote(self.list_id, safe='')}")), 200)
        name, address = str(told.get("display_name", "")), str(told.get("fqdn_listname", ""))
        if not _ADDRESS.fullmatch(address):
            raise Trouble(_UNCLEAR)
        return About(name, address)

    def join(self, fetch: Fetch, address: str, *, digest: bool) -> Outcome:
        """Let an address join that is verified and confirmed. Whether a moderator has to approve stays the list's own rule."""
        said = {
            "list_id": self.list_id,
            "subscriber": address,
            "pre_verified": "true",
            "pre_confirmed": "true",
            "pre_approved": "false",
            "delivery_mode": _MODES[digest],
        }
        answer = fetch(self._request("POST", "members", said))
        if answer.status == 409:
            return "held" if _PENDING in _description(answer) else "there"
        if answer.status == 400 and any(why in _description(answer) for why in _NEVER):
            return "refused"
        if answer.status not in {201, 202}:
            raise _of_status(answer)
        return "joined" if answer.status == 201 else "held"

    def members(self, fetch: Fetch, page: int) -> Members:
        """Return a page of the members' addresses and nothing else of them. Raises Trouble."""
        asked = urlencode({"count": PAGE, "page": page, "fields": "email"})
        told = _told(fetch(self._request("GET", f"lists/{quote(self.list_id, safe='')}/roster/member?{asked}")), 200)
        entries, total = told.get("entries", []), told.get("total_size", 0)
        if not isinstance(entries, list) or not isinstance(total, int):
            raise Trouble(_UNCLEAR)
        addresses = tuple(str(entry.get("email", "")) for entry in entries if isinstance(entry, dict))
        return Members(addresses, bool(entries) and page * PAGE < total)

    def _request(self, method: str, path: str, said: dict[str, str] | None = None) -> Request:
        token = b64encode(f"{self.user}:{self.secret}".encode()).decode()
        headers = {"Authorization": f"Basic {token}", "Accept": "application/json"}
        if said is None:
            return Request(method, f"{self.url}/{path}", headers)
        form = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
        return Request(method, f"{self.url}/{path}", form, urlencode(said).encode())


def _told(answer: Answer, status: int) -> dict[str, Any]:
    if answer.status != status:
        raise _of_status(answer)
    told = answer.told()
    if not isinstance(told, dict):
        raise Trouble(_UNCLEAR)
    return told


def _description(answer: Answer) -> str:
    told = answer.told()
    return str(told.get("description", "")) if isinstance(told, dict) else ""


def _of_status(answer: Answer) -> Trouble:
    if answer.status == 401:
        return Trouble(_NO_PASSWORD)
    if answer.status == 404 or "No such list" in _description(answer):
        return Trouble(_NO_LIST)
    return Trouble(_STATUS % {"status": answer.status}, wait=answer.wait)
