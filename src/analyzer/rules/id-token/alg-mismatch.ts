import type { CaseFile } from '../../facts/case-file'
import { oidcCore, rfc } from '../shared/references'
import { list, quote } from '../shared/text'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const algMismatch = defineRule({
  id: 'alg-mismatch',
  title: 'The ID token is signed in a way that the client does not accept',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: ['client_error', 'callback_error', 'token_unusable'],
  clientMustReject: true,
  what: '`alg` of the ID token against `id_token_signing_alg_values_supported` of the metadata, and against what the client can check at all.',
  why: 'A client accepts the algorithm it is registered with. It cannot check HS256 without a secret, and must not trust `none` from a browser redirect.',
  toldApart:
    'The header of the token is read; a signature that fails although the algorithm fits is `id-token-signature-invalid`.',
  silentWhen:
    'The algorithm is offered by the metadata and the client can check it, or the client went on. A public client that asked for no keys gets a remark for a shared-secret algorithm: pages need not look at the signature of what the token endpoint gave them.',
  references: [oidcCore('3.1.3.7', 'IDTokenValidation'), rfc(8725, '3.1')],
  covers: ['alg-mismatch'],

  check: (file) => {
    const token = file.idTokens.find(({ jwt }) => jwt.parts === 3)
    if (!token) return notApplicable
    const alg = String(token.jwt.header['alg'])
    const listed = file.metadata?.document['id_token_signing_alg_values_supported']
    const offered = Array.isArray(listed) ? listed.map(String) : undefined
    const problem = problemOf(file, alg, offered)
    if (problem === undefined) return pass(`the ID token is signed with ${alg}`)
    const better = offered?.find((other) => other !== alg && other !== 'none' && !other.startsWith('HS')) ?? 'RS256'
    return fail({
      confidence: 'certain',
      cause: `The ID token says ${quote(`alg: ${alg}`)}. ${problem.cause}`,
      ...(!problem.isRefused && {
        category: 'conformance' as const,
        severity: 'warning' as const,
        title: 'The ID token is signed in a way that this client cannot check',
      }),
      evidence: [
        {
          label: 'alg',
          where: { exchangeId: token.exchangeId, part: 'id_token.header', parameter: 'alg' },
          actual: alg,
          expected: better,
        },
      ],
      fix: {
        summary: `Have the server sign ID tokens of this client with ${quote(better)}.`,
        steps: [
          'Set the ID token signing algorithm of the client at the server, and the same one in the client library.',
        ],
      },
      consoleValue: better,
    })
  },
})

interface Problem {
  readonly cause: string
  /** Not by a client that looks at no signature, as it need not where the token endpoint gave it the token. */
  readonly isRefused: boolean
}

const problemOf = (file: CaseFile, alg: string, offered: readonly string[] | undefined): Problem | undefined => {
  const isPublic = file.tokenCalls.some(({ clientAuthentication }) => clientAuthentication === 'none')
  if (alg.toLowerCase() === 'none')
    return { cause: 'It is not signed at all, so anybody could have made it.', isRefused: true }
  if (alg.startsWith('HS') && isPublic) {
    return {
      cause: 'That needs the client secret for checking, and this client is public: it has none.',
      isRefused: readsKeys(file),
    }
  }
  return offered && !offered.includes(alg)
    ? {
        cause: `The server’s metadata offers ${list(offered.map(quote))}, and clients accept no other.`,
        isRefused: true,
      }
    : undefined
}

/** Nobody asks for the server's keys but to look at signatures. */
const readsKeys = ({ attempt, world }: CaseFile): boolean =>
  world.messages.some(({ kind, exchange }) => kind === 'jwks' && world.tabOf(exchange) === attempt.tabId)
