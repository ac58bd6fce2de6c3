import { challenge, event, type Happening, type HopSpec, navigate, url, wait } from '../builders'
import type { CorpusEntry } from './entry'
import { byWorker, reported } from './reported-case'
import { html, page, signInPage } from './situation'

const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }

const opened = (tabId: number): Happening => event((at) => ({ type: 'tab.opened', tabId, openerTabId: 1, at }))
const closed = (tabId: number): Happening => event((at) => ({ type: 'tab.closed', tabId, at }))

/** A login in a window of its own, whose answer should get back to the page that opened it. */
const inPopup = (tab: number, app: string, hops: readonly HopSpec[]): readonly Happening[] => [
  opened(tab),
  navigate(hops, { tab, initiator: app }),
]

/** Windows that lost each other, and workers that answered in the server’s place. */
export const cases6: readonly CorpusEntry[] = [
  reported(
    '124',
    'infrastructure',
    'The service worker answers the callback with the application’s first page; the server never sees the code',
    'CodesWhat/drydock/pull/1016',
    {
      rootCause: 'service-worker-swallows-callback',
      owner: 'client',
      not: ['callback-not-found', 'state-cookie-lost'],
    },
    navigate([
      {
        url: 'https://dock.anchorage.cc/auth/oidc/authelia',
        headers: { 'Set-Cookie': 'connect.sid=s%3Add; Path=/; HttpOnly; SameSite=Lax' },
      },
      {
        url: url('https://auth.anchorage.cc/api/oidc/authorization', {
          client_id: 'drydock',
          redirect_uri: 'https://dock.anchorage.cc/auth/oidc/authelia/cb',
          response_type: 'code',
          scope: 'openid email profile',
          state: '3bf4b1c0-7a',
          ...pkce,
        }),
        status: 302,
        location: 'https://dock.anchorage.cc/auth/oidc/authelia/cb?code=ac_7f3kQ9zLw2&state=3bf4b1c0-7a',
      },
    ]),
    byWorker('https://dock.anchorage.cc/auth/oidc/authelia/cb?code=ac_7f3kQ9zLw2&state=3bf4b1c0-7a', 200, html),
    wait(20_000),
  ),
  reported(
    '47',
    'popup',
    'The server’s page separates itself from its opener, which believes at once that the window was closed',
    'bluesky-social/atproto/issues/3638',
    {
      rootCause: 'coop-severs-popup',
      owner: 'authorization_server',
      not: ['popup-closed-by-user', 'user-denied'],
    },
    navigate({ url: 'https://sky.feathergram.app/', body: html }),
    ...inPopup(6, 'https://sky.feathergram.app', [
      {
        url: url('https://pds.feathergram.social/oauth/authorize', {
          client_id: 'https://sky.feathergram.app/client-metadata.json',
          response_type: 'code',
          response_mode: 'fragment',
          redirect_uri: 'https://sky.feathergram.app/popup',
          scope: 'atproto transition:generic',
          state: 'Xb39-popup-state-value',
          ...pkce,
        }),
        headers: { 'Cross-Origin-Opener-Policy': 'same-origin' },
        body: signInPage('Sign in'),
      },
    ]),
    wait(11_000),
    navigate(
      {
        url: 'https://sky.feathergram.app/popup#iss=https%3A%2F%2Fpds.feathergram.social&state=Xb39-popup-state-value&code=cod-47',
        body: html,
      },
      { tab: 6, initiator: 'https://pds.feathergram.social' },
    ),
    wait(30_000),
    closed(6),
  ),
  reported(
    '49',
    'popup',
    'The development server adds Cross-Origin-Opener-Policy to each page: no window.opener in the callback',
    'DuendeArchive/identity-model-oidc-client-js/issues/1225',
    { rootCause: 'coop-severs-popup', owner: 'client', not: ['popup-closed-by-user', 'user-denied'] },
    navigate({
      url: 'http://localhost:1234/',
      headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
      body: html,
    }),
    ...inPopup(3, 'http://localhost:1234', [
      {
        url: url('https://demo.sorrelsoft.com/connect/authorize', {
          client_id: 'interactive.public',
          redirect_uri: 'http://localhost:1234/popup.html',
          response_type: 'code',
          scope: 'openid',
          state: '5c6a7b1d90e14f3f',
          display: 'popup',
          ...pkce,
        }),
        body: signInPage('Login'),
      },
    ]),
    wait(8000),
    navigate(
      {
        url: 'http://localhost:1234/popup.html?code=SS-49&scope=openid&state=5c6a7b1d90e14f3f',
        headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
        body: html,
      },
      { tab: 3, initiator: 'https://demo.sorrelsoft.com' },
    ),
    wait(30_000),
  ),
  reported(
    '50',
    'popup',
    'The redirect page of the API browser finds no window.opener after the hosted sign-in page',
    'swagger-api/swagger-ui/issues/10786',
    { rootCause: 'coop-severs-popup', owner: 'authorization_server', not: ['popup-closed-by-user', 'state-mismatch'] },
    navigate({ url: 'https://api.orangery.garden/docs', body: html }),
    ...inPopup(8, 'https://api.orangery.garden', [
      {
        url: url('https://orangery.auth.eu-central-1.amazoncognito.com/oauth2/authorize', {
          response_type: 'code',
          client_id: '50orange',
          redirect_uri: 'https://api.orangery.garden/docs/oauth2-redirect',
          scope: 'openid',
          state: 'VHVlIEphbiAxMyAyMDI2',
          ...pkce,
        }),
      },
      {
        url: 'https://orangery.auth.eu-central-1.amazoncognito.com/login?client_id=50orange',
        headers: { 'Cross-Origin-Opener-Policy': 'same-origin' },
        body: signInPage('Sign in with your email and password'),
      },
    ]),
    wait(12_000),
    navigate(
      {
        url: 'https://api.orangery.garden/docs/oauth2-redirect?code=cg-50&state=VHVlIEphbiAxMyAyMDI2',
        body: html,
      },
      { tab: 8, initiator: 'https://orangery.auth.eu-central-1.amazoncognito.com' },
    ),
    wait(30_000),
  ),
  reported(
    '142',
    'callback',
    'A magic link: a mail scanner had used it up before the user clicked, elsewhere and unseen',
    'uptimepage/uptimepage/issues/92',
    { rootCause: null },
    navigate({
      url: 'https://status.hollyhock.page/login',
      form: { email: 'kim@hollyhock.page' },
      body: page('Check your mail'),
    }),
    wait(120_000),
    navigate({
      url: 'https://status.hollyhock.page/auth/magic?token=mg1-4f6c9b2a77',
      status: 400,
      body: page('This link has already been used.'),
    }),
  ),
]
