import { valueOf } from '../../../model/observed'
import { paramValue } from '../../../model/parameters'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'
import { saidBy } from '../shared/token-calls'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const deviceRequestRefused = defineRule({
  id: 'device-request-refused',
  title: 'The server refused to start the device login',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'symptom',
  explains: ['device_error'],
  what: 'The device authorization endpoint answered with an error.',
  why: 'The client is unknown, not enabled for device logins, or may not ask for the scope.',
  toldApart: 'The error code says which; without a body the status is all there is.',
  silentWhen: 'A device code was issued.',
  references: [rfc(8628, '3.2'), rfc(6749, '5.2')],
  covers: [],

  check: ({ failurePoints, attempt }) => {
    if (attempt.deviceRequests.length === 0) return notApplicable
    const point = failurePoints.find(({ kind }) => kind === 'device_error')
    if (point?.message.kind !== 'device_authorization_request') return pass()
    const { parameters, response, exchange } = point.message
    const client_id = paramValue(parameters, 'client_id')
    const client = client_id === undefined ? 'The client' : quote(client_id)
    const isClient = ['invalid_client', 'unauthorized_client'].includes(point.error ?? '')
    return fail({
      confidence: isClient ? 'certain' : 'likely',
      ...(isClient && { depth: 'statement' as const, title: 'The client may not start a device login' }),
      ...(valueOf(response.status) === undefined && { owner: 'network' as const }),
      cause: `${client} asked for a device code, and the server answered ${saidBy(point)}.`,
      evidence: [
        statusEvidence(exchange),
        parameterEvidence(parameters, 'client_id'),
        ...(point.error === undefined ? [] : [parameterEvidence(response.parameters, 'error')]),
      ],
      fix: {
        summary: `Enable the device code grant for ${client_id === undefined ? 'the client' : quote(client_id)} at the authorization server.`,
        steps: ['Check client_id and tenant.', 'Ask for scopes that the client may have.'],
      },
    })
  },
})
