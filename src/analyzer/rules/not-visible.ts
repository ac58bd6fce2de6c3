/** Signatures that a recording of web requests cannot show, and why. */
export const notVisible: readonly { readonly slug: string; readonly because: string }[] = []
