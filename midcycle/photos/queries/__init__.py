"""The reads of photos."""

from midcycle.photos.queries.desk import DeskPage, OnePage, desk_page, one_page
from midcycle.photos.queries.gallery import (
    GalleryPage,
    PhotoPage,
    Teaser,
    gallery_page,
    licence_of,
    photo_page,
    published_pictures,
    teaser,
)
from midcycle.photos.queries.own import SendingPage, albums_of, own_shot, sending_page
from midcycle.photos.queries.shots import Picture, Published, Shot, shot_of

__all__ = [
    "DeskPage",
    "GalleryPage",
    "OnePage",
    "PhotoPage",
    "Picture",
    "Published",
    "SendingPage",
    "Shot",
    "Teaser",
    "albums_of",
    "desk_page",
    "gallery_page",
    "licence_of",
    "one_page",
    "own_shot",
    "photo_page",
    "published_pictures",
    "sending_page",
    "shot_of",
    "teaser",
]
