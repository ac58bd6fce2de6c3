import type { Reference } from '../../../model/analysis'

/** A section of an RFC: `rfc(6749, '4.1.2.1')`. */
export const rfc = (number: number, section?: string): Reference => ({
  title: section ? `RFC ${number} section ${section}` : `RFC ${number}`,
  url: `https://www.rfc-editor.org/rfc/rfc${number}${section ? `#${/^[A-Z]/.test(section) ? 'appendix' : 'section'}-${section}` : ''}`,
})

/** A section of OpenID Connect Core 1.0 by number, with the anchor its text uses. */
export const oidcCore = (section: string, anchor: string): Reference => ({
  title: `OpenID Connect Core section ${section}`,
  url: `https://openid.net/specs/openid-connect-core-1_0.html#${anchor}`,
})

export const link = (title: string, url: string): Reference => ({ title, url })
