"""Sets invoices: a program of its own, beside the one for other documents, which need no second library.

Tells in the metadata of a PDF/A-3 that it carries an invoice (Factur-X 1.0.7, 6.2.2), in words that are described there.
"""

import io
from collections.abc import Mapping
from typing import Final

import pikepdf

from midcycle.engines.documents.typesetting import answer, typeset

_SPACE: Final = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
_MEANINGS: Final = {
    "DocumentFileName": "Name of the embedded XML invoice file",
    "DocumentType": "INVOICE",
    "Version": "The version of the Factur-X XML schema",
    "ConformanceLevel": "The conformance level of the embedded Factur-X data",
}
_END_OF_SCHEMAS: Final = b"</rdf:Bag></pdfaExtension:schemas>"
_END: Final = b"</rdf:RDF>"


def typeset_hybrid(template: str, values: Mapping[str, object]) -> bytes:
    """Return the template, filled with the values, as PDF/A-3 that tells of the file in it, which is `values["file"]`."""
    return with_facts(typeset(template, values, "a-3a"), str(values["file"]))


def with_facts(pdf: bytes, file_name: str) -> bytes:
    """Return the PDF with the facts of Factur-X in it. Raises ValueError for one whose metadata is not as typst writes it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        told = document.Root.Metadata.read_bytes()
        if told.count(_END_OF_SCHEMAS) != 1 or told.count(_END) != 1:
            raise ValueError("these metadata have no list of schemas")
        told = told.replace(_END_OF_SCHEMAS, _schema().encode() + _END_OF_SCHEMAS)
        told = told.replace(_END, _facts(file_name).encode() + _END)
        document.Root.Metadata = document.make_stream(told, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return out.getvalue()


def _schema() -> str:
    properties = "".join(
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{name}</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType>"
        f"<pdfaProperty:category>external</pdfaProperty:category><pdfaProperty:description>{meaning}</pdfaProperty:description>"
        "</rdf:li>"
        for name, meaning in _MEANINGS.items()
    )
    return (
        '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{_SPACE}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )


def _facts(file_name: str) -> str:
    return (
        f'<rdf:Description rdf:about="" xmlns:fx="{_SPACE}"><fx:DocumentType>INVOICE</fx:DocumentType>'
        f"<fx:DocumentFileName>{file_name}</fx:DocumentFileName><fx:Version>1.0</fx:Version>"
        "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel></rdf:Description>"
    )


if __name__ == "__main__":
    answer(typeset_hybrid)
