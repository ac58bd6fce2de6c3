import { expect, it } from 'vitest'
import { jwt, navigate, record } from './builders'
import { renameHosts } from './renaming'

const rename = (url: string, headers: Record<string, string> = {}): string =>
  JSON.stringify(renameHosts(record(navigate({ url, headers, status: 200 }))))

it('renames a host in a URL, and inside an encoded one', () => {
  const renamed = rename('https://id.corp.example/authorize?redirect_uri=https%3A%2F%2Fapp.corp.example%2Fcb')
  expect(renamed).not.toContain('corp')
  const [, idSite] = /https:\/\/\w+\.(\w+\.example)\/authorize/.exec(renamed)!
  const [, appSite] = /redirect_uri=https%3A%2F%2F\w+\.(\w+\.example)%2Fcb/.exec(renamed)!
  expect(appSite).toBe(idSite)
})

it('keeps sub-domains of one site apart', () => {
  const renamed = rename('https://app.corp.example/?to=https://api.corp.example/')
  const hosts = [...renamed.matchAll(/https:\/\/([\w.]+)\//g)].map(([, host]) => host)
  expect(new Set(hosts).size).toBe(2)
})

it('renames the domain of a cookie with its host', () => {
  const renamed = rename('https://app.corp.example/', { 'Set-Cookie': 's=1; Domain=.corp.example' })
  const [, site] = /https:\/\/\w+\.(\w+\.example)\//.exec(renamed)!
  expect(renamed).toContain(`Domain=.${site}`)
})

it('renames the issuer inside a token', () => {
  const renamed = rename(`https://app.corp.example/#id_token=${jwt({ iss: 'https://id.corp.example' })}`)
  const [, claims] = /id_token=[\w-]+\.([\w-]+)\./.exec(renamed)!
  expect(Buffer.from(claims!, 'base64url').toString()).toMatch(/^{"iss":"https:\/\/\w+\.q0zk\.example"}$/)
})

it('leaves loopback names and addresses alone', () => {
  const renamed = rename('http://localhost:3000/?to=http://127.0.0.1:8080/')
  expect(renamed).toContain('http://localhost:3000/?to=http://127.0.0.1:8080/')
})
