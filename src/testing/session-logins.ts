import { type Happening, type HopSpec, all, call, client, code, navigate, request, server, url } from './builders'

/** A page of the client as everybody sees it, and as the user does. */
export const visitorPage = '<html><body><h1>Orders</h1><a href="/login">Log in</a></body></html>'
export const userPage = '<html><body><h1>Orders</h1><p>Hello Ada</p><a href="/logout">Log out</a></body></html>'

interface Ends {
  readonly callback?: Partial<HopSpec>
  readonly home?: Partial<HopSpec>
}

/** A login of a client with a server, which begins at a link of its home page and ends on that page. */
export const fromHomeToHome = ({ callback, home }: Ends): Happening =>
  all(
    navigate({ url: `${client}/`, body: visitorPage }),
    navigate([
      { url: `${client}/login`, headers: { 'Set-Cookie': 'state=x1; Path=/; Secure; HttpOnly' } },
      { url: url(`${server}/authorize`, request) },
      {
        url: url(request.redirect_uri, { code, state: request.state }),
        requestHeaders: { Cookie: 'state=x1' },
        location: `${client}/`,
        ...callback,
      },
      { url: `${client}/`, requestHeaders: { Cookie: 'state=x1' }, body: visitorPage, ...home },
    ]),
  )

/** The same, whose callback sets a session that comes to the home page. */
export const withSessionAtHome = (home: Partial<HopSpec>): Happening =>
  fromHomeToHome({
    callback: { headers: { 'Set-Cookie': 'sid=new-1; Path=/; Secure; HttpOnly' } },
    home: { requestHeaders: { Cookie: 'state=x1; sid=new-1' }, ...home },
  })

const app = '<html><body><div id="root"></div><script src="/app.js"></script></body></html>'

/** A login that a back end makes for a page, which asks it before and after who is signed in; `bff=new-1` is the session. */
export const backEndLogin = (attributes: string, after: Partial<HopSpec>, backEnd = client): Happening => {
  const whoAmI = (answer: Partial<HopSpec>) =>
    call({ url: `${backEnd}/api/me`, body: {}, ...answer }, { initiator: client })
  return all(
    navigate({ url: `${client}/`, body: app }),
    whoAmI({ status: 401 }),
    navigate([
      { url: `${backEnd}/auth/login`, headers: { 'Set-Cookie': 'state=x1; Path=/auth; Secure; HttpOnly' } },
      { url: url(`${server}/authorize`, { ...request, redirect_uri: `${backEnd}/auth/callback` }) },
      {
        url: url(`${backEnd}/auth/callback`, { code, state: request.state }),
        requestHeaders: { Cookie: 'state=x1' },
        headers: { 'Set-Cookie': `bff=new-1; ${attributes}` },
        location: `${client}/`,
      },
      { url: `${client}/`, body: app },
    ]),
    whoAmI(after),
  )
}
