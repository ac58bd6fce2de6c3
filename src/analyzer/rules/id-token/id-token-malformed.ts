import { readJwt } from '../../../model/jwt'
import { paramValue } from '../../../model/parameters'
import { oidcCore } from '../shared/references'
import { list, quote } from '../shared/text'
import { defineRule, fail, notApplicable, pass } from '../rule'

/** OpenID Connect Core section 2. */
const required = ['iss', 'sub', 'aud', 'exp', 'iat'] as const

export const idTokenMalformed = defineRule({
  id: 'id-token-malformed',
  title: 'The ID token is not a complete JWT',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: ['client_error', 'callback_error', 'token_unusable'],
  clientMustReject: true,
  what: 'The ID token is read as a JWT, and has `iss`, `sub`, `aud`, `exp` and `iat`.',
  why: 'A client cannot check a token that it cannot read or that lacks a required claim, and must refuse it.',
  toldApart: 'It is read without any key; an encrypted ID token is not looked into.',
  silentWhen: 'The ID token is encrypted or was not visible, or the client went on with it.',
  references: [oidcCore('2', 'IDToken')],
  covers: [],

  check: ({ attempt }) => {
    const places = [
      ...attempt.responses.map(({ parameters }) => parameters),
      ...attempt.tokenCalls.map(({ response }) => response.parameters),
    ].filter((parameters) => paramValue(parameters, 'id_token') !== undefined)
    if (places.length === 0) return notApplicable
    for (const parameters of places) {
      const jwt = readJwt(paramValue(parameters, 'id_token')!)
      if (jwt?.parts === 5) continue
      const missing = jwt?.claims ? required.filter((name) => jwt.claims?.[name] === undefined) : []
      if (jwt?.claims && missing.length === 0) continue
      return fail({
        confidence: 'certain',
        ...(missing.length > 0 && { title: `The ID token has no ${list(missing)}` }),
        cause:
          missing.length > 0
            ? `The ID token lacks ${list(missing.map(quote))}, which every ID token must have.`
            : 'The value of `id_token` cannot be read as a JWT: it does not have three parts of base64url with a JSON object in the second.',
        evidence: [
          {
            label: missing[0] ?? 'id_token',
            where: { exchangeId: parameters.exchangeId, part: 'id_token.claims', parameter: missing[0] ?? 'id_token' },
            actual: missing.length > 0 ? 'missing' : 'not readable',
            expected: missing.length > 0 ? 'a value' : 'a JWT',
          },
        ],
        fix: {
          summary:
            missing.length > 0
              ? `Make the server put ${list(missing.map(quote))} into the ID token.`
              : 'Make the server send the ID token unchanged.',
          steps: ['Custom claim mappers, hooks and gateways can drop or rewrite what the server made.'],
        },
      })
    }
    return pass('the ID token is complete')
  },
})
