import { client, idTokenClaims, jwt, navigate, record, server, url } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const leave = (groups: number, status: number) =>
  record(
    navigate(
      {
        url: url(`${server}/logout`, {
          id_token_hint: jwt({
            ...idTokenClaims,
            groups: Array.from({ length: groups }, (_, index) => `group-${index}`),
          }),
          post_logout_redirect_uri: `${client}/bye`,
        }),
        status,
        body: '<html></html>',
      },
      { initiator: client },
    ),
  )

export default {
  fail: { '414': leave(400, 414), '400 to a long one': leave(400, 400) },
  pass: { '400 to a short one': leave(1, 400) },
  notApplicable: { accepted: leave(400, 200) },
} satisfies RuleCases
