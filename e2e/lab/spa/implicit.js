const { User, WebStorageStateStore } = globalThis.oidc

/** The implicit grant by hand, as old apps have it: the client library refuses it. */
export async function signInImplicitly({ authority, client_id, response_type, scope, redirect_uri, resource }) {
  const state = crypto.randomUUID()
  const nonce = crypto.randomUUID()
  sessionStorage.setItem('implicit', JSON.stringify({ state, nonce }))
  const parameters = { response_type, client_id, scope, redirect_uri, resource, state, nonce }
  location.assign(`${authority}/auth?${new URLSearchParams(parameters)}`)
}

/** Reads the answer out of the fragment and stores the user where the client library looks for it. */
export async function readImplicitResponse({ authority, client_id }) {
  const response = Object.fromEntries(new URLSearchParams(location.hash.slice(1)))
  const { state, nonce } = JSON.parse(sessionStorage.getItem('implicit'))
  if (response.error) throw Object.assign(new Error(response.error), response)
  if (response.state !== state) throw new Error('state differs')
  const profile = JSON.parse(atob(response.id_token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')))
  if (profile.nonce !== nonce) throw new Error('nonce differs')
  const user = new User({ ...response, profile, expires_at: Date.now() / 1000 + Number(response.expires_in) })
  await new WebStorageStateStore({ store: sessionStorage }).set(
    `user:${authority}:${client_id}`,
    user.toStorageString(),
  )
}
