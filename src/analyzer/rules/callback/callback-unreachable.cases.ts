import { authorize, client, codeLogin, event, navigate, record, request, server, url } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const to = (redirect_uri: string, error: string) =>
  record(authorize({ request: { redirect_uri }, callback: { error } }))

export default {
  fail: {
    'nobody listens': { recording: to('http://127.0.0.1:49152/cb', 'net::ERR_CONNECTION_REFUSED'), owner: 'client' },
    'an unknown host': to('http://app:3000/callback', 'net::ERR_NAME_NOT_RESOLVED'),
    'Firefox, no trust': to('https://app.local/callback', 'SEC_ERROR_UNKNOWN_ISSUER'),
    'a scheme of an application that is not installed': record(
      navigate(
        [
          {
            url: url(`${server}/authorize`, { ...request, redirect_uri: 'com.example.app:/cb' }),
            location: 'com.example.app:/cb?code=c&state=af0ifjsldkj7f3e9',
          },
        ],
        { initiator: client },
      ),
      event((at) => ({
        type: 'navigation.failed',
        at,
        tabId: 1,
        frameId: 0,
        url: 'com.example.app:/cb?code=c&state=af0ifjsldkj7f3e9',
        error: 'net::ERR_UNKNOWN_URL_SCHEME',
      })),
    ),
    'no reason named': to(request.redirect_uri, 'net::ERR_FAILED'),
  },
  pass: {},
  notApplicable: {
    'an application took its scheme': record(
      navigate(
        [
          {
            url: url(`${server}/authorize`, { ...request, redirect_uri: 'com.example.app:/cb' }),
            location: 'com.example.app:/cb?code=c&state=af0ifjsldkj7f3e9',
          },
        ],
        { initiator: client },
      ),
    ),
    cancelled: to(request.redirect_uri, 'net::ERR_ABORTED'),
    'a healthy login': record(codeLogin()),
  },
} satisfies RuleCases
