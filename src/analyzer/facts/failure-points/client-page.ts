import type { HttpExchange } from '../../../model/exchange'
import { asksForPassword, fieldNamesOf, formTargetsOf, linkTargetsOf } from '../../../model/html'
import { valueOf } from '../../../model/observed'
import { originOf, parseUrl, placeOf, withoutQuery } from '../../../model/url'
import type { Attempt, World } from '../../correlation/attempt'
import { bodyText } from '../../recognition/readers'
import { visibleText } from '../page-text'

/** What a page holds that was answered well. */
export const pageOf = ({ status, responseBody }: HttpExchange): string | undefined =>
  valueOf(status) === 200 ? valueOf(bodyText(responseBody)) : undefined

export const isWithoutScript = (page: HttpExchange): boolean => !/<script\b/i.test(pageOf(page) ?? '')

/** A form for signing in, or one that leads to where this login began. */
export const asksAgain = (page: HttpExchange, attempt: Attempt): boolean => {
  const html = pageOf(page)
  return html !== undefined && (asksForPassword(html) || beginsHere(formTargetsOf(html, page.url), attempt))
}

/** As {@link asksAgain}, or by a link, as many sites have on every page. */
export const offersLogin = (page: HttpExchange, attempt: Attempt): boolean =>
  asksAgain(page, attempt) || beginsHere(linkTargetsOf(pageOf(page) ?? '', page.url), attempt)

/** A site has more than one host, and its login often one path on all of them. */
const beginsHere = (targets: readonly string[], { starts }: Attempt): boolean => {
  const begins = new Set(starts.flatMap(({ exchange }) => placeOf(exchange.url) ?? []))
  return targets.some((target) => begins.has(placeOf(target) ?? ''))
}

/** The client showed this page before the login, and it asks for a password, with the same fields and for the same place. */
export const isSignInPageAgain = (landing: HttpExchange, callback: HttpExchange, { exchanges }: World): boolean => {
  const shape = signInShape(landing)
  return (
    shape !== undefined &&
    exchanges.some(
      (other) =>
        other.startedAt < callback.startedAt &&
        originOf(other.url) === originOf(landing.url) &&
        signInShape(other) === shape,
    )
  )
}

const signInShape = (exchange: HttpExchange): string | undefined => {
  const html = pageOf(exchange)
  return html !== undefined && asksForPassword(html)
    ? JSON.stringify([fieldNamesOf(html), formTargetsOf(html, exchange.url).map(withoutQuery)])
    : undefined
}

/** A page as the user sees it, and how it is built, which stays where its words are taken out. */
export const outlineOf = (page: HttpExchange): string | undefined => {
  const html = pageOf(page)
  return html === undefined
    ? undefined
    : `${html
        .match(/<\/?[a-z][\w-]*/gi)
        ?.join('')
        .toLowerCase()} ${visibleText(html)}`
}

export const hostAndPath = (url: string): string | undefined => {
  const parsed = parseUrl(url)
  return parsed && parsed.host + parsed.pathname
}
