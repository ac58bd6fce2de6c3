import { saysFailure } from '../model/failure-words'

/** Words that pages use when something went wrong; an error page that answers with 200 is found by them. */
const errorWords =
  /error|invalid|denied|fail|unauthori[sz]ed|forbidden|expired|mismatch|not (?:found|allowed|registered|supported|match)|missing|unknown|AADSTS\d/i

const saysError = (text: string): boolean => errorWords.test(text) || saysFailure(text)

/** Of the protocol and its parties. A name with an underscore is a parameter or an error code. */
const ofProtocol =
  /\b(?:oauth2?|openid|oidc|saml|jwts?|pkce|cors|csrf|xsrf|clients?|applications?|apps?|redirect\w*|reply|callback|ur[il]s?|scopes?|grants?|granted|tokens?|codes?|state|nonce|issuer|audience|tenants?|realms?|organi[sz]ations?|consent\w*|permissions?|sessions?|cookies?|credentials?|parameters?|identity|providers?|authenticat\w*|authori[sz]\w*|login|log in|signed? ?in|sign-?in|registered|configur\w*|origins?|certificates?|signatures?|keys?|servers?|gateways?|requests?|time-?outs?|http|[a-z]+(?:_[a-z]+)+)\b/i

const aloneAnAddress = /^\s*https?:\/\/\S+\s*$/

/** Words of a sentence that begin with a capital letter and are no name of a person. */
const noName =
  /^(?:A|An|The|This|That|Your|Our|We|You|It|If|In|On|At|To|Of|For|From|And|Or|Not|No|Is|Are|Was|Please|Sorry|Try|Go|Back|Contact|More|Information|Details?|Support|Help|Home|Page|Bad|Internal|Service|Unavailable|Something|Went|Wrong|Exception|Connect|Microsoft|Google|Apple|Azure|Entra|Amazon|Cognito|Auth0|Okta|Keycloak|GitHub|Single|Page|Web|Admin|Administrator|User|Account|Status|Code|Response|Type|Resource|Directory|Active|Access|Id|Uri|Url)$/i

const isName = (word: string): boolean => !noName.test(word) && !ofProtocol.test(word) && !saysError(word)

const upToName = (run: string): string => {
  const words = run.split(/(\s+)/)
  const first = words.findIndex((word) => /\S/.test(word) && isName(word))
  if (first < 0) return run
  const told = words.slice(first).filter(saysError)
  return `${words.slice(0, first).join('')}${['…', ...told].join(' ')}`
}

/** Two capitalised words in a row, or one after the word for a person: the other words of the sentence tell the fault. */
export const withoutNames = (sentence: string): string =>
  sentence
    .replace(/\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’.-]*)+/gu, upToName)
    .replace(
      /\b((?:user|account|person|member|hello|hi|dear|welcome|mr\.?|ms\.?|mrs\.?)(?: name)?[:,]?\s+["'“]?)(\p{Lu}[\p{L}'’-]+)/giu,
      (whole, before: string, word: string) => (isName(word) && /^\p{Lu}/u.test(word) ? `${before}…` : whole),
    )

/**
 * What may be shown of the words of a page: sentences that speak of the fault or of the protocol, without names of people. A page
 * that is no error page is the user's, and only what tells of an error is kept.
 */
export const wordsOfFault = (text: string, isErrorPage: boolean): string =>
  text
    .split(/((?<=[.!?…])\s+|\n+)/)
    .map((piece) => {
      if (!/\S/.test(piece)) return piece
      const isTold = saysError(piece) || (isErrorPage && (ofProtocol.test(piece) || aloneAnAddress.test(piece)))
      return isTold ? withoutNames(piece) : piece.replace(/\S[\s\S]*\S|\S/, '…')
    })
    .join('')
