import type { Recording } from '../model/recording'

/**
 * The same recording on other hosts: every host name is replaced by an arbitrary one wherever it stands, so that only
 * structure is left to decide. Loopback names and literal addresses keep what makes them so; `www.` keeps its prefix,
 * sub-domains stay sub-domains of the same site.
 */
export const renameHosts = (recording: Recording): Recording => {
  const text = JSON.stringify(recording)
  const sites = new Map<string, string>()
  const hosts = new Set([...text.matchAll(/https?:\\?\/\\?\/([a-z0-9.-]+)/gi)].map(([, host]) => host!.toLowerCase()))
  const renamed = [...hosts]
    .filter((host) => !/(^|\.)localhost$/.test(host) && !/^[\d.]+$/.test(host) && host.includes('.'))
    .sort((a, b) => b.length - a.length)
    .map((host): [string, string] => {
      const labels = host.split('.')
      const site = labels.slice(-2).join('.')
      const name = sites.get(site) ?? `q${sites.size}zk.${labels.at(-1)}`
      sites.set(site, name)
      return [
        host,
        [...labels.slice(0, -2).map((label) => (label === 'www' ? label : `x${label.length}${label[0]}`)), name].join(
          '.',
        ),
      ]
    })
  return JSON.parse(
    renamed.reduce(
      (json, [host, name]) =>
        json.replaceAll(new RegExp(`(?<![a-z0-9.-])${host.replaceAll('.', '\\.')}(?![a-z0-9-])`, 'gi'), name),
      text,
    ),
  ) as Recording
}
