#!/usr/bin/env python3
"""embed.py MODULE SRCDIR GENDIR: each file of SRCDIR/data as string_view tongban::MODULE::data::<stem>."""
import pathlib
import re
import sys

LINE = 96


def literal(data: bytes) -> str:
    """Octal escapes of fixed width, so that no digit after an escape is swallowed."""
    out, line = [], ""
    for byte in data:
        plain = 32 <= byte < 127 and byte not in b'"\\?'
        line += chr(byte) if plain else f"\\{byte:03o}"
        if len(line) >= LINE:
            out.append(f'    "{line}"')
            line = ""
    out.append(f'    "{line}"')
    return "\n".join(out)


def main() -> int:
    module, source, gen = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    names = {}
    for path in sorted((source / "data").iterdir()):
        if not path.is_file():
            continue
        name = re.sub(r"\W", "_", path.stem)
        if name in names:
            print(f"embed.py: {path.name} and {names[name].name} would both be called {name}; rename one",
                  file=sys.stderr)
            return 1
        names[name] = path
    head = [f"// Made by tools/embed.py from src/{module}/data.", "#pragma once", "",
            "#include <string_view>", "", f"namespace tongban::{module}::data {{"]
    head += [f"extern std::string_view const {name};  ///< {path.name}" for name, path in names.items()]
    head += [f"}}  // namespace tongban::{module}::data", ""]
    body = [f"// Made by tools/embed.py from src/{module}/data.", f'#include "{module}/data.h"', "",
            f"namespace tongban::{module}::data {{"]
    for name, path in names.items():
        data = path.read_bytes()
        body.append(f"std::string_view const {name}{{\n{literal(data)},\n    {len(data)}}};")
    body += [f"}}  // namespace tongban::{module}::data", ""]
    gen.mkdir(parents=True, exist_ok=True)
    (gen / "data.h").write_text("\n".join(head), encoding="utf-8")
    (gen / "data.cpp").write_text("\n".join(body), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
