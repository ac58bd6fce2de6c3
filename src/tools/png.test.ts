import { deflateSync, inflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { shrinkPng } from './png'

const chunk = (type: string, data: Buffer): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)])
}

it('makes a picture smaller once, and then finds nothing more to leave out', () => {
  const [width, height] = [64, 48]
  const pixels = Array.from({ length: height }, (_, y) =>
    Buffer.from([
      2,
      ...Array.from({ length: width * 3 }, (_byte, x) => (y === 0 ? (x * 7) & 255 : x % 5 === 0 ? 3 : 0)),
    ]),
  )
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const png = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(pixels), { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
  const small = shrinkPng(png)
  expect(small.length).toBeLessThan(png.length)
  // Shrinking again finds nothing more, which it would if a pixel were lost on the way.
  expect(shrinkPng(small)).toEqual(small)
  expect(inflateSync(small.subarray(41, small.length - 16))).toHaveLength((width * 3 + 1) * height)
})

it('gives back what it cannot read', () => {
  const other = Buffer.from('not a picture at all')
  expect(shrinkPng(other)).toBe(other)
})
