import { valueOf } from '../../../model/observed'
import { issuerOfRefreshToken } from '../../facts/refresh'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { judgeRefresh } from '../shared/refresh'
import { quote } from '../shared/text'
import { isAboutTheClient, isAboutTheGrant, saidBy } from '../shared/token-calls'
import { defineRule, fail, indeterminate, pass } from '../rule'

export const refreshOtherClient = defineRule({
  id: 'refresh-other-client',
  title: 'The refresh token belongs to another client',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: 'The `client_id` of the refresh against the one that the refresh token was issued to.',
  why: 'A refresh token works for the client it was issued to only.',
  toldApart: 'Both calls were seen.',
  silentWhen: 'One of them names no client, or the login was not recorded.',
  references: [rfc(6749, '6'), rfc(6749, '10.4')],
  covers: ['refresh-other-client'],

  check: (file) =>
    judgeRefresh(
      file,
      (refusal) => isAboutTheGrant(refusal) || isAboutTheClient(refusal),
      ({ call, point, token }) => {
        const issuer = issuerOfRefreshToken(file.world, token)
        if (!issuer) return indeterminate('capture-started-late')
        const [from, to] = [valueOf(issuer.client_id), valueOf(call.client_id)]
        if (from === undefined || to === undefined) return indeterminate('One of the calls names no client.')
        if (from === to) return pass('the refresh token belongs to this client')
        return fail({
          confidence: 'certain',
          cause: `The refresh token was issued to ${quote(from)}; the refresh is of ${quote(to)}. The server answered ${saidBy(point)}.`,
          evidence: [
            parameterEvidence(call.parameters, 'client_id', { actual: to, expected: from }),
            statusEvidence(call.exchange),
          ],
          fix: {
            summary: `Renew the token as ${quote(from)}.`,
            steps: ['Keep tokens apart by client: two applications of one origin must not share a storage key.'],
          },
        })
      },
    ),
})
