import { isSecretParameter, maskedText } from './secrets'

/** Hides the values of secret members and parameters in a body that is shown as text. */
export const maskBody = (text: string): string =>
  text
    .replace(/("([A-Za-z_]+)"\s*:\s*")((?:[^"\\]|\\.)*)"/g, (whole, start: string, name: string, value: string) =>
      isSecretParameter(name) ? `${start}${maskedText(value)}"` : whole,
    )
    .replace(/(^|[&\n?#])([A-Za-z_]+)=([^&\n\s]*)/g, (whole, before: string, name: string, value: string) =>
      isSecretParameter(name) ? `${before}${name}=${maskedText(value)}` : whole,
    )

/** The same for a URL, of which query and fragment may carry secrets. */
export const maskUrl = (url: string): string => maskBody(url)
