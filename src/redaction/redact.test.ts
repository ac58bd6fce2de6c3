import { describe, expect, test } from 'vitest'
import { readJwt } from '../model/jwt'
import type { CaptureEvent, ObservedEntry, Recording } from '../model/recording'
import { redact } from './redact'

const recordingOf = (...entries: readonly Partial<ObservedEntry>[]): Recording => ({
  events: entries.map((entry, index) => ({
    type: 'entry.observed',
    seq: index,
    at: index,
    origin: 'file',
    entryId: String(index),
    tabId: 0,
    entry: { startedDateTime: 0, method: 'GET', url: 'https://as.example/', ...entry },
  })),
})

const entriesOf = (recording: Recording): readonly ObservedEntry[] =>
  recording.events.flatMap((event) => (event.type === 'entry.observed' ? [event.entry] : []))

const redacted = (...entries: readonly Partial<ObservedEntry>[]) => entriesOf(redact(recordingOf(...entries)).recording)

const url = (text: string) => redacted({ url: text })[0]?.url
const sent = (name: string, value: string) =>
  redacted({ requestHeaders: [{ name, value }] })[0]?.requestHeaders?.[0]?.value
const body = (text: string, mimeType = 'application/json', status = 200) => {
  const rewritten = redacted({ status, responseBody: { kind: 'text', text, mimeType } })[0]?.responseBody
  return rewritten?.kind === 'text' ? rewritten.text : rewritten
}
const encode = (value: object) =>
  btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
const jwt = (claims: object, signature = 'sIgNaTuRe0123456789') =>
  `${encode({ alg: 'RS256', kid: 'k' })}.${encode(claims)}.${signature}`

test('the code_challenge is public wherever it stands, also inside a value that is secret', () => {
  const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
  const asked = `/authorize?client_id=a&redirect_uri=https%3A%2F%2Fa.example%2Fcb&code_challenge=${challenge}&code_challenge_method=S256`
  const [page, login] = redacted(
    { url: `https://as.example${asked}` },
    { url: `https://as.example/login?seal=${encodeURIComponent(`v1 ${asked}`)}` },
  )
  expect(page?.url).toContain(challenge)
  expect(login?.url).toBe('https://as.example/login?seal=value%231')
})

test('a link stays where it leads to a place that the recording has anyway', () => {
  const page = (...links: readonly string[]) => `<p>${links.map((link) => `<a href="${link}">…</a>`).join('')}</p>`
  const linked = (...links: readonly string[]) => {
    const [, , shown] = redacted(
      { url: 'https://app.example/login?hint=ada%40example.org' },
      { url: 'https://app.example/?page=signin' },
      {
        url: 'https://app.example/callback?code=c0de-1234567890&state=x',
        status: 200,
        responseBody: { kind: 'text', text: page(...links), mimeType: 'text/html' },
      },
    )
    return shown?.responseBody?.kind === 'text' ? shown.responseBody.text : undefined
  }
  expect(linked('/login', 'login#top', 'https://www.app.example/login', '/?page=signin')).toBe(
    page('/login', 'login', 'https://www.app.example/login', '/?page=value%231'),
  )
  expect(linked('/login?user=mia')).toBe(page('/login'))
  const nowhere = page('x', 'x', 'x').replaceAll(' href="x"', '')
  expect(linked('/users/mia', '/?page=mia', 'mailto:mia@example.org')).toBe(nowhere)
})

test('a notice of PHP says what went wrong, and not where its files lie', () => {
  const notice = (words: string, file: string) =>
    `<br>\n<b>Warning</b>: ${words} in <b>${file}</b> on line <b>22</b><br>`
  const html = `<p>Frau Ada Muster</p>${notice('headers already sent by (output started at /home/ada/www/login.php:3)', 'C:\\users\\ada\\callback.php')}<p>Hi</p>`
  expect(body(html, 'text/html')).toBe(
    `<p>…</p>${notice('headers already sent by (output started at login.php:3)', 'callback.php')}<p>…</p>`,
  )
  const script = `<script>draw("do-not-keep-me-1234", '${notice('x', '/a.php')} do-not-keep-me-1234')</script><p>Hi</p>`
  expect(body(script, 'text/html')).toBe('<script></script><p>…</p>')
})

test('where the client is to lead afterwards reads as the request that it leads to', () => {
  const [start, landing] = redacted(
    { url: 'https://app.example/login?next=%2Flogs%3Ferror%3D5xx%26level%3Dsome' },
    { url: 'https://app.example/logs?error=5xx&level=some' },
  )
  expect(landing?.url).toBe('https://app.example/logs?error=5xx&level=value%231')
  expect(start?.url).toBe('https://app.example/login?next=%2Flogs%3Ferror%3D5xx%26level%3Dvalue%25231')
})

test('words of the protocol stay readable where a document of the server lists them as names', () => {
  const listed = JSON.stringify([
    { name: 'tls_authentication_alg' },
    { name: 'client_id' },
    { name: 'refresh_token' },
    { name: 'authorization_request' },
  ])
  const { recording, prove } = redact(
    recordingOf(
      { url: 'https://as.example/api', responseBody: { kind: 'text', text: listed } },
      { url: 'https://as.example/authorize?client_id=app1&response_type=code' },
    ),
  )
  expect(entriesOf(recording)[1]?.url).toBe('https://as.example/authorize?client_id=app1&response_type=code')
  expect(prove('the authorization_request has refresh_token and client_id; authentication failed')).toEqual([])
  expect(prove('tls_authentication_alg')).not.toEqual([])
})

test('a cookie and a token that tell the same time and issuer share no secret', () => {
  const cookie = encodeURIComponent(JSON.stringify({ ts: 1795268552, url: btoa('https://as.example/oauth2') }))
  const { prove } = redact(
    recordingOf({
      url: 'https://as.example/oauth2/authorize?client_id=app1',
      requestHeaders: [{ name: 'Cookie', value: `login=${cookie}` }],
    }),
  )
  expect(prove(jwt({ iss: 'https://as.example/oauth2', auth_time: 1795268552, iat: 1795268552 }))).toEqual([])
  expect(prove(`login=${cookie}`)).not.toEqual([])
})

test('times, paths and links in a document of the application are no secrets where a URL has them', () => {
  const logo = '/user/ada/kernelspecs/python3/logo-64x64.png'
  const next = encodeURIComponent('/user/ada/kernelspecs/')
  const document = {
    last_modified: '2026-11-21T16:40:49.340945Z',
    logo,
    username: 'https://as.example/account/login/',
    login: 'ada.pod.example',
    cookie: 'wqJz8K2m/account/Xb71RtQp0Lsd',
  }
  const { recording, prove } = redact(
    recordingOf(
      {
        url: 'https://as.example/user/ada/kernelspecs/',
        responseBody: { kind: 'text', text: JSON.stringify(document) },
      },
      { url: `https://as.example/account/login/?client_id=${next}` },
      { url: 'https://ada.pod.example/.well-known/did.json' },
    ),
  )
  expect(prove(JSON.stringify(recording))).toEqual([])
  const body = entriesOf(recording)[0]?.responseBody
  expect(body?.kind === 'text' ? JSON.parse(body.text) : body).toEqual({
    last_modified: 'value#1',
    logo: 'value#2',
    username: 'username#1',
    login: 'username#2',
    cookie: 'value#3',
  })
  expect(prove(`2026-11-21T16:40:49.340Z https://as.example/account/login/ ${next}`)).toEqual([])
  for (const part of [logo, 'python3/logo-64x64', encodeURIComponent(logo), document.cookie, '/account/Xb71'])
    expect(prove(part)).not.toEqual([])
})

test('a pushed request is a secret in its reference, not in its name space, whatever the member is called', () => {
  const reference = 'urn:ietf:params:oauth:request_uri:req-09048f5ff9088a3ee4885d9308670c22'
  const { recording, prove } = redact(
    recordingOf(
      {
        url: 'https://as.example/page',
        responseBody: { kind: 'text', text: JSON.stringify({ requestUri: reference }) },
      },
      { url: `https://as.example/authorize?request_uri=${encodeURIComponent(reference)}` },
    ),
  )
  expect(prove(JSON.stringify(recording))).toEqual([])
  expect(prove(reference)).not.toEqual([])
})

test('a challenge that was padded is as public as one that was not', () => {
  const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
  const asked = `/authorize?client_id=a&redirect_uri=https%3A%2F%2Fa.example%2Fcb&code_challenge=${challenge}%3D&code_challenge_method=S256`
  const { prove } = redact(
    recordingOf(
      { url: `https://as.example${asked}` },
      { url: `https://as.example/login?return_to=${encodeURIComponent(asked)}` },
    ),
  )
  expect(prove(challenge)).toEqual([])
})

test('an answer from window to window is all that is kept of a script', () => {
  const script = 'var secret="do-not-keep-me-1234";post({"response":{"code":"SplxlOBeZQQ","state":"af0ifjsldkj"}})'
  expect(body(`<html><script>${script}</script></html>`, 'text/html')).toBe(
    '<html><script>"code":"code#1" "state":"state#1"</script></html>',
  )
})

test('of the scripts of an error page the error that they draw is kept', () => {
  const said = JSON.stringify({
    error: 'invalid_request',
    error_description: 'Unknown <b> of ada@mail.example',
    id: 'x9',
  })
  const html = `<html><script>draw("do-not-keep-me-1234",JSON.parse(${JSON.stringify(said)}))</script><p>Hi</p></html>`
  expect(body(html, 'text/html', 400)).toBe(
    '<html><script>{"error":"invalid_request","error_description":"Unknown \\u003cb> of email#1"}</script><p>…</p></html>',
  )
  expect(body(html, 'text/html')).toBe('<html><script></script><p>…</p></html>')
})

describe('URLs', () => {
  test('keep their spelling but for the secrets', () => {
    expect(
      url(
        'https://as.example/authorize?client_id=a%20b&state=xyzzy-12345678&scope=openid+email&code_challenge=c&code_challenge_method=S256',
      ),
    ).toBe(
      'https://as.example/authorize?client_id=a%20b&state=state%231&scope=openid+email&code_challenge=c&code_challenge_method=S256',
    )
  })

  test('lose what no name explains', () => {
    expect(url('https://x.example/?whatever=1')).toBe('https://x.example/?whatever=value%231')
  })

  test('are rewritten inside of URLs, with the encoding of the outer one', () => {
    expect(url('https://as.example/a?redirect_uri=https%3A%2F%2Fapp.example%2Fcb%3Fcode%3Dabc12345')).toBe(
      'https://as.example/a?redirect_uri=https%3A%2F%2Fapp.example%2Fcb%3Fcode%3Dcode%25231',
    )
  })

  test('lose credentials, fragments’ tokens and random path segments, of any scheme', () => {
    expect(url('https://me:pw@as.example/interaction/k3Jh5Gf9d8S7a6P0o1Iu#access_token=opaque1&state=s1')).toBe(
      'https://password%231@as.example/interaction/path%231#access_token=access_token%231&state=state%231',
    )
    expect(url('com.example.app:/cb?code=abc')).toBe('com.example.app:/cb?code=code%231')
    expect(url('https://app.example/#/callback?code=abc')).toBe('https://app.example/#/callback?code=code%231')
    expect(url('blob:https://x.example/2b7c')).toBe('blob:removed')
  })

  test('keep a tenant that is a GUID', () => {
    const tenant = 'https://login.example/72f988bf-86f1-41af-91ab-2d7cd011db47/oauth2/v2.0/authorize'
    expect(url(tenant)).toBe(tenant)
  })

  test('treat a challenge that is the verifier as the secret that it is, whatever method they name', () => {
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
    const { recording, prove } = redact(
      recordingOf(
        { url: `https://as.example/a?client_id=a&code_challenge=${verifier}&code_challenge_method=S256` },
        {
          url: 'https://as.example/token',
          method: 'POST',
          requestBody: { kind: 'form', fields: [{ name: 'code_verifier', value: verifier }] },
        },
      ),
    )
    expect(entriesOf(recording)).toMatchObject([
      { url: 'https://as.example/a?client_id=a&code_challenge=code_verifier%231&code_challenge_method=S256' },
      { requestBody: { fields: [{ name: 'code_verifier', value: 'code_verifier#1' }] } },
    ])
    expect(prove(verifier.slice(3, 15))).not.toEqual([])
  })

  test('treat a plain challenge as the verifier that it is', () => {
    expect(url('https://as.example/a?code_challenge=v3rifier&code_challenge_method=plain')).toBe(
      'https://as.example/a?code_challenge=code_verifier%231&code_challenge_method=plain',
    )
  })
})

describe('headers', () => {
  test('keep schemes, the client_id of Basic, and mistakes around the token', () => {
    expect(sent('Authorization', 'Bearer  "opaque-token-1"')).toBe('Bearer  "access_token#1"')
    expect(sent('Authorization', 'Bearer Bearer opaque-token-1')).toBe('Bearer Bearer access_token#1')
    expect(sent('Authorization', 'Bearer undefined')).toBe('Bearer undefined')
    expect(atob(sent('Authorization', `Basic ${btoa('web:s3cr3t!')}`)?.slice(6) ?? '')).toBe('web:client_secret#1')
  })

  test('keep names and attributes of cookies, and paths that still match the URLs', () => {
    const [entry] = redacted({
      url: 'https://as.example/interaction/k3Jh5Gf9d8S7a6P0o1Iu',
      requestHeaders: [{ name: 'cookie', value: 'sid=k3Jh5Gf9d8S7a6P0o1Iu; theme=; x=2' }],
      responseHeaders: [
        { name: 'Set-Cookie', value: 'sid=k3Jh5Gf9d8S7a6P0o1Iu; Path=/interaction/k3Jh5Gf9d8S7a6P0o1Iu; SameSite=Lax' },
      ],
    })
    expect(entry).toMatchObject({
      url: 'https://as.example/interaction/cookie%231',
      requestHeaders: [{ value: 'sid=cookie#1; theme=; x=cookie#2' }],
      responseHeaders: [{ value: 'sid=cookie#1; Path=/interaction/cookie%231; SameSite=Lax' }],
    })
  })

  test('nobody knows are labelled', () => {
    expect(sent('X-Api-Key', 'k-123-abc')).toBe('header#1')
    expect(sent('X-Retries', '2')).toBe('2')
    expect(sent('DPoP-Nonce', 'n0nce-n0nce')).toBe('nonce#1')
  })
})

describe('bodies', () => {
  test('of JSON keep types and what the protocol makes public', () => {
    expect(
      JSON.parse(
        String(body('{"access_token":"opaque1","expires_in":3600,"token_type":"Bearer","deep":{"iban":[12345678]}}')),
      ),
    ).toEqual({
      access_token: 'access_token#1',
      expires_in: 3600,
      token_type: 'Bearer',
      deep: { iban: ['value#1'] },
    })
  })

  test('of errors stay readable, without addresses', () => {
    expect(body('{"error":"invalid_grant","error_description":"User ada@mail.example at 10.1.2.3 has no grant"}')).toBe(
      '{"error":"invalid_grant","error_description":"User email#1 at ip_address#1 has no grant"}',
    )
    expect(body('{"code":"InvalidToken","message":"jwt expired"}')).toBe(
      '{"code":"InvalidToken","message":"jwt expired"}',
    )
  })

  test('that break off are read as far as they go', () => {
    expect(body('{"token_type":"Bearer","access_token":"abcdef123')).toBe(
      '{"token_type":"Bearer","access_token":"access_token#1',
    )
  })

  test('of pages keep forms and the words of errors', () => {
    const page =
      '<body onload="x()"><script>var t="secret"</script><h1>Hello Ada</h1><form action="/cb?code=c1" method="post"><input type="hidden" name="code" value="c1"></form></body>'
    expect(body(page, 'text/html')).toBe(
      '<body><script></script><h1>…</h1><form method="post" action="/cb?code=code%231"><input type="hidden" name="code" value="code#1"></form></body>',
    )
    expect(body('<p>Invalid redirect_uri</p>', 'text/html')).toBe('<p>Invalid redirect_uri</p>')
    expect(body('<p>Frau Ada Muster</p><p>redirect_uri</p>', 'text/html', 400)).toBe('<p>…</p><p>redirect_uri</p>')
  })

  test('of error pages keep the sentences about the fault, without names of people', () => {
    const page =
      '<p>Sorry, Ada Lovelace. User Ada Lovelace is not assigned to this application. User Ada has no access to the client.</p>'
    expect(body(page, 'text/html', 403)).toBe(
      '<p>… User … is not assigned to this application. User … has no access to the client.</p>',
    )
    expect(body('The Redirect URI of Single Page App is invalid', 'text/plain', 400)).toBe(
      'The Redirect URI of Single Page App is invalid',
    )
  })

  test('of scripts and images are left out, and say so', () => {
    expect(body('var a', 'text/javascript')).toEqual({ kind: 'lost', because: 'removed-by-sanitizer' })
  })
})

describe('tokens', () => {
  test('still read as JWTs, without what is personal', () => {
    const [entry] = redacted({
      url: `https://app.example/#id_token=${jwt({ iss: 'https://as.example', sub: 'u-1', email: 'a@b.example', exp: 5, nonce: 'n-1' })}`,
    })
    const token = readJwt(decodeURIComponent(entry?.url.split('=')[1] ?? ''))
    expect(token).toMatchObject({
      header: { alg: 'RS256', kid: 'k' },
      claims: { iss: 'https://as.example', sub: 'sub#1', email: 'email#1', exp: 5, nonce: 'nonce#1' },
      signature: 'id_token-1',
    })
  })

  test('keep personal claims for a user who asks for that', () => {
    const { recording } = redact(recordingOf({ url: 'https://as.example/?email=a%40b.example&code=c' }), {
      personal: 'keep',
    })
    expect(entriesOf(recording)[0]?.url).toBe('https://as.example/?email=a%40b.example&code=code%231')
  })
})

describe('labels', () => {
  test('are equal for equal values in any place and encoding', () => {
    const value = 'a/b+c=d12345'
    const [first, second] = redacted(
      { url: `https://app.example/cb?code=${encodeURIComponent(value)}` },
      {
        url: 'https://as.example/token',
        requestBody: { kind: 'form', fields: [{ name: 'code', value }] },
        status: 400,
        responseBody: {
          kind: 'text',
          text: JSON.stringify({ error: 'x', error_description: `no ${value} or ${btoa(value)}` }),
        },
      },
    )
    expect(first?.url).toBe('https://app.example/cb?code=code%231')
    expect(second?.requestBody).toEqual({ kind: 'form', fields: [{ name: 'code', value: 'code#1' }] })
    expect(second?.responseBody).toMatchObject({ text: '{"error":"x","error_description":"no code#1 or code#1"}' })
  })

  test('show what was done to a value on its way', () => {
    const states = redacted(
      { url: 'https://as.example/a?state=abcdefgh%2B1234' },
      { url: 'https://app.example/cb?state=abcdefgh' },
      { url: 'https://app.example/cb?state=abcdefgh%252B1234' },
      { url: 'https://app.example/cb?state=ABCDEFGH' },
    ).map((entry) => new URL(entry.url).searchParams.get('state'))
    expect(states).toEqual(['state#1~5', 'state#1', 'state%231~5', 'STATE#1'])
  })

  test('come with the facts that the analysis needs', () => {
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
    const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    const { recording } = redact(
      recordingOf(
        { url: `https://as.example/a?code_challenge=${challenge}&code_challenge_method=S256` },
        { requestBody: { kind: 'text', text: `code_verifier=${verifier}` } },
      ),
    )
    expect(recording.events.at(-1)).toEqual({
      type: 'values.described',
      seq: 2,
      at: 1,
      values: { 'code_verifier#1': { length: 43, charset: 'unreserved', hashesTo: { S256: [challenge] } } },
    })
  })

  test('stay as they are when a redacted recording is redacted again', () => {
    const once = redact(
      recordingOf({ url: `https://app.example/cb?code=abc12345&state=s-1234567#id_token=${jwt({ sub: 'u' })}` }),
    )
    const twice = redact(once.recording)
    expect(twice.recording.events.slice(0, -1)).toEqual(once.recording.events.slice(0, -1))
  })
})

describe('the proof', () => {
  test('finds a secret in every encoding, whole or 12 characters of it, and says where', () => {
    const secret = 'Zx8_k2-pQ7vT1mN4&<"'
    const { prove } = redact(recordingOf({ url: `https://app.example/cb?code=${encodeURIComponent(secret)}` }))
    const encodings = [
      secret,
      encodeURIComponent(secret),
      encodeURIComponent(encodeURIComponent(secret)),
      btoa(secret),
      btoa(`x${secret}`),
      btoa(`xx${secret}yy`).replaceAll('+', '-').replaceAll('/', '_'),
      Array.from(secret, (character) => character.charCodeAt(0).toString(16)).join(''),
      JSON.stringify(secret),
      'Zx8_k2-pQ7vT1mN4&amp;&lt;&quot;',
      secret.slice(3, 15),
    ]
    for (const text of encodings) expect([text, prove(`line one\nhere: ${text}`).length]).toEqual([text, 1])
    expect(prove(`line one\nhere: ${secret}`)).toEqual([{ label: 'code#1', encoding: 'raw', line: 2, column: 7 }])
    expect(prove(secret.slice(0, 11))).toEqual([])
  })
})

describe('events of the browser', () => {
  test('are rewritten in all their fields', () => {
    const base = { seq: 0, at: 0, requestId: '1', url: 'https://app.example/cb?code=abc12345' }
    const events: readonly CaptureEvent[] = [
      { ...base, type: 'request.redirected', redirectUrl: 'https://app.example/x?code=abc12345', status: 302 },
      { ...base, type: 'request.failed', error: 'net::ERR_FAILED' },
      {
        ...base,
        type: 'request.started',
        method: 'GET',
        resourceType: 'main_frame',
        tabId: 1,
        frameId: 0,
        parentFrameId: -1,
        initiator: base.url,
      },
      { seq: 0, at: 0, type: 'capture.gap', because: 'paused', detail: 'by ada@mail.example' },
    ]
    const text = JSON.stringify(redact({ events }).recording)
    expect(text).not.toContain('abc12345')
    expect(text).not.toContain('ada@')
    expect(text).toContain('net::ERR_FAILED')
  })
})
