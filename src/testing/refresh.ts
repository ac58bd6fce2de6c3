import { type Happening, type HopSpec, call, client, request, server, tokenError } from './builders'

/** A renewal with a refresh token, by the page of the built logins. */
export const refresh = (
  refresh_token: string | undefined,
  answer: Partial<HopSpec>,
  tab = 1,
  more: Readonly<Record<string, string | undefined>> = {},
): Happening =>
  call(
    {
      url: `${server}/token`,
      form: { grant_type: 'refresh_token', refresh_token, client_id: request.client_id, ...more },
      headers: { 'Access-Control-Allow-Origin': client },
      ...answer,
    },
    { initiator: client, tab },
  )

/** An answer with new tokens; without an argument it brings no new refresh token. */
export const renewed = (refresh_token?: string, more: object = {}): Partial<HopSpec> => ({
  body: {
    access_token: `access-of-${refresh_token ?? 'renewal'}`,
    token_type: 'Bearer',
    expires_in: 300,
    ...(refresh_token !== undefined && { refresh_token }),
    ...more,
  },
})

export const refused = tokenError('invalid_grant')
