import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Canaries, canaries, recordingOf, scenes } from '../redaction/canary-recording'
import { exportFormats } from './formats'
import { writeCurl } from './curl'
import { endOfRecording, prepareExport } from './prepare'

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)))

/**
 * Every 12 characters of every canary in every encoding. Written apart from the search that the product makes, and plainly,
 * so that the two cannot share a mistake.
 */
const piecesOf = (c: Canaries): ReadonlySet<string> => {
  const pieces = new Set<string>()
  for (const [name, value] of Object.entries(c)) {
    // The address as a whole is the secret; the host alone is not.
    const secret = name === 'email' ? value.replace('@mail.example', '@') : value
    const once = encodeURIComponent(secret)
    const inBase64 = ['', 'x', 'xx'].map((before, index) =>
      base64(before + secret)
        .slice(index === 0 ? 0 : index + 1)
        .replace(/.{1,2}=*$/, ''),
    )
    const encoded = [
      secret,
      once,
      encodeURIComponent(once),
      ...inBase64,
      ...inBase64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
      Array.from(new TextEncoder().encode(secret), (byte) => byte.toString(16).padStart(2, '0')).join(''),
      JSON.stringify(secret).slice(1, -1),
      secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
    ]
    for (const text of encoded) for (let at = 0; at + 12 <= text.length; at += 1) pieces.add(text.slice(at, at + 12))
  }
  return pieces
}

/** A table of the first three characters of all pieces spares most look-ups. */
const findIn = (output: string, pieces: ReadonlySet<string>): string | undefined => {
  const starts = new Uint8Array(1 << 18)
  const startOf = (text: string, at: number) =>
    ((text.charCodeAt(at) << 12) ^ (text.charCodeAt(at + 1) << 6) ^ text.charCodeAt(at + 2)) & 0x3ffff
  for (const piece of pieces) starts[startOf(piece, 0)] = 1
  for (let at = 0; at + 12 <= output.length; at += 1)
    if (starts[startOf(output, at)] && pieces.has(output.slice(at, at + 12)))
      return output.slice(Math.max(0, at - 60), at + 40)
  return undefined
}

const exportsOf = (
  c: Canaries,
  chosen: readonly number[],
  asBrowser: boolean,
): readonly (readonly [string, string])[] => {
  const recording = recordingOf(c, chosen, asBrowser)
  const now = endOfRecording(recording)
  const input = prepareExport(recording, { now, exportedAt: now })
  const outputs: [string, string][] = Object.entries(exportFormats).map(([format, { write }]) => [format, write(input)])
  outputs.push(['curl', input.analysis.exchanges.map(writeCurl).join('\n')])
  expect(input.prove(outputs.map(([, output]) => output).join('\n'))).toEqual([])
  return outputs
}

describe('no secret is left in any export', () => {
  test('of all flows, in all formats', () => {
    fc.assert(
      fc.property(canaries, fc.boolean(), (c, asBrowser) => {
        const pieces = piecesOf(c)
        for (const [format, output] of exportsOf(
          c,
          scenes.map((_, index) => index),
          asBrowser,
        ))
          expect([format, findIn(output, pieces)]).toEqual([format, undefined])
      }),
      { numRuns: 300, endOnFailure: true },
    )
  }, 60_000)

  test('of thousands of generated recordings', () => {
    fc.assert(
      fc.property(canaries, fc.nat(scenes.length - 1), fc.boolean(), (c, scene, asBrowser) => {
        const outputs = exportsOf(c, [scene], asBrowser)
        const found = findIn(outputs.map(([, output]) => output).join('\n\n'), piecesOf(c))
        expect(found).toBeUndefined()
      }),
      { numRuns: Number(process.env['CANARY_RUNS'] ?? (process.env['CI'] ? 10_000 : 1_000)), endOnFailure: true },
    )
  }, 600_000)
})
