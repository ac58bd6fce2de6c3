import {
  type HopSpec,
  type Place,
  navigate,
  record,
  request,
  serverLogin,
  url,
  client,
  codeLogin,
  wait,
} from '../../../testing/builders'
import { signInPage } from '../../../testing/corpus/situation'
import type { RuleCases } from '../cases'

const login = (base: string, cookie: string, sent?: string) =>
  record(
    navigate(
      { url: url(`${base}/authorize`, request), headers: { 'Set-Cookie': cookie }, body: '<form></form>' },
      { initiator: client },
    ),
    navigate(
      {
        url: `${base}/login`,
        form: { username: 'ada' },
        requestHeaders: sent === undefined ? {} : { Cookie: sent },
        status: 400,
        body: '<html>Cookie not found</html>',
      },
      { initiator: base },
    ),
  )

/** The form is answered with a cookie and the way back to the request, which the server answers with `next`. */
const signedIn = (
  {
    base = 'https://id.example',
    cookie = 'sid=1; Path=/; Secure',
    sent = {},
    sentToForm = sent,
    place = { initiator: client },
  }: {
    base?: string
    cookie?: string
    sent?: Readonly<Record<string, string>>
    sentToForm?: Readonly<Record<string, string>>
    place?: Place
  },
  next: 'the form' | 'the page that it follows' = 'the form',
) => {
  const asked = url(`${base}/authorize`, request)
  const form = { url: `${base}/login?step=1`, body: signInPage('Sign in') }
  const page = next === 'the form' ? form : { url: `${base}/consent`, body: signInPage('Allow?') }
  return record(
    navigate({ url: client, body: '<html></html>' }),
    navigate([{ url: asked }, form], place),
    wait(4000),
    navigate(
      [
        { url: form.url, form: { username: 'ada' }, headers: { 'Set-Cookie': cookie } },
        { url: asked, requestHeaders: sent },
        { ...page, requestHeaders: sentToForm },
      ],
      { ...place, initiator: base },
    ),
  )
}

/** A frame gets two cookies of the server and its form; then this follows. */
const framedLogin = (...parts: readonly (readonly HopSpec[])[]) =>
  record(
    navigate({ url: client, body: '<html></html>' }),
    navigate(
      [
        {
          url: url('https://id.example/authorize', request),
          headers: { 'Set-Cookie': ['a=1; Path=/', 'b=2; Path=/'] },
        },
        { url: 'https://id.example/login', body: signInPage('Sign in') },
      ],
      inFrame,
    ),
    ...parts.flatMap((part) => [wait(4000), navigate(part, { ...inFrame, initiator: 'https://id.example' })]),
  )

const inFrame = { initiator: client, type: 'sub_frame', frame: 3 } as const

export default {
  fail: {
    'Secure on http': {
      recording: login('http://id.internal:8080', 'sid=1; Path=/; Secure; SameSite=None'),
      owner: 'authorization_server',
    },
    'None without Secure': login('https://id.example', 'sid=1; Path=/; SameSite=None'),
    'Secure on http, so that the form comes again': {
      recording: signedIn({ base: 'http://id.internal:8080' }),
      owner: 'authorization_server',
    },
    'Lax in a frame of another site, so that the form comes again': {
      recording: signedIn({ place: inFrame }),
      owner: 'client',
    },
    'kept from a frame, and the form leads to another page': {
      recording: signedIn({ place: inFrame }, 'the page that it follows'),
      rootCause: null,
    },
    'dropped by the browser for no reason that shows': signedIn({}),
  },
  pass: {
    'the cookie was sent': login('https://id.example', 'sid=1; Path=/', 'sid=1'),
    'Secure on localhost': login('http://localhost:8080', 'sid=1; Path=/; Secure', 'sid=1'),
    'kept from a frame but for one': framedLogin([
      { url: 'https://id.example/login', form: { username: 'ada' } },
      { url: 'https://id.example/consent', requestHeaders: { Cookie: 'b=2' }, body: signInPage('Allow?') },
    ]),
    'a sign-in in steps, on one page': signedIn({ sent: { Cookie: 'sid=1' } }),
    'a step whose cookie is for the form alone': signedIn({
      cookie: 'step=2; Path=/login',
      sentToForm: { Cookie: 'step=2' },
    }),
    'another page follows': signedIn({}, 'the page that it follows'),
    'a form that is answered by the form': record(
      navigate(
        [
          { url: url('https://id.example/authorize', request) },
          { url: 'https://id.example/login', body: signInPage('Sign in') },
        ],
        { initiator: client },
      ),
      navigate(
        [
          { url: 'https://id.example/login', form: { username: 'ada' }, headers: { 'Set-Cookie': 'flash=1; Secure' } },
          { url: 'https://id.example/login', body: signInPage('Wrong password') },
        ],
        { initiator: 'https://id.example' },
      ),
    ),
  },
  notApplicable: {
    'kept from a frame, and the form is still empty': framedLogin(),
    'kept from a frame, and the form is being checked': framedLogin([
      { url: 'https://id.example/login', form: { username: 'ada' }, body: signInPage('Again?') },
    ]),
    'kept from a frame, and the client is answered all the same': framedLogin(
      [
        { url: 'https://id.example/login', form: { username: 'ada' } },
        { url: 'https://id.example/continue', body: '<form method="post"></form><script></script>' },
      ],
      [{ url: request.redirect_uri, form: { code: 'c', state: request.state }, body: '<html></html>' }],
    ),
    'a healthy login': record(codeLogin()),
    'a healthy login of a server': record(serverLogin()),
  },
} satisfies RuleCases
