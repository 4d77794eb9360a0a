"""Tables as pretix, Eventbrite and spreadsheets write them, with invented people."""

import csv
import io
import json

import xlsxwriter

PRETIX_HEAD = (
    "Event slug", "Order code", "Position ID", "Status", "Email", "Phone number", "Order date", "Order time", "Product",
    "Variation", "Price", "Tax rate", "Tax rule", "Tax value", "Attendee name", "Attendee name: Given name",
    "Attendee name: Family name", "Attendee email", "Company", "Address", "ZIP code", "City", "Country", "State", "Voucher",
    "Pseudonymization ID", "Seat ID", "Order comment", "What is your role?", "Dietary requirements", "Company",
    "Invoice address name", "Address", "ZIP code", "City", "Country", "State", "VAT ID", "Sales channel", "Order locale",
    "E-mail address verified", "Payment providers",
)  # fmt: skip
EVENTBRITE_HEAD = (
    "Order #", "Order Date", "First Name", "Last Name", "Email", "Quantity", "Price Tier", "Ticket Type", "Attendee #", "Group",
    "Order Type", "Currency", "Total Paid", "Fees Paid", "Eventbrite Fees", "Eventbrite Payment Processing", "Attendee Status",
    "Home Country", "How did you hear about this event?", "Is this your first time?", "Job Title", "Company",
)  # fmt: skip


def as_csv(head, rows, separator=","):
    """Return a file of these rows."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows([head, *rows])
    return text.getvalue().encode()


def people(count, first=1):
    """Return a file of so many people, Guest1, Guest2, …"""
    rows = [(f"Guest{number} Example", f"guest{number}@example.org") for number in range(first, first + count)]
    return as_csv(("Name", "E-mail"), rows)


def pretix_row(code, status, name, email, **more):
    """Return the first position of an order as pretix lists it."""
    given, _, family = name.partition(" ")
    told = {
        "Event slug": "spring", "Order code": code, "Position ID": "1", "Status": status, "Email": "office@example.org",
        "Order date": "2027-01-05", "Order time": "10:00:00", "Product": "Ticket", "Attendee name": name,
        "Attendee name: Given name": given, "Attendee name: Family name": family, "Attendee email": email,
        "Company": "Cloud GmbH", "Country": "DE", "What is your role?": "Operator",
        "Invoice address name": "Office Example", "Sales channel": "web", "Order locale": "de", **more,
    }  # fmt: skip
    return [told.get(column, "") for column in PRETIX_HEAD]


def pretix_orders():
    """Return the positions of four orders: paid, pending, cancelled, and one whose address is that of the order."""
    rows = [
        pretix_row("AAAAA", "pending", "Penny Pending", "penny@example.org"),
        pretix_row("BBBBB", "paid", "Paul Paid", "paul@example.org", **{"Dietary requirements": "vegan"}),
        pretix_row("CCCCC", "canceled", "Cary Cancelled", "cary@example.org"),
        pretix_row("DDDDD", "paid", "Olive Order", "", Email="olive@example.org"),
    ]
    return as_csv(PRETIX_HEAD, rows)


def eventbrite_row(name, email, status, job="SRE"):
    """Return an attendee as Eventbrite lists them."""
    given, _, family = name.partition(" ")
    return [
        "11211912243", "11/29/24 22:28", given, family, email, "1", "", "General Admission", "18441583423", "", "Free Order",
        "GBP", "0", "0", "0", "0", status, "United Kingdom", "Colleague", "Yes", job, "Example Ltd",
    ]  # fmt: skip


def eventbrite_attendees():
    """Return attendees in each state Eventbrite knows."""
    rows = [
        eventbrite_row("Ann Attending", "ann@example.org", "Attending"),
        eventbrite_row("Cher Checked", "cher@example.org", "Checked In", job="Head of Pigeons"),
        eventbrite_row("Nat Not", "nat@example.org", "Not Attending"),
        eventbrite_row("Uma Unpaid", "uma@example.org", "Unpaid"),
    ]
    return as_csv(EVENTBRITE_HEAD, rows)


def pretix_json():
    """Return the same orders as pretix writes them in JSON, with a shirt added to a ticket and a poster that admits nobody."""
    positions = [
        _position(1, "Paul Paid", "paul@example.org", answers=[{"question": 7, "answer": "Operator"}]),
        _position(2, None, None, item=2, addon_to=1),
        _position(3, None, None, item=3),
    ]
    orders = [
        _order("AAAAA", "n", [_position(4, "Penny Pending", "penny@example.org")]),
        _order("BBBBB", "p", positions),
        _order("CCCCC", "c", [_position(5, "Cary Cancelled", "cary@example.org")]),
        _order("DDDDD", "p", [_position(6, "Olive Order", None)], email="olive@example.org"),
        _order("EEEEE", "e", [_position(7, "Exa Expired", "exa@example.org")]),
    ]
    items = [{"id": 1, "admission": True}, {"id": 2, "admission": False}, {"id": 3, "admission": False}]
    event = {"slug": "spring", "items": items, "questions": [{"id": 7, "question": "What is your role?"}], "orders": orders}
    return json.dumps({"event": event}).encode()


def _order(code, status, positions, email="office@example.org"):
    return {"code": code, "status": status, "email": email, "datetime": "2027-01-05T09:00:00Z", "locale": "de"} | {
        "positions": positions
    }


def _position(number, name, email, *, item=1, addon_to=None, answers=()):
    return {
        "id": number, "positionid": number, "item": item, "attendee_name": name, "attendee_email": email,
        "company": "Cloud GmbH", "country": "DE", "addon_to": addon_to, "answers": list(answers),
    }  # fmt: skip


def pretix_workbook():
    """Return the workbook "Order data" of pretix: orders, their positions, fees. Two orders of three people."""
    orders = (
        "Event slug", "Order code", "Order total", "Status", "Email", "Phone number", "Order date", "Order time", "Company",
        "Name", "Address", "ZIP code", "City", "Country", "State", "VAT ID", "Order locale", "Positions",
    )  # fmt: skip
    first = ["spring", "AAAAA", 40, "paid", "office@example.org", "", "2027-01-05", "10:00:00", "Cloud GmbH", "Office Example"]
    second = ["spring", "BBBBB", 20, "paid", "olive@example.org", "", "2027-01-06", "10:00:00", "", "Olive Order"]
    positions = [
        pretix_row("AAAAA", "paid", "Paul Paid", "paul@example.org"),
        pretix_row("AAAAA", "paid", "Petra Paid", "petra@example.org"),
        pretix_row("BBBBB", "paid", "Olive Order", "", Email="olive@example.org"),
    ]
    fees = ("Event slug", "Order code", "Status", "Email", "Fee type", "Price", "Company", "Invoice address name")
    return workbook_of(
        {
            "Orders": [orders, [*first, *[""] * 6, "de", 2], [*second, *[""] * 6, "en", 1]],
            "Order positions": [PRETIX_HEAD, *positions],
            "Order fees": [fees, ["spring", "AAAAA", "paid", "office@example.org", "Payment fee", 1, "", "Office Example"]],
            "Empty": [],
        }
    )


def workbook_of(sheets):
    """Return a workbook of these sheets, each a list of rows."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    book.close()
    return data.getvalue()


def pretix_api():
    """Return the same orders as pretix_json as the REST API of pretix answers them, on the first of two pages."""
    orders = json.loads(pretix_json())["event"]["orders"]
    for order in orders:
        order["event"] = "spring"
        order["invoice_address"] = {"company": "Cloud GmbH", "name": "Office Example", "country": "DE"}
        for position in order["positions"]:
            position["answers"] = [answer | {"question_identifier": "ROLE"} for answer in position["answers"]]
            position["company"] = None
            position["checkins"] = [{"list": 1, "datetime": "2027-03-02T08:00:00Z"}] if position["id"] == 6 else []
    return json.dumps({"count": 7, "next": "https://pretix.example/2", "previous": None, "results": orders}).encode()
