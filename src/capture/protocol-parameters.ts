/**
 * Names whose values a form or JSON body keeps: the IANA "OAuth Parameters" registry, OpenID Connect Core, Discovery,
 * Session Management and Registration (RFC 7591), CIBA, SAML bindings, WS-Federation, and what providers add to them.
 * Everything else a page posts (passwords, one-time codes, personal data) keeps its name alone.
 * https://www.iana.org/assignments/oauth-parameters
 */
const protocolNames = new Set(
  `
  acr_values application_type assertion audience auth_req_id auth_session auth_time authorization_details binding_message
  claims claims_locales client_assertion client_assertion_type client_id client_name client_notification_token
  client_secret client_uri code code_challenge code_challenge_method code_verifier connection contacts credential
  default_acr_values default_max_age device_code device_secret display domain_hint dpop_jkt error error_description
  error_uri expires_in g_csrf_token grant_type grant_types hd id_token id_token_hint id_token_signed_response_alg iat
  include_granted_scopes initiate_login_uri interval iss issued_token_type issuer jwks jwks_uri kc_idp_hint login_hint_token
  logo_uri logout_hint logout_token max_age nonce organization policy_uri post_logout_redirect_uri
  post_logout_redirect_uris prompt redirect_uri redirect_uris refresh_token registration request request_object_signing_alg
  request_uri request_uris requested_expiry requested_token_type resource response response_mode response_type
  response_types scope screen_hint sector_identifier_uri session_state sid software_id software_statement
  software_version state subject_token subject_token_type subject_type target_link_uri tenant token
  token_endpoint_auth_method token_endpoint_auth_signing_alg token_type token_type_hint tos_uri ui_locales user_code
  access_token actor_token actor_token_type access_type approval_prompt client_info identity_provider idp p
  RelayState SAMLRequest SAMLResponse SAMLart SAMLEncoding SigAlg Signature wa wctx wfresh whr wreply wresult wtrealm
  `
    .trim()
    .split(/\s+/),
)

const neverRecorded = /pass(word|wd|phrase|code)?$|^pwd|^pin$|otp|cvv/i

/** Whether a value under this name belongs to a login protocol; of all others only the name is recorded. */
export const isProtocolParameter = (name: string): boolean => protocolNames.has(name) && !neverRecorded.test(name)
