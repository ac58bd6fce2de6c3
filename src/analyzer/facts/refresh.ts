import type { TokenRequest } from '../../model/message'
import { paramValue } from '../../model/parameters'
import type { World } from '../correlation/attempt'

const isTokenRequest = (message: World['messages'][number]): message is TokenRequest => message.kind === 'token_request'

/** All calls of the recording that renew tokens, in all tabs, oldest first. */
export const refreshCallsOf = ({ messages }: World): readonly TokenRequest[] =>
  messages
    .filter(isTokenRequest)
    .filter(({ parameters }) => paramValue(parameters, 'grant_type') === 'refresh_token')
    .sort((a, b) => a.at - b.at)

/** The token response that brought a refresh token. */
export const issuerOfRefreshToken = ({ messages }: World, token: string): TokenRequest | undefined =>
  messages.filter(isTokenRequest).find(({ response }) => paramValue(response.parameters, 'refresh_token') === token)

/** When an answer was complete; the start, where none was seen. */
export const endOf = ({ exchange, at }: TokenRequest): number => exchange.endedAt ?? at
