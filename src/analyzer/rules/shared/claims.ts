import type { Evidence } from '../../../model/analysis'
import type { IssuedToken } from '../../facts/case-file'

/** Points to a claim of an ID token. */
export const claimEvidence = (
  { exchangeId }: IssuedToken,
  claim: string,
  values: { readonly actual?: string; readonly expected?: string },
): Evidence => ({ label: claim, where: { exchangeId, part: 'id_token.claims', parameter: claim }, ...values })
