import { client, codeLogin, errorPage, record, url } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const refused = (redirect_uri: string | undefined) => record(errorPage({ request: { redirect_uri } }))

export default {
  fail: {
    'a line break at the end': refused(`${client}/callback\n`),
    'several URLs in one string': refused(`${client}/callback,http://localhost:3000/callback`),
    'encoded twice': refused('https%3A%2F%2Fapp.example%2Fcallback'),
    'a fragment': refused(`${client}/#/callback`),
    'a wildcard': refused('https://*.app.example/callback'),
    'no scheme': refused('app.example/callback'),
    'a path, at a server that speaks of it': record(
      errorPage({
        request: { redirect_uri: '/callback' },
        authorization: { body: '<p>Invalid redirect_uri: it is not absolute</p>' },
      }),
    ),
    'no redirect_uri at all': refused(undefined),
  },
  pass: {
    'a healthy login': record(codeLogin()),
    'a refused value that is well formed': refused(`${client}/callback`),
    'a path, which some servers take, at a server that says nothing of it': refused('/callback'),
    'an encoded return URL in its query': refused(url(`${client}/callback`, { next: '/a%2Fb' })),
    'the server does not mind the fragment': record(
      codeLogin({ request: { redirect_uri: `${client}/callback?a=%23` } }),
    ),
  },
} satisfies RuleCases
