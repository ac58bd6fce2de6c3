import { providerStatement } from '../../facts/provider-words'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'

export const wrongTenantOrAccount = defineRule({
  id: 'wrong-tenant-or-account',
  title: 'The account does not belong to the tenant that was asked',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'statement',
  explains: ['authorization_page', 'authorization_error', 'token_error'],
  what: 'The server answered with a code of its product that speaks of the tenant in the URL or of the account that is signed in.',
  why: 'At servers with tenants the path of the endpoint says who may log in, and the browser’s session says who is trying to.',
  toldApart: 'The code says so; nothing else on the wire does.',
  silentWhen: 'The server is none whose codes are known.',
  references: [rfc(6749, '4.1.2.1')],
  covers: ['wrong-tenant-endpoint', 'wrong-account-for-internal-app'],

  check(file) {
    if (file.failurePoints.length === 0) return file.response ? pass('the account was accepted') : notApplicable
    const found = providerStatement(file, 'wrong-tenant-or-account')
    if (!found || !file.provider) return notApplicable
    const endpoint = file.request?.exchange.url.split('?', 1)[0] ?? found.point.exchange.url.split('?', 1)[0]!
    return fail({
      confidence: 'certain',
      cause: `${file.provider.name} answered ${quote(found.said)}: ${found.error.meaning} The request went to ${quote(endpoint)}.`,
      evidence: [
        statusEvidence(found.point.exchange),
        ...(file.request ? [parameterEvidence(file.request.parameters, 'client_id')] : []),
      ],
      fix: {
        summary:
          'Log in with an account of that tenant, or send the browser to the tenant (or to the endpoint for all tenants) that fits.',
        steps: [
          'Check the tenant in the URL against the one where the client is registered, and which accounts the registration allows.',
          'Send `prompt=select_account` so that the user can choose another account; in a private window nobody is signed in yet.',
        ],
      },
    })
  },
})
