import { client, codeLogin, navigate, record, request, server, url } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const page = url(`${server}/passwordless/qX7-9f2c`, request)
const refusal = { url: page, status: 400, body: '<!doctype html><body><p>This link has been used.</p></body>' }

/** The link of a mail as a service wrote it that checks mails, and what the server answers. */
const opened = (through: string, answer: object = {}) => record(navigate([{ url: through }, { ...refusal, ...answer }]))

export default {
  fail: {
    'a service led there that checks mails': {
      recording: opened(url('https://eur02.safelinks.example.net/', { url: page, data: '05|02' })),
      owner: 'authorization_server',
    },
    'another hop stands between': record(
      navigate([
        { url: url('https://eur02.safelinks.example.net/', { url: page }) },
        { url: `${server}/go?to=qX7` },
        refusal,
      ]),
    ),
  },
  pass: {
    'the link was opened directly': record(navigate(refusal)),
    'the client leads there itself': opened(url(`${client}/login`, { next: page })),
    'the server leads there itself': opened(url(`${server}/continue`, { next: page })),
    'the server has another one authenticate the user, and gets the user back': record(
      navigate([
        { url: url(`${server}/authorize`, request) },
        { url: url('https://people.example.net/signin', { returnTo: url(`${server}/authorize`, request) }) },
        { url: url(`${server}/authorize`, request), status: 400 },
      ]),
    ),
    'the other one shows a page in between': record(
      navigate([
        { url: url(`${server}/authorize`, request) },
        { url: url('https://people.example.net/signin', { returnTo: page }), body: '<form><input></form>' },
      ]),
      navigate([{ url: url('https://people.example.net/signin', { returnTo: page }) }, refusal]),
    ),
    'another site leads there, as to any address': opened('https://short.example.net/x7'),
  },
  notApplicable: {
    'the link went well': opened(url('https://eur02.safelinks.example.net/', { url: page }), {
      status: 200,
      body: '<form><input name="username"></form>',
    }),
    'a healthy login': record(codeLogin()),
  },
} satisfies RuleCases
