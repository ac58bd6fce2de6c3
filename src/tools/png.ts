import { deflateSync, inflateSync } from 'node:zlib'

/** Table of CRC-32 as PNG uses it (RFC 2083 section 15). */
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1
  return crc
})

const crc32 = (bytes: Buffer): number => {
  let crc = 0xffffffff
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff]! ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

const chunksOf = (png: Buffer): readonly { readonly type: string; readonly data: Buffer }[] => {
  const chunks: { type: string; data: Buffer }[] = []
  for (let at = signature.length; at < png.length;) {
    const length = png.readUInt32BE(at)
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) })
    at += length + 12
  }
  return chunks
}

const paeth = (left: number, up: number, corner: number): number => {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

/** The five filters of PNG, by their number: what a byte is guessed to be from its neighbours. */
const guesses = [
  () => 0,
  (left: number) => left,
  (_left: number, up: number) => up,
  (left: number, up: number) => (left + up) >> 1,
  paeth,
]

const unfilter = (raw: Buffer, height: number, line: number, size: number): Buffer => {
  const bytes = Buffer.alloc(line * height)
  for (let y = 0; y < height; y++) {
    const from = y * (line + 1)
    const guess = guesses[raw[from] ?? 0]!
    for (let x = 0; x < line; x++) {
      const at = y * line + x
      const [left, up] = [x >= size ? bytes[at - size]! : 0, y > 0 ? bytes[at - line]! : 0]
      bytes[at] = (raw[from + 1 + x]! + guess(left, up, x >= size && y > 0 ? bytes[at - line - size]! : 0)) & 0xff
    }
  }
  return bytes
}

type Colour = readonly [red: number, green: number, blue: number]

const colourOf = (packed: number): Colour => [packed >> 16, (packed >> 8) & 0xff, packed & 0xff]

/** What a byte can name. */
const mostColours = 256
/** Surfaces and text: they are told apart however alike they are. */
const mostExact = 64

/** The same for colours that nobody would tell apart on the rim of a letter. */
const shadeOf = (packed: number): number => packed & 0xf0f0f0

/** The colours to keep, and for every colour of the picture the nearest of these. */
const paletteOf = (
  pixels: Uint32Array,
): { readonly palette: readonly number[]; readonly nearest: ReadonlyMap<number, number> } => {
  const counts = new Map<number, number>()
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1)
  const byFrequency = [...counts].toSorted(([, a], [, b]) => b - a).map(([colour]) => colour)
  const ofShade = new Map(byFrequency.toReversed().map((colour) => [shadeOf(colour), colour]))
  const palette = [...new Set([...byFrequency.slice(0, mostExact), ...ofShade.values()])].slice(0, mostColours)
  const colours = palette.map(colourOf)
  const nearestTo = (colour: number): number => {
    const [red, green, blue] = colourOf(colour)
    const distances = colours.map(([r, g, b]) => (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2)
    return distances.indexOf(Math.min(...distances))
  }
  return { palette, nearest: new Map(byFrequency.map((colour) => [colour, nearestTo(colour)])) }
}

/**
 * Nearly the same picture in fewer bytes: surfaces keep their colours, the rims of letters take the nearest of them.
 * Takes what browsers write: 8 bits a channel, opaque, not interlaced.
 */
export const shrinkPng = (png: Buffer): Buffer => {
  const chunks = chunksOf(png)
  const header = chunks.find(({ type }) => type === 'IHDR')?.data
  const [depth, kind, interlaced] = [header?.[8], header?.[9], header?.[12]]
  if (!header || depth !== 8 || (kind !== 2 && kind !== 6) || interlaced !== 0) return png
  const size = kind === 6 ? 4 : 3
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const raw = inflateSync(Buffer.concat(chunks.flatMap(({ type, data }) => (type === 'IDAT' ? [data] : []))))
  const bytes = unfilter(raw, height, width * size, size)
  const pixels = Uint32Array.from({ length: width * height }, (_, index) => bytes.readUIntBE(index * size, 3))
  const { palette, nearest } = paletteOf(pixels)
  // A filter would spread an index over its neighbours; without one, flat areas and repeated letters are found.
  const lines = Buffer.alloc((width + 1) * height)
  pixels.forEach((pixel, index) => {
    lines[Math.floor(index / width) * (width + 1) + 1 + (index % width)] = nearest.get(pixel)!
  })
  const indexed = Buffer.from(header)
  indexed[9] = 3
  return Buffer.concat([
    signature,
    chunk('IHDR', indexed),
    chunk('PLTE', Buffer.from(palette.flatMap(colourOf))),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
