import { asHarFile } from '../../../testing/as-har-file'
import { codeLogin, record } from '../../../testing/builders'
import { digest } from '../../facts/digest'
import type { RuleCases } from '../cases'

const login = (at_hash: string, alg = 'RS256') => record(codeLogin({ idToken: { at_hash }, idTokenHeader: { alg } }))
const token = '2YotnFZFEjr1zCsicMWpAA'

export default {
  fail: { 'the hash of another token': login(digest('left-half-256', 'another-token')) },
  pass: {
    'the hash of the token': login(digest('left-half-256', token)),
    'with a longer hash': login(digest('left-half-512', token), 'ES512'),
  },
  notApplicable: {
    'no hash in it': record(codeLogin()),
    'a service worker gave the page another access token than it got': {
      events: asHarFile(login(digest('left-half-256', 'real-token'))).events.map((event) =>
        event.type === 'entry.observed' ? { ...event, entry: { ...event.entry, fromServiceWorker: true } } : event,
      ),
    },
  },
} satisfies RuleCases
