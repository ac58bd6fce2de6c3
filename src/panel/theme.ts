import type { Store } from './store'

/** What is used of `chrome.devtools.panels`; Firefox names its handler differently. */
interface ThemeSource {
  readonly themeName?: string
  readonly setThemeChangeHandler?: (handler: (theme: string) => void) => void
  readonly onThemeChanged?: { readonly addListener: (handler: (theme: string) => void) => void }
}

/**
 * Keeps `data-theme` and `data-density` of the page as settings, DevTools and system ask for, in that order.
 * DevTools tells its own theme, since the media query shows the system's.
 */
export const applyTheme = (store: Store, panels: ThemeSource | undefined, root = document.documentElement): void => {
  const systemDark = matchMedia('(prefers-color-scheme: dark)')
  let devtoolsTheme = panels?.themeName

  const apply = () => {
    const { theme, density } = store.getSnapshot().settings
    const automatic =
      devtoolsTheme === undefined
        ? systemDark.matches
          ? 'dark'
          : 'light'
        : devtoolsTheme === 'dark'
          ? 'dark'
          : 'light'
    root.dataset['theme'] = theme === 'auto' ? automatic : theme
    root.dataset['density'] = density
  }
  const follow = (theme: string) => {
    devtoolsTheme = theme
    apply()
  }
  panels?.setThemeChangeHandler?.(follow)
  panels?.onThemeChanged?.addListener(follow)
  systemDark.addEventListener('change', apply)
  store.subscribe(apply)
  apply()
}
