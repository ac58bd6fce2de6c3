const { WebStorageStateStore } = globalThis.oidc

/**
 * Where the app keeps state, verifier and redirect_uri of a login between request and callback. Faults: the stored
 * values come back altered (`alteredState`), or are still there after their use (`redeemsTwice`).
 */
export function stateStoreFor({ alteredState, redeemsTwice }) {
  const store = new WebStorageStateStore({ store: sessionStorage })
  const remove = store.remove.bind(store)
  store.remove = async (key) => {
    const stored = redeemsTwice ? await store.get(key) : await remove(key)
    return stored && alteredState ? JSON.stringify({ ...JSON.parse(stored), ...alteredState }) : stored
  }
  return store
}
