import type { Finding, Flow } from '../../../src/model/analysis'

const rfc6749 = (section: string) => ({
  title: `RFC 6749 section ${section}`,
  url: `https://www.rfc-editor.org/rfc/rfc6749.html#section-${section}`,
})

const firstStep = (flow: Flow) => flow.steps[0]

const redirectUri = (flow: Flow): Finding => ({
  id: `redirect-uri-not-registered@${flow.id}`,
  rule: 'redirect-uri-not-registered',
  category: 'failure',
  severity: 'error',
  confidence: 'certain',
  flow: flow.id,
  steps: [firstStep(flow)?.id ?? ''],
  owner: 'authorization_server',
  title: '`redirect_uri` is not registered for this client',
  cause:
    'You sent `http://localhost:5173/callback/`. The last login of `my-spa` that worked sent `http://localhost:5173/callback`. They differ by a trailing slash, and the server compares character by character.',
  evidence: [
    {
      label: 'redirect_uri',
      where: { exchangeId: firstStep(flow)?.exchangeId ?? '', part: 'request.query', parameter: 'redirect_uri' },
      actual: 'http://localhost:5173/callback/',
      expected: 'http://localhost:5173/callback',
    },
    {
      label: 'status',
      where: { exchangeId: firstStep(flow)?.exchangeId ?? '', part: 'response.status' },
      actual: '400',
    },
  ],
  ruledOut: [
    { rule: 'client-unknown', because: 'the same `client_id` logged in four minutes earlier' },
    { rule: 'invalid-scope', because: 'an unknown scope is answered with a redirect, and there was none' },
  ],
  notObservable: ['Which redirect URIs are registered: only the server knows the list.'],
  fix: {
    summary: 'Send `http://localhost:5173/callback`, without the slash at the end.',
    steps: [
      'In the client, set `redirect_uri` to `http://localhost:5173/callback`.',
      'Or, if the slash is wanted, add `http://localhost:5173/callback/` to the redirect URIs of `my-spa`.',
    ],
    console: {
      provider: 'Keycloak',
      path: ['Clients', 'my-spa', 'Settings', 'Valid redirect URIs'],
      value: 'http://localhost:5173/callback/',
    },
  },
  references: [rfc6749('3.1.2.3')],
  explains: [],
})

const risk = (flow: Flow): Finding => ({
  ...redirectUri(flow),
  id: `refresh-token-in-page@${flow.id}`,
  rule: 'refresh-token-without-rotation',
  category: 'risk',
  severity: 'warning',
  confidence: 'likely',
  owner: 'client',
  title: 'The page holds a refresh token that does not rotate',
  cause: 'Whoever reads it out of the page can stay logged in as the user.',
  evidence: [
    {
      label: 'refresh_token',
      where: {
        exchangeId: flow.steps.find((step) => step.kind === 'token_request')?.exchangeId ?? '',
        part: 'response.body',
        parameter: 'refresh_token',
      },
    },
  ],
  ruledOut: [],
  notObservable: [],
  fix: { summary: 'Turn on rotation of refresh tokens for `my-spa`.', steps: [] },
  references: [],
})

const withCandidates = (flow: Flow): Finding => {
  const certain = redirectUri(flow)
  const { console: _console, ...fix } = certain.fix
  return {
    ...certain,
    id: `authorization-refused@${flow.id}`,
    rule: 'authorization-request-refused',
    confidence: 'likely',
    title: 'The authorization server refused the request, and its reason was not visible',
    cause:
      'The authorization endpoint answered `400` with a page of its own. The reason stands in that page, which was not visible (DevTools was closed).',
    evidence: [certain.evidence[1] ?? certain.evidence[0]],
    candidates: [
      {
        rule: 'redirect-uri-not-registered',
        title: 'The redirect_uri is not registered.',
        check: 'compare `http://localhost:5173/callback/` with the list in the settings of the client.',
      },
      {
        rule: 'client-unknown',
        title: 'The client_id is not known there.',
        check: 'look for `my-spa` in the list of clients.',
      },
    ],
    notObservable: ['The page that the server answered with.', 'Which redirect URIs are registered.'],
    fix: { ...fix, summary: 'Open DevTools and log in again, to see the reason that the server gives.', steps: [] },
  }
}

/** The findings of one attempt in the named state. */
export const findingsFor = (state: string, flow: Flow): readonly Finding[] => {
  if (flow.status === 'failed') return [state === 'likely' ? withCandidates(flow) : redirectUri(flow)]
  return flow.status === 'succeeded' && state !== 'likely' ? [risk(flow)] : []
}
