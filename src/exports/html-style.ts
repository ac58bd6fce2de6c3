/** Follows the reader's light or dark mode; everything in system fonts. */
export const style = `
:root { color-scheme: light dark; --text: light-dark(#1b1f24, #e3e6ea); --muted: light-dark(#5b6570, #9aa4af);
  --line: light-dark(#d8dde3, #363c44); --page: light-dark(#f6f7f9, #16181c); --card: light-dark(#fff, #1e2126);
  --bad: light-dark(#b42318, #ff8a80); --good: light-dark(#146c36, #6fd08c); --warn: light-dark(#8a5300, #f0b45a);
  --tint: light-dark(#eef4fd, #202c3d); --accent: light-dark(#1a5fb4, #8ab8ff); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif; }
header { display: flex; align-items: baseline; gap: 1rem; }
header h1 { font-size: 1rem; margin: 0; letter-spacing: .02em; }
header p, footer, .muted { color: var(--muted); margin: 0; }
article { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--line); border-radius: 8px;
  padding: 1.25rem 1.5rem; margin: 1rem 0; }
article.failed { border-left-color: var(--bad); }
article.succeeded { border-left-color: var(--good); }
.flow { margin: 0; color: var(--muted); }
.failed .status { color: var(--bad); } .succeeded .status { color: var(--good); } .status { font-weight: 600; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: .25rem 0 .5rem; }
h3 { font-size: .85rem; margin: 1.25rem 0 .4rem; color: var(--muted); font-weight: 600; }
h4 { font-size: .8rem; margin: .75rem 0 .25rem; color: var(--muted); }
.owner { margin: 0 0 .5rem; }
.tag { display: inline-block; border: 1px solid var(--line); border-radius: 999px; padding: 0 .6em; font-size: .8rem; }
.tag.failure { color: var(--bad); } .tag.risk { color: var(--warn); }
.cause { max-width: 46rem; margin: 0; }
.fix { background: var(--tint); border-radius: 6px; padding: .75rem 1rem; margin: 1rem 0; }
.fix h3 { margin-top: 0; color: var(--accent); } .fix p { margin: .25rem 0; } .fix ol { margin: .25rem 0; padding-left: 1.25rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { color: var(--muted); font-size: .8rem; }
code, pre, .url { font: 13px/1.45 ui-monospace, Consolas, monospace; overflow-wrap: anywhere; }
pre { background: var(--page); border-radius: 6px; padding: .6rem .8rem; margin: .25rem 0; max-height: 24rem; overflow: auto; white-space: pre-wrap; }
ul { padding-left: 1.25rem; } .others { list-style: none; padding: 0; } .others li { margin: .3rem 0; }
.steps { list-style: none; padding: 0; margin: 0; border-top: 1px solid var(--line); }
.steps > li { border-bottom: 1px solid var(--line); }
.steps > li > details > summary { display: grid; grid-template-columns: 5.5rem 14rem 1fr 5rem 1rem; gap: .75rem; padding: .35rem .25rem; cursor: pointer; }
.steps > li > details > summary::after { content: '▸'; color: var(--muted); }
.steps > li > details[open] > summary::after { content: '▾'; }
.steps summary:focus-visible { outline: 2px solid var(--accent); }
.steps > li > details > :not(summary) { margin-left: 1rem; }
.time, .unobserved summary { color: var(--muted); } .time { text-align: right; font-variant-numeric: tabular-nums; }
.steps .failed .kind, .steps .failed .code, .error { color: var(--bad); font-weight: 600; }
.steps .url { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; color: var(--muted); }
.code { text-align: right; }
dl { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: .15rem .75rem; margin: .25rem 0; }
dt { color: var(--muted); overflow-wrap: anywhere; } dd { margin: 0; overflow-wrap: anywhere; }
footer { font-size: .8rem; }
a { color: var(--accent); }
@media (max-width: 640px) { body { padding: .75rem; } .steps > li > details > summary { grid-template-columns: 4.5rem 1fr auto 1rem; }
  .steps .url { display: none; } dl { grid-template-columns: 1fr; } dd { margin-bottom: .3rem; } }
@media print { body { background: none; } }
`
