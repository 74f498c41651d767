#!/bin/sh
# Makes the font folder that documents are drawn with: the Simplified Chinese faces of Noto CJK, taken out of the
# distribution's collections. Usage: fonts.sh OUT_DIR [COLLECTION_DIR]
#
# Why not the collections themselves: the PDF backend keeps every shared CFF subroutine of a face, 50-60 KB per face and
# document. Faces without subroutines and hints give documents a third of the size, in two thirds of the time.
#
# Each face comes twice: whole, and with the characters of GB/T 2312 only (6,763 Han characters, what nearly every page is written
# with). The PDF backend copies the whole outline table of each face it meets into memory, for each document: 25 MB against 3 MB is
# 33 ms against 6 ms a page. Characters beyond GB/T 2312 are taken from the whole face.
set -eu
out=${1:?usage: fonts.sh OUT_DIR [COLLECTION_DIR]}
from=${2:-/usr/share/fonts/opentype/noto}
command -v hb-subset >/dev/null || { echo "fonts: hb-subset is missing (Debian package libharfbuzz-bin)" >&2; exit 1; }
command -v fc-query >/dev/null || { echo "fonts: fc-query is missing (Debian package fontconfig)" >&2; exit 1; }
mkdir -p "$out"

common=$out/.common
python3 - >"$common.part" <<'PYTHON'
# What GB/T 2312 encodes, 〇 that it forgot, and Latin-1 with the usual punctuation.
wanted = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100)) | {0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0x20AC, 0x3007}
for row in range(0xA1, 0xF8):
    for cell in range(0xA1, 0xFF):
        try:
            wanted.add(ord(bytes([row, cell]).decode("gb2312")))
        except UnicodeDecodeError:
            pass
print(",".join(f"{c:04X}" for c in sorted(wanted)))
PYTHON
mv "$common.part" "$common"

take() {  # COLLECTION FAMILY NAME
    file=$from/$1
    [ -r "$file" ] || { echo "fonts: $file is missing (Debian package fonts-noto-cjk)" >&2; exit 1; }
    [ "$out/$3" -nt "$file" ] && [ "$out/common-$3" -nt "$common" ] && return 0
    index=$(fc-query -f '%{index} %{family[0]}\n' "$file" | awk -v want="$2" \
        '{ i = $1; sub(/^[0-9]+ /, ""); if ($0 == want && i < 65536) { print i; exit } }')
    [ -n "$index" ] || { echo "fonts: no face \"$2\" in $file" >&2; exit 1; }
    hb-subset --face-index="$index" --unicodes='*' --desubroutinize --no-hinting --name-IDs='*' \
        --output-file="$out/$3.part" "$file"
    mv "$out/$3.part" "$out/$3"
    hb-subset --unicodes-file="$common" --desubroutinize --no-hinting --name-IDs='*' \
        --output-file="$out/common-$3.part" "$out/$3"
    mv "$out/common-$3.part" "$out/common-$3"
    touch "$out/$3" "$out/common-$3"
}

take NotoSerifCJK-Regular.ttc 'Noto Serif CJK SC' song.otf
take NotoSerifCJK-Bold.ttc 'Noto Serif CJK SC' song-bold.otf
take NotoSansCJK-Regular.ttc 'Noto Sans CJK SC' sans.otf
take NotoSansCJK-Bold.ttc 'Noto Sans CJK SC' sans-bold.otf
