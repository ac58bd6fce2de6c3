import { escapeHtml, htmlPage } from './html'
import type { Origins } from './origins'
import type { Scenario } from './scenarios'

/** The page that lists every scenario; a click on its name starts it. */
export function startPage(scenarios: readonly Scenario[], origins: Origins): string {
  const groups = [...new Set(scenarios.map(({ group }) => group))]
  const card = ({ title, description, start }: Scenario) =>
    `<li><a href="${escapeHtml(start(origins))}">${escapeHtml(title)}</a><p>${escapeHtml(description)}</p></li>`
  const section = (group: string) => `<section aria-labelledby="${slug(group)}">
<h2 id="${slug(group)}">${group}</h2>
<ul class="cards">${scenarios
    .filter((scenario) => scenario.group === group)
    .map(card)
    .join('\n')}</ul>
</section>`
  return htmlPage({
    title: 'Start page',
    narrow: false,
    body: `<h1>Login lab</h1>
<p class="soft">Real logins on this machine, some healthy and most of them broken. Choose one, sign in with any name, and
see what Loginscope says about it.</p>
${groups.map(section).join('\n')}`,
  })
}

function slug(group: string): string {
  return group.toLowerCase().replaceAll(' ', '-')
}
