import type { Finding, FlowKind, FlowStatus } from '../../model/analysis'
import type { CaseFile } from '../facts/case-file'
import { isProbe, wasLeftAtCallback } from './status'

const subjects: Record<FlowKind, string> = {
  authorization_code: 'The login',
  implicit: 'The login',
  hybrid: 'The login',
  refresh_token: 'The token refresh',
  client_credentials: 'The token request',
  device_code: 'The device login',
  password: 'The password login',
  token_exchange: 'The token exchange',
  silent_renewal: 'The silent renewal',
  logout: 'The logout',
  api_access: 'The API access',
  client_registration: 'The client registration',
  discovery: 'Reading the server metadata',
  federated_credential: 'The login',
  unknown: 'The call',
}

/** One sentence: what came of the attempt. */
export const summarize = (file: CaseFile, status: FlowStatus, root: Finding | undefined): string => {
  if (root) return root.title
  const subject = subjects[file.attempt.kind]
  switch (status) {
    case 'succeeded':
      return `${subject} succeeded.`
    case 'delivered':
      return file.attempt.responses.every(({ deliveredTo }) => /^https?:/i.test(deliveredTo))
        ? 'The answer reached the client; what the client did with it was not seen.'
        : 'The browser handed the answer to another program; what that did with it was not seen.'
    case 'failed':
      return `${subject} failed.`
    case 'pending':
      return `${subject} is not finished yet.`
    case 'abandoned':
      if (isProbe(file)) return 'The client asked silently whether somebody is signed in; nobody was.'
      if (wasLeftAtCallback(file)) return 'The page was left before the client’s server had answered at its callback.'
      if (file.attempt.kind === 'api_access') return 'The API did not allow the access.'
      return isReplaced(file) ? `${subject} was replaced by a newer attempt.` : `${subject} was not finished.`
  }
}

const isReplaced = ({ attempt, attempts }: CaseFile): boolean =>
  attempt.supersededBy !== undefined ||
  attempts.some(
    (other) =>
      other.startedAt > attempt.startedAt &&
      other.requests.length + other.responses.length + other.tokenCalls.length > 0,
  )
