#!/usr/bin/env python3
"""Contracts of the HTTP interface (src/<module>/api.yaml) -> C++ and OpenAPI.

    apigen.py cpp NAME api.yaml GENDIR    writes GENDIR/api.h and GENDIR/api.cpp
    apigen.py openapi OUT api.yaml...     one OpenAPI 3.1 document; OUT ends in .json, or in .cpp to embed it
                                          as `std::string_view tongban::openapi_text()`

An api.yaml is a fragment of OpenAPI 3.1: `paths` and `components: {schemas}`. What the generator does not
understand it refuses, with the place and the remedy. The subset:

  string (enum, minLength, maxLength, pattern, format date | date-time | decimal), integer and number
  (minimum, maximum), boolean, array (items, minItems, maxItems), object (properties, required), $ref within
  the file, `type: [string, 'null']` or `oneOf: [{$ref: …}, {type: 'null'}]` for values that may be null,
  `default` of a scalar, `additionalProperties: true` without properties (free-form, tongban::Json) or a
  schema (std::map), and `{}` (any JSON).

  An enum becomes an enum class <Schema><Field>; with `x-open: true` it stays text, and any text is taken.
  An inline object becomes <Schema><Field>, in an array <Schema><Field>Item; `x-name` overrides.
  Schemas that are request bodies, or say `x-read: true`, get a strict reader; all get a writer.
  Every operation has an operationId and an x-permission. Path parameters need not be declared. Short forms:
  `requestBody: {$ref: …}` and `'200': {$ref: …}` name the JSON's schema, `x-bytes: true` is a reply of bytes,
  `x-multipart: true` an upload with the field `file`.
"""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import apigen_cpp  # noqa: E402
import apigen_model  # noqa: E402
import apigen_openapi  # noqa: E402


def write_if_changed(path, text):
    """An unchanged file keeps its time, so nothing is compiled again."""
    if os.path.exists(path):
        with open(path, encoding='utf-8') as file:
            if file.read() == text:
                os.utime(path)
                return
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


def make_cpp(name, source, directory):
    contract = apigen_model.read_contract(name, source)
    header, body = apigen_cpp.generate(contract)
    write_if_changed(os.path.join(directory, 'api.h'), header)
    write_if_changed(os.path.join(directory, 'api.cpp'), body)


def make_openapi(out, sources):
    contracts = []
    for source in sources:
        name = os.path.basename(os.path.dirname(os.path.abspath(source)))
        contracts.append(apigen_model.read_contract(name, source))
    text = json.dumps(apigen_openapi.merge(contracts), ensure_ascii=False, indent=1) + '\n'
    write_if_changed(out, apigen_openapi.embed(text) if out.endswith('.cpp') else text)


def main(arguments):
    try:
        if len(arguments) == 4 and arguments[0] == 'cpp':
            make_cpp(*arguments[1:])
        elif len(arguments) >= 3 and arguments[0] == 'openapi':
            make_openapi(arguments[1], arguments[2:])
        else:
            print(__doc__, file=sys.stderr)
            return 2
    except apigen_model.Refused as refused:
        print(f'apigen: {refused}', file=sys.stderr)
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
