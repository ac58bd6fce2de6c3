import { type Happening, type HopSpec, call, server, tokenError, wait } from './builders'

/** A device asks for its codes. */
export const askForDevice = (answer: Partial<HopSpec> = {}): Happening =>
  call({
    url: `${server}/device`,
    form: { client_id: 'tv', scope: 'openid' },
    body: {
      device_code: 'device-code-1',
      user_code: 'WDJB-MJHT',
      verification_uri: `${server}/activate`,
      expires_in: 600,
      interval: 5,
    },
    ...answer,
  })

/** The device polls. */
export const poll = (answer: string | Partial<HopSpec>): Happening =>
  call({
    url: `${server}/token`,
    form: {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: 'device-code-1',
      client_id: 'tv',
    },
    ...(typeof answer === 'string' ? tokenError(answer) : answer),
  })

export const pending = (count: number, pause = 5_000): readonly Happening[] =>
  Array.from({ length: count }, () => [wait(pause), poll('authorization_pending')]).flat()

export const deviceTokens: Partial<HopSpec> = { body: { access_token: 'device-access', token_type: 'Bearer' } }
