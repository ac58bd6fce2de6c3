import { readJwt } from '../../../model/jwt'
import { paramValue } from '../../../model/parameters'
import { audiencesOfServer, faultsOfClientJwt } from '../shared/client-jwt'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { list } from '../shared/text'
import { judgeAuthentication, saidBy } from '../shared/token-calls'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const clientAssertionInvalid = defineRule({
  id: 'client-assertion-invalid',
  title: 'The JWT with which the client authenticates is not valid',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: '`client_assertion` is read: its type, `exp`, `iat`, `nbf`, `sub`, `aud`.',
  why: 'The server refuses an assertion that is expired, of another client or for another server, with a bare `invalid_client`.',
  toldApart: 'The claims can be read without any key. A key that the server does not know cannot be seen from outside.',
  silentWhen: 'Its claims are in order.',
  references: [rfc(7523, '3'), rfc(7521, '4.2')],
  covers: [],

  check: (file) =>
    judgeAuthentication(file, 'Decode the client_assertion that your server sends.', ({ call, point }) => {
      const text = paramValue(call.parameters, 'client_assertion')
      if (text === undefined) return notApplicable
      const jwt = readJwt(text)
      const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
      const type = paramValue(call.parameters, 'client_assertion_type')
      const faults = jwt?.claims ? faultsOfClientJwt(file, call, jwt, { allowed: audiencesOfServer(file, call) }) : []
      const says = [
        ...(type === TYPE ? [] : [`client_assertion_type is ${type ?? 'missing'}`]),
        ...(jwt?.claims ? [] : ['it cannot be read as a JWT']),
        ...faults.map((fault) => fault.says),
      ]
      if (says.length === 0) return pass('the claims of the client assertion are in order')
      return fail({
        confidence: 'certain',
        cause: `The client authenticates with a JWT, and ${list(says)}. The server answered ${saidBy(point)}.`,
        evidence: [
          type === TYPE
            ? parameterEvidence(call.parameters, 'client_assertion', { actual: says[0]! })
            : parameterEvidence(call.parameters, 'client_assertion_type', {
                actual: type ?? 'missing',
                expected: TYPE,
              }),
          ...faults.map(({ claim, actual, expected }) => ({
            label: claim,
            where: { exchangeId: call.exchange.id, part: 'client_assertion.claims' as const, parameter: claim },
            actual,
            expected,
          })),
          statusEvidence(call.exchange),
        ],
        fix: {
          summary:
            'Make a new assertion for each request, with the client_id as `iss` and `sub` and the server’s issuer as `aud`.',
          steps: [
            'Let it expire after a few minutes, and give it a new `jti` each time.',
            'Check the clock of the machine that signs it.',
          ],
        },
      })
    }),
})
