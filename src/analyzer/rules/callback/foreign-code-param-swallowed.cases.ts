import {
  call,
  client,
  codeLogin,
  type HopSpec,
  navigate,
  record,
  redeem,
  server,
  tokenError,
  url,
  wait,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const arrive = (initiator?: string) =>
  navigate(
    { url: url(`${client}/connect`, { code: 'of-somebody-else', state: 'x' }), body: '<html></html>' },
    initiator === undefined ? {} : { initiator },
  )
const refused = redeem({ token: { code: 'of-somebody-else' }, tokenCall: tokenError('invalid_grant') })

/** A page of the application that redeems codes of its own lets another server grant it something. */
const integration = (callback: Partial<HopSpec> = {}, redirect_uri = `${client}/integrations`) =>
  navigate(
    [
      {
        url: url('https://drive.example.net/oauth/authorize', {
          client_id: 'drive-of-shop',
          response_type: 'code',
          redirect_uri,
          scope: 'files',
          state: '{"for":"drive"}',
        }),
      },
      {
        url: url(redirect_uri, { code: 'of-the-drive', state: '{"for":"drive"}' }),
        body: '<html></html>',
        ...callback,
      },
    ],
    { initiator: client },
  )

export default {
  fail: {
    'the page was answered by another server, and went no further': {
      recording: record(codeLogin(), wait(60_000), integration(), wait(60_000)),
      owner: 'client',
    },
    'a code of a storage service': { recording: record(arrive('https://drive.example.net'), refused), owner: 'client' },
  },
  pass: {
    'the server’s own page brought it': record(arrive(server), refused),
    'opened directly': record(arrive(), refused),
  },
  notApplicable: {
    'the page hands the code to its server': record(
      codeLogin(),
      integration(),
      call({ url: `${client}/api/drive`, json: { code: 'of-the-drive' }, body: {} }, { initiator: client }),
      wait(60_000),
    ),
    'the server may know by its session whose code it is': record(
      codeLogin(),
      integration({ requestHeaders: { Cookie: 'session=1' } }),
      wait(60_000),
    ),
    'the server takes the code and redirects': record(
      codeLogin(),
      integration({ status: 302, location: `${client}/done` }),
      wait(60_000),
    ),
    'the code is for another origin': record(
      codeLogin(),
      integration({}, 'https://hooks.example.org/drive'),
      wait(60_000),
    ),
    'a login that was recorded': record(codeLogin()),
  },
} satisfies RuleCases
