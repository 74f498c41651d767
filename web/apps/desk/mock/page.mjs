// A plain PDF page with Chinese text in a font every reader has by name, and a picture that stands for
// a photo.
const hex = (text) => Buffer.from(text, 'utf16le').swap16().toString('hex')

export function pdf_page(lines) {
  const put = (line, at) => {
    const [size, left] = at === 0 ? [20, 200] : [12, 80]
    return `BT /F1 ${size} Tf 1 0 0 1 ${left} ${740 - at * 30} Tm <${hex(line)}> Tj ET`
  }
  const text = lines.map(put).join('\n')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R ' +
      '/Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H ' +
      '/DescendantFonts [6 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light ' +
      '/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 7 0 R >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] ' +
      '/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
  ]
  let file = '%PDF-1.4\n'
  const places = objects.map((object, at) => {
    const place = file.length
    file += `${at + 1} 0 obj\n${object}\nendobj\n`
    return place
  })
  const start = file.length
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  file += `xref\n0 ${size}\n0000000000 65535 f \n${rows}`
  file += `trailer << /Size ${size} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(file, 'latin1')
}

export function picture(title, shade) {
  const bars = [170, 220, 270, 320, 370].map(
    (y, at) => `<rect x="60" y="${y}" width="${560 - at * 50}" height="16" fill="#d6dce2"/>`,
  )
  const parts = [
    '<svg xmlns="http://www.w3.org/2000/svg" width="720" height="480" viewBox="0 0 720 480">',
    `<rect width="720" height="480" fill="${shade}"/>`,
    '<rect x="30" y="30" width="660" height="420" fill="#fff" stroke="#3b4855"/>',
    `<text x="60" y="110" font-size="34" fill="#17212b">${title}</text>`,
    ...bars,
    '</svg>',
  ]
  return Buffer.from(parts.join('\n'))
}
