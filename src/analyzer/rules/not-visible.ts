/** Signatures that a recording of web requests cannot show, and why. */
export const notVisible: readonly { readonly slug: string; readonly because: string }[] = [
  {
    slug: 'logout-only-local',
    because:
      'An application that only forgets its tokens sends nothing; that the server’s session lives on shows no sooner than at the next login.',
  },
  {
    slug: 'popup-blocked',
    because: 'A popup that the browser refused to open makes no request; only the page’s console tells.',
  },
  {
    slug: 'opener-null-other',
    because:
      'Whether a window still has its opener is known to its scripts alone; without a Cross-Origin-Opener-Policy header nothing on the wire tells.',
  },
  {
    slug: 'interaction-in-progress',
    because: 'The library refuses a second login by a flag in the page’s storage, before anything is sent.',
  },
  {
    slug: 'check-session-iframe-false-logout',
    because: 'The session frame and the page talk by messages between windows; no request shows what they say.',
  },
  {
    slug: 'tokens-in-web-storage',
    because: 'What a page writes into its storage is no request; only its own scripts, or DevTools, can read it.',
  },
  {
    slug: 'fedcm-cooldown-or-disabled',
    because:
      'A browser that does not ask because of a setting or an earlier refusal sends nothing; only the page’s console tells.',
  },
  {
    slug: 'fedcm-not-signed-in',
    because: 'The browser knows the sign-in status itself and makes no request; accounts answered 401 are no failure.',
  },
]
