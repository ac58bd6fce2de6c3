import { analyze } from '../analyzer/analyze'
import { createFollower } from '../analyzer/follow'
import type { Recording } from '../model/recording'
import { call, codeLogin, type Happening, LATER, navigate, record } from '../testing/builders'

/**
 * Prints one JSON object of ratios, each measured within this run, so that they mean the same on any machine:
 * `analysisPerParse`: analysing a recording of 1,000 exchanges against parsing its JSON; `growth`: four times as much
 * traffic against four times the work (1 is linear); `noisePerLogin`: a login among 2,000 foreign exchanges against
 * the login alone; `glancePerAnalysis`: what the panel waits for when an event is added to those 1,000 exchanges, against
 * the whole analysis; `heapPerByte`: memory of an analysis against the recording's own size as JSON.
 */
const logins = (count: number): Happening[] =>
  Array.from({ length: count }, (_, index) =>
    codeLogin({
      request: { state: `state-${index}`, nonce: `nonce-${index}` },
      response: { code: `code-${index}` },
      idToken: { nonce: `nonce-${index}` },
      place: { tab: 1 + (index % 5) },
    }),
  )

const noise = (count: number): Happening[] =>
  Array.from({ length: count }, (_, index) =>
    index % 10 === 0
      ? navigate({ url: `https://news.example/${index}`, body: '<html></html>' }, { tab: 1 + (index % 5) })
      : call(
          { url: `https://news.example/api/${index}?q=${index}`, body: { items: [index] } },
          { tab: 1 + (index % 5) },
        ),
  )

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

const time = (run: () => unknown, rounds = 7): number => {
  run()
  return median(
    Array.from({ length: rounds }, () => {
      const from = performance.now()
      run()
      return performance.now() - from
    }),
  )
}

const analysisTime = (recording: Recording) => time(() => analyze(recording, LATER))

const mixed = record(...logins(50), ...noise(850))
const json = JSON.stringify(mixed)
const quadruple = record(...logins(200), ...noise(3400))
const alone = record(...logins(1))
const crowded = record(...noise(1000), ...logins(1), ...noise(1000))

const heapOf = (recording: Recording): number => {
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  const analysis = analyze(recording, LATER)
  globalThis.gc?.()
  const used = process.memoryUsage().heapUsed - before
  return analysis.flows.length > 0 ? used : Number.NaN
}

const base = analysisTime(mixed)
const follower = createFollower()
follower.whole(mixed, LATER)
const glance = time(() => follower.glance({ events: [...mixed.events] }, LATER))
const round = (value: number) => Math.round(value * 100) / 100
console.log(
  JSON.stringify({
    analysisPerParse: round(base / time(() => JSON.parse(json))),
    growth: round(analysisTime(quadruple) / base / 4),
    noisePerLogin: round(analysisTime(crowded) / analysisTime(alone)),
    glancePerAnalysis: round(glance / base),
    heapPerByte: globalThis.gc ? round(heapOf(mixed) / json.length) : 'run node with --expose-gc',
  }),
)
