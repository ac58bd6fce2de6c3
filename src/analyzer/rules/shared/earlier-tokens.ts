import { type Jwt, readJwt } from '../../../model/jwt'
import { paramValue } from '../../../model/parameters'
import type { Attempt } from '../../correlation/attempt'
import type { CaseFile } from '../../facts/case-file'

/** ID tokens that this client was given before this attempt began. */
export const idTokensBefore = (file: CaseFile): readonly Jwt[] =>
  file.attempts
    .filter(
      (other) =>
        other.startedAt < file.attempt.startedAt && other !== file.attempt && clientOf(other) === file.client_id,
    )
    .flatMap((other) => [
      ...other.responses.map(({ parameters }) => parameters),
      ...other.tokenCalls.map(({ response }) => response.parameters),
    ])
    .flatMap((parameters) => readJwt(paramValue(parameters, 'id_token') ?? '') ?? [])

const clientOf = ({ requests, tokenCalls }: Attempt): string | undefined => {
  const asked =
    requests[0] && (paramValue(requests[0].parameters, 'client_id') ?? paramValue(requests[0].sent, 'client_id'))
  return asked ?? (tokenCalls[0] && paramValue(tokenCalls[0].parameters, 'client_id'))
}
