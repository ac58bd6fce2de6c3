import { deflateSync, inflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { shrinkPng } from './png'

const chunk = (type: string, data: Buffer): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)])
}

const [width, height] = [64, 48]

/** A picture as browsers write it: true colour, here with the filter that looks up. */
const picture = (colourAt: (x: number, y: number) => readonly [number, number, number]): Buffer => {
  const rows = Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_pixel, x) => colourAt(x, y)).flat(),
  )
  const lines = rows.map((row, y) => Buffer.from([2, ...row.map((byte, x) => (byte - (rows[y - 1]?.[x] ?? 0)) & 0xff)]))
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(lines), { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** The colour of a pixel of a picture with a palette and without filters. */
const colourIn = (png: Buffer, x: number, y: number): readonly number[] => {
  const start = (type: string) => png.indexOf(type) + 4
  const lines = inflateSync(png.subarray(start('IDAT'), png.indexOf('IEND') - 8))
  const from = start('PLTE') + lines[y * (width + 1) + 1 + x]! * 3
  return [...png.subarray(from, from + 3)]
}

it('keeps the colours of surfaces, and a rare one that is like no other', () => {
  const png = picture((x, y) => (x === 7 && y === 9 ? [20, 108, 46] : y < 24 ? [243, 245, 248] : [247, 248, 250]))
  const small = shrinkPng(png)
  expect(small.length).toBeLessThan(png.length / 4)
  expect([colourIn(small, 7, 9), colourIn(small, 8, 9), colourIn(small, 8, 30)]).toEqual([
    [20, 108, 46],
    [243, 245, 248],
    [247, 248, 250],
  ])
})

it('gives colours too many for a palette to the nearest that is kept', () => {
  const png = picture((x, y) => [x, y, 0])
  const [red, green, blue] = colourIn(shrinkPng(png), 33, 21)
  expect(Math.hypot(red! - 33, green! - 21, blue!)).toBeLessThan(16)
})

it('gives back what it cannot read', () => {
  const other = Buffer.from('not a picture at all')
  expect(shrinkPng(other)).toBe(other)
})
