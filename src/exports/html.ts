import type { Analysis, Finding, Flow, Step } from '../model/analysis'
import type { HttpExchange } from '../model/exchange'
import type { CapturedBody, HeaderList } from '../model/recording'
import { type Observed, blindSpotText } from '../model/observed'
import { readJwt } from '../model/jwt'
import { fragmentOf, queryOf, readForm } from '../model/url'
import { findingOf, findingsOf, flowsOf, type ExportInput } from './prepare'
import { style } from './html-style'
import { sentence } from './text'
import { generator } from './trace'
import { flowName, kindName, offsetOf, ownerNames, shortUrl, statusNames } from './words'

/** Text that is HTML already; everything else is escaped when it is put into a template. */
interface Html {
  readonly html: string
}

type Part = Html | string | number | undefined | readonly Part[]

const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: strings.map((text, index) => text + render(parts[index])).join(''),
})

const render = (part: Part): string => {
  if (part === undefined) return ''
  if (Array.isArray(part)) return (part as readonly Part[]).map(render).join('')
  if (typeof part === 'object' && 'html' in part) return part.html
  return String(part).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** One page that stands alone: the attempts, read-only, without a script and without a request to anywhere. */
export const writeHtml = (input: ExportInput): string => {
  const flows = flowsOf(input)
  const failed = flows.filter(({ status }) => status === 'failed').length
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${titleOf(input.analysis, flows)}</title>
        <style>
          ${{ html: style }}
        </style>
      </head>
      <body>
        <header>
          <h1>Loginscope</h1>
          <p>${flows.length} ${flows.length === 1 ? 'attempt' : 'attempts'}, ${failed} failed</p>
        </header>
        <main>
          ${flows.length === 0 ? html`<p class="empty">No login found in this recording.</p>` : flows.map((flow) => flowSection(input.analysis, flow))}
        </main>
        <footer>${footerOf(input)}</footer>
      </body>
    </html> `
  return page.html
}

const titleOf = (analysis: Analysis, flows: readonly Flow[]): string => {
  const failed = flows.find(({ status }) => status === 'failed')
  const cause = failed && findingOf(analysis, failed.rootCause)
  return cause ? `${cause.title} · Loginscope` : 'Loginscope'
}

const flowSection = (analysis: Analysis, flow: Flow): Html => {
  const cause = findingOf(analysis, flow.rootCause)
  const others = findingsOf(analysis, flow).filter(({ id }) => id !== flow.rootCause)
  return html`<article class="${flow.status}">
    <p class="flow">
      <span class="status">${statusNames[flow.status]}</span> ${flowName(flow)}
      <span class="muted">${kindName(flow.kind)}</span>
    </p>
    <h2>${cause ? sentence(cause.title) : flow.summary}</h2>
    ${cause ? causePart(cause) : undefined}
    <h3>Timeline</h3>
    <ol class="steps">
      ${flow.steps.map((step) => stepPart(analysis, flow, step))}
    </ol>
    ${
      others.length > 0
        ? html`<h3>Also noticed</h3>
            <ul class="others">
              ${others.map((finding) => html`<li><span class="tag ${finding.category}">${finding.category}</span> <b>${sentence(finding.title)}</b> ${finding.cause} <i>${finding.fix.summary}</i></li>`)}
            </ul>`
        : undefined
    }
  </article>`
}

/** Values in sentences are marked as in Markdown. */
const prose = (text: string): readonly Part[] =>
  text.split(/`([^`]+)`/).map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`))

const causePart = (finding: Finding): Html =>
  html`<p class="owner">
      <span class="tag">${ownerNames[finding.owner]}</span
      >${finding.confidence === 'likely' ? html` <span class="muted">likely</span>` : undefined}
    </p>
    <p class="cause">${prose(finding.cause)}</p>
    <section class="fix">
      <h3>Fix</h3>
      <p>${prose(finding.fix.summary)}</p>
      ${
        finding.fix.steps.length > 0
          ? html`<ol>
              ${finding.fix.steps.map((step) => html`<li>${prose(step)}</li>`)}
            </ol>`
          : undefined
      }
      ${finding.fix.console ? html`<p class="muted">${finding.fix.console.provider}: ${finding.fix.console.path.join(' › ')}</p>` : undefined}
    </section>
    <h3>Evidence</h3>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>What</th>
            <th>Seen</th>
            <th>Expected</th>
          </tr>
        </thead>
        <tbody>
          ${finding.evidence.map(
            ({ label, actual, expected }) =>
              html`<tr>
                <th>${label}</th>
                <td><code>${actual}</code></td>
                <td><code>${expected}</code></td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${listPart(
      'Ruled out',
      finding.ruledOut.map(({ rule, because }) => `${rule}: ${because}`),
    )}
    ${listPart('Could not see', finding.notObservable)}
    ${listPart(
      'It may be',
      (finding.candidates ?? []).map(({ title, check }) => `${title}: ${check}`),
    )}
    ${
      finding.references.length > 0
        ? html`<p class="muted">
            ${finding.references.map(({ title, url }) => html`<a href="${url}" rel="noreferrer">${title}</a> `)}
          </p>`
        : undefined
    }`

const listPart = (title: string, items: readonly string[]): Html | undefined =>
  items.length === 0
    ? undefined
    : html`<h3>${title}</h3>
        <ul>
          ${items.map((item) => html`<li>${prose(item)}</li>`)}
        </ul>`

const stepPart = (analysis: Analysis, flow: Flow, step: Step): Html => {
  const exchange = analysis.exchanges.find(({ id }) => id === step.exchangeId)
  return html`<li class="${step.outcome}">
    <details>
      <summary>
        <span class="time">${offsetOf(flow, step)}</span> <span class="kind">${kindName(step.kind)}</span>
        <span class="url">${shortUrl(step.url)}</span>
        <span class="code">${step.status ?? (step.outcome === 'unobserved' ? 'not seen' : '')}</span>
      </summary>
      ${step.notes.map((note) => html`<p class="muted">${note}</p>`)} ${exchange ? exchangePart(exchange) : undefined}
    </details>
  </li>`
}

const exchangePart = (exchange: HttpExchange): Html =>
  html`${pairsPart('Query', readForm(queryOf(exchange.url)))}
  ${pairsPart('Fragment', readForm(fragmentOf(exchange.url)))} ${bodyPart('Request body', exchange.requestBody)}
  ${headersPart('Request headers', exchange.requestHeaders)}
  ${headersPart('Response headers', exchange.responseHeaders)} ${bodyPart('Response body', exchange.responseBody)}
  ${exchange.error === undefined ? undefined : html`<p class="error">${exchange.error}</p>`}`

const pairsPart = (
  title: string,
  pairs: readonly { readonly name: string; readonly value: string }[],
): Html | undefined =>
  pairs.length === 0
    ? undefined
    : html`<h4>${title}</h4>
        <dl>
          ${pairs.map(
            ({ name, value }) =>
              html`<dt>${name}</dt>
                <dd>${valuePart(value)}</dd>`,
          )}
        </dl>`

/** A JWT is shown decoded: its raw form says nothing to a reader. */
const valuePart = (value: string): Html => {
  const jwt = readJwt(value.replace(/^(?:bearer|dpop)\s+/i, ''))
  return jwt
    ? html`<pre>
${JSON.stringify(jwt.header, null, 2)}
${jwt.claims ? JSON.stringify(jwt.claims, null, 2) : '(encrypted)'}
${jwt.signature}</pre>`
    : html`<code>${value}</code>`
}

const headersPart = (title: string, headers: Observed<HeaderList>): Html | undefined => {
  if (headers.state !== 'present')
    return headers.state === 'unobserved'
      ? html`<p class="muted">${title}: ${blindSpotText[headers.because]}</p>`
      : undefined
  return headers.value.length === 0
    ? undefined
    : html`<details>
        <summary>${title}</summary>
        ${pairsPart('', headers.value)}
      </details>`
}

const bodyPart = (title: string, body: Observed<CapturedBody>): Html | undefined => {
  if (body.state === 'absent') return undefined
  if (body.state === 'unobserved') return html`<p class="muted">${title}: ${blindSpotText[body.because]}</p>`
  const { value } = body
  if (value.kind === 'lost') return html`<p class="muted">${title}: ${blindSpotText[value.because]}</p>`
  if (value.kind === 'form') return pairsPart(title, value.fields)
  if (value.text === '') return undefined
  const isForm = value.mimeType?.includes('x-www-form-urlencoded') ?? false
  return isForm
    ? pairsPart(title, readForm(value.text))
    : html`<h4>${title}</h4>
        <pre>${pretty(value.text)}</pre>`
}

const pretty = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text.length > 5000 ? `${text.slice(0, 5000)} …` : text
  }
}

const footerOf = ({ redaction, exportedAt, source }: ExportInput): Html => {
  const receipt =
    redaction.mode === 'none'
      ? 'Not redacted: this page holds secrets.'
      : `Redacted: ${Object.entries(redaction.receipt)
          .map(([kind, count]) => `${count} ${kind}`)
          .join(', ')}.`
  return html`<p>${receipt}</p>
    <p>Loginscope ${generator.version}, exported ${exportedAt}${source === undefined ? '' : ` from ${source}`}</p>`
}
