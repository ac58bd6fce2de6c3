import { param } from '../../../model/parameters'
import { parseUrl } from '../../../model/url'
import { type Rejection, rejectionOf, speaksOfClient, speaksOfRedirectUri } from '../../facts/rejection'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'

interface Defect {
  readonly title: string
  readonly says: string
  readonly instead?: string
  readonly step: string
}

export const redirectUriMalformed = defineRule({
  id: 'redirect-uri-malformed',
  title: 'The redirect_uri is not a usable URL',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: [
    'authorization_page',
    'authorization_error:redirect_uri_mismatch',
    'authorization_error:invalid_request',
    'pushed_error',
  ],
  what: 'The redirect_uri that the server refused has white space around it, is encoded twice, holds several URLs, a fragment or a wildcard, has no scheme, or is missing.',
  why: 'The server compares the whole string with its list; no registration can match such a value, so the fault is in how the client builds it.',
  toldApart: 'A well-formed value that is refused is a matter of registration.',
  silentWhen: 'The server sent the browser to it, or refused the request later than at once.',
  references: [rfc(6749, '3.1.2'), rfc(6749, 'B')],
  covers: [
    'redirect-uri-has-fragment',
    'redirect-uri-double-encoded',
    'redirect-uri-list-in-one-string',
    'redirect-uri-trailing-whitespace',
  ],

  check(file) {
    const rejection = rejectionOf(file)
    if (!rejection) return file.response ? pass('the server sent the browser to the redirect_uri') : notApplicable
    const sent = param(rejection.parameters, 'redirect_uri')
    if (sent.state === 'unobserved') return notApplicable
    const defect = defectOf(sent.state === 'present' ? sent.value : '')
    if (!defect) return pass('the redirect_uri is a well-formed URL')
    const isPath = sent.state === 'present' && sent.value.startsWith('/')
    if (!isAboutIt(rejection, isPath)) return pass('the server refused the request for another reason')
    return fail(failure(rejection, sent.state === 'present' ? sent.value : undefined, defect))
  },
})

/** Some servers take a path, and mean one of their own. */
const isAboutIt = ({ by, error, text, atOnce, point }: Rejection, isPath: boolean): boolean => {
  if (error === 'redirect_uri_mismatch' || error === 'invalid_redirect_uri') return true
  if (text.state === 'present' && speaksOfRedirectUri(text.value)) return true
  const namesClient = error === 'invalid_client' || (text.state === 'present' && speaksOfClient(text.value))
  return by === 'page' && atOnce && !isPath && (point.status ?? 400) <= 403 && !namesClient
}

const defectOf = (value: string): Defect | undefined => {
  if (value === '') {
    return {
      title: 'The request names no redirect_uri',
      says: 'It is missing, and a server may only guess it where exactly one is registered.',
      step: 'Send redirect_uri, spelled as it is registered.',
    }
  }
  if (value !== value.trim()) {
    return {
      title: 'The redirect_uri has white space around it',
      says: 'It begins or ends with white space, as values do that come from a file or a secret store with a line break.',
      instead: value.trim(),
      step: 'Trim the value where the configuration is read.',
    }
  }
  const [first, ...others] = value.split(/[\s,;|]+(?=https?:\/\/)/i)
  if (others.length > 0) {
    return {
      title: 'The redirect_uri holds several URLs',
      says: `It holds ${others.length + 1} URLs in one string.`,
      ...(first !== undefined && { instead: first }),
      step: 'Split the configured list, and send the one that belongs to the host the app runs on.',
    }
  }
  if (/^[a-z][a-z0-9+.-]*%(25)*3a/i.test(value) || /%25(2f|3a)/i.test(value.split('?', 1)[0]!)) {
    const decoded = decodeAll(value)
    return {
      title: 'The redirect_uri is encoded twice',
      says: 'After decoding it once, as servers do, it still is percent-encoded.',
      ...(decoded !== undefined && { instead: decoded }),
      step: 'Encode it once: either let URLSearchParams (or the library) do it, or encodeURIComponent, not both.',
    }
  }
  if (value.includes('#') || /%23/.test(value.split('?', 1)[0]!)) {
    return {
      title: 'The redirect_uri has a fragment',
      says: 'A redirect_uri must not have a `#`, as the parameters of the answer would get lost behind it.',
      instead: value.split(/#|%23/, 1)[0]!,
      step: 'Use a path without `#` for the callback; with a hash router, serve the callback outside of it.',
    }
  }
  if (/^https?:\/\/[^/]*\*|\*$/.test(value)) {
    return {
      title: 'The redirect_uri has a wildcard',
      says: 'A `*` may stand in some servers’ registration, never in a request.',
      step: 'Send the URL of the callback itself.',
    }
  }
  if (!parseUrl(value)) {
    return {
      title: 'The redirect_uri is not an absolute URL',
      says: 'It has no scheme and host, or cannot be read as a URL.',
      step: 'Send the absolute URL, with https:// and host.',
    }
  }
  return undefined
}

const decodeAll = (value: string): string | undefined => {
  let text = value
  try {
    for (let i = 0; i < 3 && /%(25)*(2f|3a)/i.test(text); i++) text = decodeURIComponent(text)
  } catch {
    return undefined
  }
  return text
}

const failure = ({ parameters, point }: Rejection, sent: string | undefined, defect: Defect): Failure => ({
  title: defect.title,
  confidence: 'certain',
  cause:
    (sent === undefined
      ? 'The authorization server refused a request without redirect_uri. '
      : `The authorization server refused the redirect_uri ${quote(sent)}. `) + defect.says,
  evidence: [
    parameterEvidence(parameters, 'redirect_uri', {
      ...(sent === undefined && { actual: 'missing' }),
      ...(defect.instead !== undefined && { expected: defect.instead }),
    }),
    statusEvidence(point.exchange),
  ],
  fix: {
    summary: defect.instead === undefined ? defect.step : `Send ${quote(defect.instead)} as redirect_uri.`,
    steps: [defect.step, 'Register exactly the value that is sent then.'],
  },
  ...(defect.instead !== undefined && { consoleValue: defect.instead }),
})
