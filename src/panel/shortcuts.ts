export interface Shortcut {
  readonly keys: readonly string[]
  readonly words: string
}

/** What the dialog lists; the single keys are those of `shortcutOf`. */
export const shortcuts: readonly Shortcut[] = [
  { keys: ['/'], words: 'Filter or search' },
  { keys: ['j'], words: 'Next step' },
  { keys: ['k'], words: 'Previous step' },
  { keys: ['c'], words: 'Copy the fix' },
  { keys: ['?'], words: 'This list' },
  { keys: ['↑', '↓', 'Home', 'End'], words: 'Move in a list: attempts, steps, menus' },
  { keys: ['←', '→'], words: 'Move between tabs' },
  { keys: ['Esc'], words: 'Close a menu or dialog, empty the search' },
]

export type ShortcutId = 'search' | 'next-step' | 'previous-step' | 'copy-fix' | 'help'

const byKey: Readonly<Record<string, ShortcutId>> = {
  '/': 'search',
  j: 'next-step',
  k: 'previous-step',
  c: 'copy-fix',
  '?': 'help',
}

interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly target: EventTarget | null
}

/** The shortcut of a key press; none while something is typed or a modifier is held. */
export const shortcutOf = (event: KeyPress): ShortcutId | null => {
  if (event.ctrlKey || event.metaKey || event.altKey) return null
  const target = event.target as { closest?: (selector: string) => unknown } | null
  if (target?.closest?.('input, textarea, select, dialog, [role=menu], [contenteditable]')) return null
  return byKey[event.key] ?? null
}
