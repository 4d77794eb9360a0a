"""A double of Stripe, as a process of its own: `python -m tests.worlds.stripe_double API_PORT PAGE_PORT`.

It is localstripe (GPL-3), which has payment intents, charges, refunds and signed webhooks. What that lacks is added here, in
the documented shapes: Checkout Sessions with a page on which they are paid, idempotency keys, the metadata of a charge, what
the provider takes for one, and the event that tells of a refund. What it is told to do at `/_config/mood` shows how we get
along with a Stripe that is slow, down, or says something odd.
"""

import asyncio
import json
import sys
import time
from html import escape

from aiohttp import web
from localstripe import resources, server
from localstripe.webhooks import schedule_webhook

PAGE = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Pay</title><h1>{name}</h1><p>{amount} {currency}</p>"
    '<form method=post><button name=card value=4242424242424242>Pay</button></form><a href="{back}">Back</a>'
)
SESSIONS: dict[str, dict] = {}
ANSWERS: dict[str, tuple[str, int, bytes]] = {}
ASKED: list[dict] = []
MOOD = {"name": "", "page": ""}
KNOWN = {
    "mode", "payment_method_types", "line_items", "client_reference_id", "metadata", "payment_intent_data", "adaptive_pricing",
    "expires_at", "success_url", "cancel_url",
}  # fmt: skip


async def make_session(request):
    """Answer `POST /v1/checkout/sessions`: refuse what Stripe would, and lead to a page of ours."""
    data = await server.get_post_data(request)
    (line,) = data["line_items"]
    price = line["price_data"]
    wrong = set(data) - KNOWN or data["mode"] != "payment" or data["payment_method_types"] != ["card"]
    now, ends = time.time(), int(data["expires_at"])
    if wrong or line["quantity"] != "1" or not 1790 <= ends - now <= 86_400 or int(price["unit_amount"]) < 50:
        error = {"type": "invalid_request_error", "code": "parameter_invalid", "message": str(wrong)}
        return web.json_response({"error": error}, status=400)
    number = f"cs_test_{resources.random_id(40)}"
    url = f"{MOOD['page']}/pay/{number}"
    SESSIONS[number] = {"data": data, "price": price, "intent": None}
    return web.json_response({"id": number, "object": "checkout.session", "status": "open", "payment_intent": None, "url": url})


async def show_page(request):
    """Show what is to be paid, or that it was."""
    session = SESSIONS[request.match_info["id"]]
    if session["intent"]:
        return web.Response(text="This was paid.", content_type="text/html")
    price = session["price"]
    shown = {
        "name": escape(price["product_data"]["name"]),
        "amount": price["unit_amount"],
        "currency": price["currency"],
        "back": escape(session["data"]["cancel_url"]),
    }
    return web.Response(text=PAGE.format(**shown), content_type="text/html")


async def pay(request):
    """Pay a session with a card, once, and lead back."""
    session = SESSIONS[request.match_info["id"]]
    if session["intent"] is None:
        price, said = session["price"], session["data"]["payment_intent_data"]
        session["intent"] = charge(int(price["unit_amount"]), price["currency"], said["metadata"]).id
    raise web.HTTPSeeOther(session["data"]["success_url"])


def charge(amount, currency, metadata):
    """Make and confirm a payment intent, as Checkout does; its charge has the same metadata, and a fee."""
    card = {"number": "4242424242424242", "exp_month": 12, "exp_year": 2034, "cvc": "123"}
    method = resources.PaymentMethod(type="card", card=card)
    intent = resources.PaymentIntent(amount=amount, currency=currency, metadata=metadata, payment_method=method.id)
    intent._confirm(on_failure_now=intent._report_failure)
    intent.latest_charge.metadata = dict(metadata)
    transaction = resources.BalanceTransaction._api_retrieve(intent.latest_charge.balance_transaction)
    transaction.fee = 25 + amount * 15 // 1000
    return intent


async def make_refund(request):
    """Answer `POST /v1/refunds`, and tell of it, which localstripe does not."""
    data = await server.get_post_data(request)
    charged = resources.PaymentIntent._api_retrieve(data["payment_intent"]).latest_charge
    left = charged.amount - charged.amount_refunded
    if left == 0:
        error = {"type": "invalid_request_error", "code": "charge_already_refunded"}
        return web.json_response({"error": error}, status=400)
    refund = resources.Refund(payment_intent=data["payment_intent"], amount=data.get("amount", left))
    schedule_webhook(resources.Event("charge.refunded", charged))
    return web.json_response(refund._export())


@web.middleware
async def once(request, handler):
    """Answer a request with the same Idempotency-Key alike, and one with another body not at all, as Stripe does."""
    body = (await request.read()).decode()
    key = request.headers.get("Idempotency-Key")
    if request.path.startswith("/v1/"):
        said = {name: request.headers.get(name, "") for name in ("Authorization", "Stripe-Version", "User-Agent")}
        ASKED.append({"path": request.path_qs, "body": body, "key": key, **said})
    if key is None:
        return await handler(request)
    if key in ANSWERS:
        asked, status, text = ANSWERS[key]
        if asked != body:
            return web.json_response({"error": {"type": "idempotency_error"}}, status=400)
        return web.Response(status=status, body=text, content_type="application/json")
    answer = await handler(request)
    ANSWERS[key] = (body, answer.status, answer.body)
    return answer


@web.middleware
async def moody(request, handler):
    """Misbehave as we were told."""
    mood = MOOD["name"] if request.path.startswith("/v1/") else ""
    if mood == "slow":
        await asyncio.sleep(30)
    if mood == "trickle":
        answer = web.StreamResponse(headers={"Content-Length": "1000"})
        await answer.prepare(request)
        for _ in range(1000):
            await answer.write(b" ")
            await asyncio.sleep(0.1)
    odd = {
        "down": web.json_response({"error": {"type": "api_error"}}, status=503),
        "conflict": web.json_response({"error": {"type": "idempotency_error", "code": "idempotency_key_in_use"}}, status=409),
        "redirect": web.Response(status=302, headers={"Location": "https://evil.example.org/"}),
        "garbage": web.Response(body=b"\x00<html>", content_type="application/json"),
        "list": web.json_response([1]),
        "long": web.Response(body=b"{" + b" " * 1_000_000),
        "elsewhere": web.json_response({"url": "https://evil.example.org/pay"}),
        "userinfo": web.json_response({"url": f"{MOOD['page']}@evil.example.org/pay"}),
        "script": web.json_response({"url": "javascript:alert(1)"}),
    }
    return odd[mood] if mood in odd else await handler(request)


async def set_mood(request):
    """Change how this behaves from now on."""
    MOOD["name"] = (await request.json())["name"]
    return web.Response()


async def make_payment(request):
    """Let somebody pay whatever the test says, past any session."""
    data = await request.json()
    return web.json_response({"id": charge(data["amount"], data["currency"], data["metadata"]).id})


async def show_asked(_request):
    """Tell what was asked so far."""
    return web.json_response(ASKED)


def applications():
    """Return the API, with what is added to it first, and the pages."""
    resources.Store.dump_to_disk = lambda _self: None  # it writes to a path all processes share
    api = web.Application(middlewares=[moody, server.error_middleware, server.auth_middleware, once])
    api.router.add_post("/v1/checkout/sessions", make_session)
    api.router.add_post("/v1/refunds", make_refund)
    api.router.add_post("/_config/mood", set_mood)
    api.router.add_post("/_config/payments", make_payment)
    api.router.add_get("/_config/asked", show_asked)
    api.router.add_routes(
        web.route(route.method, route.resource.canonical, route.handler)
        for route in server.app.router.routes()
        if route.method in {"GET", "POST", "DELETE"}
    )
    pages = web.Application()
    pages.router.add_get("/pay/{id}", show_page)
    pages.router.add_post("/pay/{id}", pay)
    return api, pages


async def serve(api_port, page_port):
    """Serve both until the end."""
    MOOD["page"] = f"http://127.0.0.1:{page_port}"
    for application, port in zip(applications(), (api_port, page_port), strict=True):
        runner = web.AppRunner(application)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
    print(json.dumps({"ready": True}), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2])))
