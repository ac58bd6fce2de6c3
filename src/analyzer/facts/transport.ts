/**
 * What a browser's name of a transport error means. Names: Chromium `net/base/net_error_list.h`, Firefox
 * `xpcom/base/ErrorList.py` and its NSS messages. Safari and many HAR files name nothing: `unnamed`.
 */
export type TransportKind =
  /** The page went elsewhere or gave up; no failure. */
  | 'cancelled'
  | 'dns'
  /** Nobody accepted the connection: refused, unreachable, no route. */
  | 'refused'
  | 'timeout'
  /** The connection was cut before an answer was complete. */
  | 'reset'
  | 'offline'
  | 'proxy'
  /** The certificate is not trusted, expired, or of another name. */
  | 'certificate'
  /** No TLS connection came about, whatever the certificate. */
  | 'tls'
  /** HTTP itself was broken: HTTP/2 or QUIC errors, chunks cut, headers too large. */
  | 'protocol'
  /** The answer is there, and not in the encoding that its Content-Encoding names. */
  | 'encoding'
  | 'redirect-loop'
  | 'blocked-by-extension'
  | 'blocked-by-policy'
  | 'content-security-policy'
  /** X-Frame-Options, frame-ancestors, CORP, COEP, ORB. */
  | 'response-blocked'
  | 'mixed-content'
  | 'local-network'
  | 'cors'
  /** A port or scheme the browser does not speak. */
  | 'unsupported'
  /** The browser failed it and did not say why; in Chromium this is how a refusal by CORS looks, among others. */
  | 'unnamed'

/** The first pattern that matches decides; certificates therefore come before TLS in general. */
const kinds: readonly (readonly [RegExp, TransportKind])[] = [
  [/\bERR_ABORTED\b|NS_BINDING_ABORTED|NS_ERROR_ABORT|NS_ERROR_DOM_ABORT_ERR|\bcancell?ed\b/i, 'cancelled'],
  [/PRIVATE_NETWORK_ACCESS|LOCAL_NETWORK_ACCESS|ERR_INSECURE_PRIVATE_NETWORK/i, 'local-network'],
  [/BLOCKED_BY_CSP|NS_ERROR_CSP_(FORM|NAVIGATE)|\bcsp\b/i, 'content-security-policy'],
  [/BLOCKED_BY_(RESPONSE|ORB)|NS_ERROR_XFO|NS_ERROR_CSP_FRAME|NS_ERROR_DOM_(CORP|COEP)/i, 'response-blocked'],
  [/BLOCKED_BY_CLIENT|BLOCKED_BY_EXTENSION|NS_ERROR_(TRACKING|BLOCKED|MALWARE|PHISHING)_URI/i, 'blocked-by-extension'],
  [/BLOCKED_BY_(ADMINISTRATOR|POLICY)|NS_ERROR_BLOCKED_BY_POLICY/i, 'blocked-by-policy'],
  [/mixed.?content/i, 'mixed-content'],
  [/NS_ERROR_DOM_BAD_(URI|CROSS_ORIGIN_URI)|\bcors\b/i, 'cors'],
  [/PROXY|ERR_TUNNEL_CONNECTION_FAILED/i, 'proxy'],
  [
    /NAME_NOT_RESOLVED|NAME_RESOLUTION_FAILED|ERR_DNS_|ICANN_NAME_COLLISION|NS_ERROR_UNKNOWN_HOST|NS_ERROR_DNS_/i,
    'dns',
  ],
  [/ERR_CERT(IFICATE)?_|SEC_ERROR_|PKIX_ERROR|BAD_CERT_DOMAIN|SSL_PINNED|certificate/i, 'certificate'],
  [/ERR_SSL_|ERR_EARLY_DATA|SSL_ERROR_|NS_ERROR_NET_INADEQUATE_SECURITY|PR_END_OF_FILE|\b(SSL|TLS)\b/i, 'tls'],
  [/TOO_MANY_REDIRECTS|REDIRECT_LOOP/i, 'redirect-loop'],
  [
    /ERR_(HTTP2|QUIC|SPDY)_|HTTP3_|NET_HTTP[23]|ERR_INCOMPLETE_|ERR_INVALID_(HTTP_)?RESPONSE|ERR_RESPONSE_HEADERS/i,
    'protocol',
  ],
  [/ERR_CONTENT_DECODING|NS_ERROR_INVALID_CONTENT_ENCODING/i, 'encoding'],
  [/ERR_CONTENT_LENGTH|NS_ERROR_NET_PARTIAL_TRANSFER/i, 'protocol'],
  [/INTERNET_DISCONNECTED|NETWORK_CHANGED|NETWORK_IO_SUSPENDED|NS_ERROR_OFFLINE/i, 'offline'],
  [/TIMED_OUT|NS_ERROR_NET_TIMEOUT/i, 'timeout'],
  [/CONNECTION_REFUSED|ADDRESS_(UNREACHABLE|INVALID)|ERR_CONNECTION_FAILED|NO_ROUTE/i, 'refused'],
  [/CONNECTION_(RESET|CLOSED|ABORTED)|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED|NS_ERROR_NET_(RESET|INTERRUPT)/i, 'reset'],
  [/UNSAFE_PORT|PORT_ACCESS_NOT_ALLOWED|UNKNOWN_URL_SCHEME|UNKNOWN_PROTOCOL|DISALLOWED_URL_SCHEME/i, 'unsupported'],
]

/** Never fails: a name that is not known is `unnamed`. */
export const transportKindOf = (error: string): TransportKind =>
  kinds.find(([pattern]) => pattern.test(error))?.[1] ?? 'unnamed'
