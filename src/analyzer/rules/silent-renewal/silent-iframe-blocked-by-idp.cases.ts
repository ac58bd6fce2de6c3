import {
  type HopSpec,
  client,
  codeLogin,
  navigate,
  record,
  request,
  server,
  url,
  wait,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const frame = { type: 'sub_frame', frame: 5, parentFrame: 0, initiator: client } as const

const silent = (hops: readonly HopSpec[], asked: Record<string, string | undefined> = {}) =>
  record(
    navigate([{ url: url(`${server}/authorize`, { ...request, prompt: 'none', ...asked }) }, ...hops], frame),
    wait(20_000),
  )

const deny = { 'X-Frame-Options': 'DENY' }

export default {
  fail: {
    'a login page': {
      recording: silent([{ url: `${server}/login`, headers: deny, body: '<html></html>' }]),
      owner: 'authorization_server',
    },
    'as Chromium reports it': silent([
      { url: `${server}/login`, status: 200, headers: deny, error: 'net::ERR_BLOCKED_BY_RESPONSE' },
    ]),
    'the client’s own page': {
      recording: silent([
        { url: url(request.redirect_uri, { code: 'c', state: request.state }), headers: deny, body: '<html></html>' },
      ]),
      owner: 'client',
    },
  },
  pass: {
    'a renewal that works': silent([
      {
        url: url(request.redirect_uri, { code: 'c', state: request.state }),
        headers: { 'X-Frame-Options': 'SAMEORIGIN' },
      },
    ]),
    'no prompt=none': silent([{ url: `${server}/login`, headers: deny }], { prompt: undefined }),
    'no header': silent([{ url: `${server}/login`, body: '<html></html>' }]),
  },
  notApplicable: { 'a whole tab': record(codeLogin()) },
} satisfies RuleCases
