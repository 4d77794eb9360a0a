"""Figures for Prometheus, to whoever has the token."""

import asyncio
from contextlib import closing
from http.client import HTTPConnection

import pytest

from tests.live.client import Client, play
from tests.live.database import Database
from tests.live.process import METRICS, LiveServer


def ask(server: LiveServer, token: str) -> tuple[int, str]:
    with closing(HTTPConnection("127.0.0.1", server.port)) as connection:
        connection.request("GET", "/metrics", headers={"Authorization": f"Bearer {token}"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def test_an_open_pad_is_counted(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with Client(server.port, pad, "ada") as ada:
            await ada.type("one")
            await ada.all_saved()
            status, page = await asyncio.to_thread(ask, server, METRICS)
            lines = page.splitlines()
            assert [line for line in lines if pad in line] == [
                f'midcycle_pad_connections{{pad="{pad}"}} 1',
                f'midcycle_pad_behind{{pad="{pad}"}} 0',
                f'midcycle_pad_waiting_seconds{{pad="{pad}"}} 0',
                f'midcycle_pad_log_rows{{pad="{pad}"}} 1',
            ]
            assert (status, [line for line in lines if line.startswith("midcycle_live_healthy")]) == (
                200,
                ["midcycle_live_healthy 1"],
            )

    play(story())


@pytest.mark.parametrize("token", ["", "wrong", METRICS[:-1], METRICS + "x"])
def test_a_stranger_is_shown_nothing(server: LiveServer, token: str) -> None:
    assert ask(server, token) == (403, "A token is needed")
