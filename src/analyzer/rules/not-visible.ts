/** Signatures that a recording of web requests cannot show, and why. */
export const notVisible: readonly { readonly slug: string; readonly because: string }[] = [
  {
    slug: 'logout-only-local',
    because:
      'An application that only forgets its tokens sends nothing; that the server’s session lives on shows no sooner than at the next login.',
  },
]
