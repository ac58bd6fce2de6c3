import type { AuthorizationRequest } from '../../../model/message'
import type { CaseFile } from '../../facts/case-file'

/** The authorization request of this attempt, or of the login that its tokens came from. */
export const loginRequestOf = ({ attempt, attempts, request }: CaseFile): AuthorizationRequest | undefined => {
  let login = attempt
  for (let depth = 0; depth < 5 && login.requests.length === 0 && login.parent !== undefined; depth++) {
    const parent = attempts.find(({ id }) => id === login.parent)
    if (!parent) break
    login = parent
  }
  return request ?? login.requests.at(-1)
}
