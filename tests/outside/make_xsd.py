#!/usr/bin/env python3
"""Makes an XML schema (XSD) of Salesforce metadata files from Salesforce's published TypeScript types.

usage: make_xsd.py node_modules/@salesforce/types/lib/metadata.d.ts out.xsd ROOT...

Each ROOT (a metadata type such as Flow) becomes a root element; only what the roots reach is written.
In the .d.ts `field: T[]` may be absent or repeated, `field?: T` may be absent, `field: T` is required; a union of
literals is an enumeration. As in the Metadata API's WSDL, elements are a sequence: the fields of the base type come
first, then the type's own, each in the order of the declaration.
"""

import re
import sys
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

NAMESPACE = "http://soap.sforce.com/2006/04/metadata"
PRIMITIVES = {
    "number": "xsd:double",
    "boolean": "xsd:boolean",
    # The .d.ts has one type for the three of the WSDL.
    "Date": "tns:AnyDate",
}


@dataclass
class Enum:
    values: list


@dataclass
class Alias:
    target: str


@dataclass
class Record:
    base: str
    fields: list  # of (name, type, minOccurs, maxOccurs)


def read_types(text):
    types = {}
    for name, body in re.findall(r"^export type (\w+) = (.*?);\n(?=export|\Z)", text, re.DOTALL | re.MULTILINE):
        body = body.strip()
        record = re.match(r"(?:(\w+) & )?\{(.*)\}$", body, re.DOTALL)
        if body.startswith("'"):
            types[name] = Enum(re.findall(r"'((?:[^'\\]|\\.)*)'", body))
        elif record:
            types[name] = Record(record.group(1), list(read_fields(record.group(2))))
        else:
            types[name] = Alias(body)
    return types


def read_fields(body):
    for name, optional, kind in re.findall(r"^\s*'?(\w+)'?(\?)?: (.+?);$", body, re.MULTILINE):
        repeated = kind.endswith("[]")
        kind = kind[:-2] if repeated else kind
        yield name, kind, 0 if repeated or optional else 1, "unbounded" if repeated else 1


def reachable(types, roots):
    kept, todo = set(), list(roots)
    while todo:
        name = todo.pop()
        if name in kept or name not in types:
            continue
        kept.add(name)
        kind = types[name]
        if isinstance(kind, Record):
            todo += [kind.base] if kind.base else []
            todo += [field[1] for field in kind.fields]
        elif isinstance(kind, Alias):
            todo.append(kind.target)
    return sorted(kept)


def reference(types, name):
    return "tns:" + name if name in types else PRIMITIVES.get(name, "xsd:string")


def definition(types, name):
    kind = types[name]
    if isinstance(kind, Enum):
        values = "".join(f"<xsd:enumeration value={quoteattr(value)}/>" for value in kind.values)
        return f'<xsd:simpleType name="{name}"><xsd:restriction base="xsd:string">{values}</xsd:restriction></xsd:simpleType>'
    if isinstance(kind, Alias) and not isinstance(types.get(kind.target), Record):
        base = reference(types, kind.target)
        return f'<xsd:simpleType name="{name}"><xsd:restriction base="{base}"/></xsd:simpleType>'
    base, fields = (kind.target, []) if isinstance(kind, Alias) else (kind.base, kind.fields)
    content = "".join(
        f'<xsd:element name="{field}" type="{reference(types, type_)}" minOccurs="{least}" maxOccurs="{most}"'
        + (' nillable="true"/>' if least == 0 else "/>")
        for field, type_, least, most in fields
    )
    content = f"<xsd:sequence>{content}</xsd:sequence>"
    if base:
        content = f'<xsd:complexContent><xsd:extension base="tns:{base}">{content}</xsd:extension></xsd:complexContent>'
    return f'<xsd:complexType name="{name}">{content}</xsd:complexType>'


def main():
    source, target, *roots = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        types = read_types(file.read())
    missing = [root for root in roots if root not in types]
    if missing:
        sys.exit(f"make_xsd.py: no such metadata type: {', '.join(missing)}")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:tns="{NAMESPACE}"'
        f' targetNamespace="{NAMESPACE}" elementFormDefault="qualified">',
        '<xsd:simpleType name="AnyDate"><xsd:union memberTypes="xsd:dateTime xsd:date xsd:time"/></xsd:simpleType>',
    ]
    lines += [definition(types, name) for name in reachable(types, roots)]
    lines += [f'<xsd:element name="{root}" type="tns:{root}"/>' for root in roots]
    lines.append("</xsd:schema>")
    with open(target, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
