#!/bin/sh
# Makes the font folder that documents are drawn with: the Simplified Chinese faces of Noto CJK, taken out of the
# distribution's collections. Usage: fonts.sh OUT_DIR [COLLECTION_DIR]
#
# Why not the collections themselves: the PDF backend keeps every shared CFF subroutine of a face, 50-60 KB per face and
# document. Faces without subroutines and hints give documents a third of the size, in two thirds of the time.
set -eu
out=${1:?usage: fonts.sh OUT_DIR [COLLECTION_DIR]}
from=${2:-/usr/share/fonts/opentype/noto}
command -v hb-subset >/dev/null || { echo "fonts: hb-subset is missing (Debian package libharfbuzz-bin)" >&2; exit 1; }
command -v fc-query >/dev/null || { echo "fonts: fc-query is missing (Debian package fontconfig)" >&2; exit 1; }
mkdir -p "$out"

take() {  # COLLECTION FAMILY NAME
    file=$from/$1
    [ -r "$file" ] || { echo "fonts: $file is missing (Debian package fonts-noto-cjk)" >&2; exit 1; }
    [ "$out/$3" -nt "$file" ] && return 0
    index=$(fc-query -f '%{index} %{family[0]}\n' "$file" | awk -v want="$2" \
        '{ i = $1; sub(/^[0-9]+ /, ""); if ($0 == want && i < 65536) { print i; exit } }')
    [ -n "$index" ] || { echo "fonts: no face \"$2\" in $file" >&2; exit 1; }
    hb-subset --face-index="$index" --unicodes='*' --desubroutinize --no-hinting --name-IDs='*' \
        --output-file="$out/$3.part" "$file"
    mv "$out/$3.part" "$out/$3"
    touch "$out/$3"
}

take NotoSerifCJK-Regular.ttc 'Noto Serif CJK SC' song.otf
take NotoSerifCJK-Bold.ttc 'Noto Serif CJK SC' song-bold.otf
take NotoSansCJK-Regular.ttc 'Noto Sans CJK SC' sans.otf
take NotoSansCJK-Bold.ttc 'Noto Sans CJK SC' sans-bold.otf
