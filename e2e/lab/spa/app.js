import { signInImplicitly, readImplicitResponse } from './implicit.js'
import { stateStoreFor } from './state-store.js'

const { UserManager, WebStorageStateStore } = globalThis.oidc

const show = (text) => (document.querySelector('[role=status]').textContent = text)
const note = (text) =>
  document.querySelector('ul').append(Object.assign(document.createElement('li'), { textContent: text }))
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const end = () => document.documentElement.setAttribute('data-scenario-ended', '')
const inFrame = window !== window.parent

function reasonOf({ error, error_description, message }) {
  return error ? `${error}: ${error_description ?? 'no description'}` : message
}

async function loadSetup() {
  const scenario = new URLSearchParams(location.search).get('scenario') ?? sessionStorage.getItem('scenario')
  sessionStorage.setItem('scenario', scenario)
  return (await fetch(`/setup/${scenario}.json`)).json()
}

function createManager({ settings, faults }) {
  return new UserManager({
    ...settings,
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    stateStore: stateStoreFor(faults),
    automaticSilentRenew: false,
  })
}

async function startSignIn(manager, setup) {
  if (setup.probesFirst) {
    await manager.signinSilent().then(
      () => note('Already signed in'),
      (error) => note(`Not signed in yet: ${error.error ?? error.message}`),
    )
  }
  show('Going to the sign-in page …')
  if (setup.flow === 'implicit') await signInImplicitly(setup.settings)
  else await manager.signinRedirect({ nonce: crypto.randomUUID() })
}

async function finishSignIn(manager, { flow, faults, settings }) {
  if (flow === 'implicit') return readImplicitResponse(settings)
  if (faults.waitsBeforeExchange) await wait(faults.waitsBeforeExchange)
  const redeeming = manager.signinRedirectCallback()
  if (!faults.redeemsTwice) return redeeming
  await wait(40)
  await Promise.all([redeeming, manager.signinRedirectCallback()])
}

const steps = {
  async 'call-api'(manager, { url, authorization, token }) {
    const user = await manager.getUser()
    const fill = (text) => text.replace('{type}', user.token_type).replace('{token}', user[token])
    const headers = authorization ? { Authorization: fill(authorization) } : {}
    const response = await fetch(fill(url), { headers })
    if (!response.ok) throw new Error(`the API answered ${response.status}`)
    note('Orders loaded')
  },
  async renew(manager) {
    await manager.signinSilent({ nonce: crypto.randomUUID() })
    note('Session renewed')
  },
  async 'sign-out'(manager) {
    await manager.signoutRedirect()
    await wait(60_000)
  },
  async 'sign-in-again'(manager, { redirectUri }) {
    await manager.signinRedirect({ redirect_uri: redirectUri, nonce: crypto.randomUUID() })
    await wait(60_000)
  },
  async wait(_manager, { ms }) {
    await wait(ms)
  },
  async open(_manager, { url }) {
    location.href = url
    await wait(60_000)
  },
}

async function afterSignIn(manager, setup) {
  const user = await manager.getUser()
  const greeting = `Signed in as ${user.profile.name ?? user.profile.sub}`
  show(greeting)
  if (sessionStorage.getItem('done') === setup.scenario) return
  sessionStorage.setItem('done', setup.scenario)
  try {
    for (const { step, ...options } of setup.afterSignIn) await steps[step](manager, options)
  } catch (error) {
    show(`${greeting}, but then: ${reasonOf(error)}`)
  }
}

const pages = {
  async '/'(manager, setup) {
    sessionStorage.removeItem('done')
    await startSignIn(manager, setup)
  },
  async '/callback'(manager, setup) {
    await finishSignIn(manager, setup)
    await afterSignIn(manager, setup)
    end()
  },
  async '/implicit-callback'(manager, setup) {
    await pages['/callback'](manager, setup)
  },
  async '/silent-callback'(manager) {
    await manager.signinSilentCallback()
  },
  async '/signed-out'(manager) {
    await manager.signoutRedirectCallback()
    show('Signed out')
    end()
  },
}

try {
  const setup = await loadSetup()
  await pages[location.pathname.replace(/(.)\/$/, '$1')](createManager(setup), setup)
} catch (error) {
  show(`Sign-in failed: ${reasonOf(error)}`)
  if (!inFrame) end()
}
