"""Whoever takes their name away while a pad is open in their browser goes on in it as nobody: no row names them again."""

from dataclasses import replace

from pycrdt import Text

from midcycle.live.limits import Limits
from tests.live.client import Client, play, until
from tests.live.database import Database
from tests.live.inside import Guest, registry
from tests.live.process import LiveServer


def test_no_row_names_somebody_again_however_fast_they_type_on(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with Client(server.port, pad, "ada") as ada, Client(server.port, pad, "bo") as bo:
            await ada.type("from ada ")
            await bo.type("from bo ")
            await until(lambda: len(ada.text) == len(bo.text) == len("from ada from bo "))
            database.forget(pad, "ada")
            for _ in range(20):  # before the server looks, and after
                await ada.type("on ")
                await ada.all_saved()
            await until(lambda: ada.renewals == 1)
            await ada.type("to the end")
            await until(lambda: bo.text == ada.text == database.text(pad))
            assert bo.text.endswith("to the end")
            assert database.people(pad) == ["bo", "gone"]
            assert database.writers(pad) == [("bo", "Bo"), ("gone", "")]
            assert ada.refused == []

    play(story())


def test_a_row_is_nobodys_before_any_server_has_looked(database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with registry(database, limits=Limits(rights=60.0, poll=60.0)) as pads:
            ada, again, bo = [await Guest(pads, pad, name).enter() for name in ("ada", "ada", "bo")]
            for one in (ada, again, bo):
                one.answer()
            ada.type("before ")
            await until(lambda: ada.acked == 2)
            database.forget(pad, "ada")
            ada.type("after ")
            again.type("elsewhere ")  # the first text under a client id of its own
            bo.type("bo ")
            await until(lambda: (ada.acked, again.acked, bo.acked) == (3, 2, 2))
            assert database.people(pad) == ["bo", "gone"]
            assert database.writers(pad) == [("bo", "Bo"), ("gone", ""), ("gone", "")]
            assert sorted(bo.text.split()) == ["after", "before", "bo", "elsewhere"]

    play(story())


def test_whoever_opens_the_pad_anew_writes_under_their_name_again(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with Client(server.port, pad, "ada") as ada:
            await ada.type("old ")
            await ada.all_saved()
            database.forget(pad, "ada")
            await until(lambda: ada.renewals == 1)
        anew = Client(server.port, pad, "ada")
        anew.ticket = replace(ada.ticket, rights=1)
        async with anew:
            await anew.type("new")
            await anew.all_saved()
            assert database.writers(pad) == [("ada", "Ada"), ("gone", "")]
            assert database.people(pad) == ["ada", "gone"]

    play(story())


def test_whoever_came_after_it_keeps_their_name_though_no_server_has_looked(database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with registry(database, limits=Limits(rights=60.0, poll=60.0)) as pads:
            ada = await Guest(pads, pad, "ada").enter()
            ada.answer()
            ada.type("old ")
            await until(lambda: ada.acked == 2)
            database.forget(pad, "ada")
            anew = Guest(pads, pad, "ada")
            anew.ticket = replace(anew.ticket, rights=1)
            await anew.enter()
            ada.renew(replace(ada.ticket, rights=1))  # the page that was open: a new ticket is not a new name
            anew.answer()
            anew.type("new ")
            ada.type("on ")
            await until(lambda: (ada.acked, anew.acked) == (3, 2))
            assert database.people(pad) == ["ada", "gone"]
            assert database.writers(pad) == [("ada", "Ada"), ("gone", "")]

    play(story())


def test_a_page_open_since_before_stays_nobody_under_an_id_of_its_own_choice(database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with registry(database, limits=Limits(rights=60.0, poll=60.0)) as pads:
            ada, waits = [await Guest(pads, pad, "ada").enter() for _ in range(2)]
            for one in (ada, waits):
                one.answer()
            ada.type("old ")
            await until(lambda: ada.acked == 2)
            database.forget(pad, "ada")
            waits.renew(replace(waits.ticket, rights=1))
            waits.type("first words ")
            await until(lambda: waits.acked == 2)
            assert (database.people(pad), database.writers(pad)) == (["gone"], [("gone", ""), ("gone", "")])

    play(story())


def test_a_page_that_lost_its_connection_keeps_its_id_and_loses_no_word(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with Client(server.port, pad, "ada") as ada, Client(server.port, pad, "bo") as bo:
            await ada.type("saved ")
            await ada.all_saved()
            await ada.leave()
            ada.insert("typed on the train")
            database.forget(pad, "ada")
            await until(lambda: bo.renewals == 1)
            ada.ticket = replace(ada.ticket, rights=1)
            await ada.join()
            await until(lambda: bo.text == "saved typed on the train")
            assert (database.people(pad), database.writers(pad)) == (["gone"], [("gone", "")])

    play(story())


def test_nobody_else_writes_under_an_id_whose_name_is_gone(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with Client(server.port, pad, "ada") as ada, Client(server.port, pad, "bo") as bo:
            await ada.type("from ada ")
            await until(lambda: bo.text == "from ada ")
            database.forget(pad, "ada")
            await until(lambda: bo.renewals == 1)
            await ada.type("x")
            await until(lambda: bo.text == "from ada x")
            before = bo.whole
            bo.doc = ada.doc  # and so writes under the id of ada
            bo.insert("not by ada")
            assert bo.whole != before
            await bo.change(bo.whole)
            assert await bo.closed() == 4403
            assert bo.refused == ["forged"]

    play(story())


def test_whoever_only_deleted_is_known_and_can_be_forgotten(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad("one two three")
        async with Client(server.port, pad, "ada") as ada:
            await _delete(ada, 4)
            assert (database.people(pad), database.writers(pad)) == (["ada"], [("ada", "Ada")])
            database.forget(pad, "ada")
            await _delete(ada, 4)
            await ada.type("!")
            await ada.all_saved()
            assert (database.text(pad), database.people(pad), database.writers(pad)) == ("three!", ["gone"], [("gone", "")])

    play(story())


async def _delete(client: Client, amount: int) -> None:
    """Delete from the beginning."""
    doc = client.doc
    assert doc is not None
    before = doc.get_state()
    del doc.get("content", type=Text)[0:amount]
    await client.change(doc.get_update(before))
    await client.all_saved()


def test_the_votes_of_somebody_forgotten_go_and_none_comes_from_their_page(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with Client(server.port, pad, "ada") as ada, Client(server.port, pad, "bo") as bo:
            await ada.type("- one\n- two\n")
            await until(lambda: bo.text == ada.text)
            first, second = f"{ada.client_id}:0", f"{ada.client_id}:6"
            await ada.vote(first)
            await bo.vote(first)
            await until(lambda: bo.votes == ada.votes == {first: ["ada", "bo"]})
            database.forget(pad, "ada")
            await ada.vote(second)
            await until(lambda: ada.uncounted == [second])
            await until(lambda: bo.votes.get(first) == ["bo"])
            await bo.vote(second)
            await until(lambda: bo.votes.get(second) == ["bo"])
            assert {person for (person,) in database.ask("SELECT person FROM pads_vote WHERE pad_id = ?", pad)} == {"bo"}

    play(story())
