/** Themes the page as chosen, or as the system says, and goes along when the system changes its mind. */
export const applyPageTheme = (theme: 'auto' | 'light' | 'dark', density: 'compact' | 'comfortable'): (() => void) => {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    const { dataset } = document.documentElement
    dataset['theme'] = theme === 'auto' ? (dark.matches ? 'dark' : 'light') : theme
    dataset['density'] = density
  }
  apply()
  dark.addEventListener('change', apply)
  return () => dark.removeEventListener('change', apply)
}
