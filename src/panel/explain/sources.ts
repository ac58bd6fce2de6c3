import type { Reference } from '../../model/analysis'

const rfc = (number: number, section: string): Reference => ({
  title: `RFC ${number} section ${section}`,
  url: `https://www.rfc-editor.org/rfc/rfc${number}.html#section-${section}`,
})

const oidc = (section: string, anchor: string): Reference => ({
  title: `OpenID Connect Core section ${section}`,
  url: `https://openid.net/specs/openid-connect-core-1_0.html#${anchor}`,
})

export { oidc, rfc }
