import type { Refusal } from './token-calls'
import type { CaseFile } from '../../facts/case-file'
import { grantOf, refusalsOf } from './token-calls'

const GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

/** The polls of this device login, oldest first. */
export const pollsOf = ({ tokenCalls }: CaseFile) => tokenCalls.filter((call) => grantOf(call) === GRANT)

/** The poll that ended the login with this error. */
export const refusedPoll = (file: CaseFile, ...errors: readonly string[]): Refusal | undefined =>
  refusalsOf(file).find(({ call, point }) => grantOf(call) === GRANT && errors.includes(point.error ?? ''))
