"""Two people at one pad."""

from tests.live.client import Client, play, until
from tests.live.database import Database
from tests.live.process import LiveServer


def test_two_people_see_each_other_type(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad("# Ceph\n")
        async with Client(server.port, pad, "ada") as ada, Client(server.port, pad, "bo") as bo:
            assert (ada.text, bo.text) == ("# Ceph\n", "# Ceph\n")
            await ada.type("We run 3 PB. ")
            await until(lambda: bo.text == ada.text)
            await bo.type("We run 12. 😀")
            await until(lambda: ada.text == bo.text)
            assert ada.text == "# Ceph\nWe run 3 PB. We run 12. 😀"

    play(story())


def test_an_acknowledged_change_is_in_the_database(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with Client(server.port, pad, "ada") as ada:
            await ada.type("one ")
            await ada.type("two")
            await ada.all_saved()
            assert (ada.saved, database.text(pad)) == (2, "one two")

    play(story())


def test_people_come_and_go_by_name(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with Client(server.port, pad, "ada") as ada:
            async with Client(server.port, pad, "bo") as bo:
                await until(lambda: len(ada.people) == 2)
                assert {one["name"] for one in ada.people.values()} == {"Ada", "Bo"}
                assert {one["name"] for one in bo.people.values()} == {"Ada", "Bo"}
            await until(lambda: len(ada.people) == 1)
            assert [(one["name"], one["colour"], one["role"]) for one in ada.people.values()] == [("Ada", 3, "write")]

    play(story())
