const STYLE = `
:root { color-scheme: light dark; --ink: #1d2430; --soft: #5b6676; --line: #dde2ea; --paper: #fff; --ground: #f5f7fa; --accent: #2456c9 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eaf1; --soft: #98a3b5; --line: #323a47; --paper: #1c222c; --ground: #13171e; --accent: #8db1ff }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.25rem }
main.narrow { max-width: 30rem }
h1 { font-size: 1.6rem; margin: 0 0 .5rem }
h2 { font-size: 1.05rem; margin: 2.25rem 0 .5rem }
p { margin: 0 0 1rem }
.soft { color: var(--soft) }
a { color: var(--accent) }
ul.cards { list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)) }
ul.cards li, .card { background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem }
ul.cards a { font-weight: 600; text-decoration: none }
ul.cards a:hover { text-decoration: underline }
ul.cards p { margin: .25rem 0 0; font-size: .875rem; color: var(--soft) }
label { display: block; margin: 0 0 .75rem }
input { display: block; width: 100%; padding: .5rem; font: inherit; border: 1px solid var(--line); border-radius: .25rem; background: var(--ground); color: inherit }
button { font: inherit; padding: .5rem 1rem; border-radius: .25rem; border: 1px solid var(--line); cursor: pointer; background: var(--paper); color: inherit }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--paper) }
[role=status] { font-size: 1.15rem; overflow-wrap: anywhere }
`

/** Escapes text for HTML element content and quoted attribute values. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** What a page of the lab consists of; `body` is HTML, `title` is text. */
export interface PageContent {
  readonly title: string
  readonly body: string
  readonly narrow?: boolean
  /** True where a scenario is over when this page shows; `driveScenario` waits for it. */
  readonly ended?: boolean
}

/** One complete HTML document in the look of the lab. */
export function htmlPage({ title, body, narrow = true, ended = false }: PageContent): string {
  return `<!doctype html>
<html lang="en"${ended ? ' data-scenario-ended' : ''}>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
<main${narrow ? ' class="narrow"' : ''}>
${body}
</main>
</html>
`
}

/** A page that tells how a scenario ended, in one line that tests can read by its role. */
export function outcomePage(title: string, outcome: string): string {
  return htmlPage({
    title,
    ended: true,
    body: `<h1>${escapeHtml(title)}</h1>\n<p role="status">${escapeHtml(outcome)}</p>`,
  })
}
