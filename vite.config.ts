import { resolve } from 'node:path'
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig, type UserConfig } from 'vite'
import manifest from './manifest.json' with { type: 'json' }
import packageJson from './package.json' with { type: 'json' }

const root = import.meta.dirname

/** Firefox has no background service worker, and reads response bodies through a permission Chromium does not know. */
const firefoxManifest = () => {
  const { key: _chromiumId, minimum_chrome_version: _chromiumVersion, ...shared } = manifest
  return {
    ...shared,
    background: { scripts: [manifest.background.service_worker], type: 'module' },
    permissions: [...manifest.permissions, 'webRequestBlocking', 'webRequestFilterResponse'],
    browser_specific_settings: {
      gecko: {
        id: 'loginscope@loginscope.dev',
        strict_min_version: '142.0',
        data_collection_permissions: { required: ['none'] },
      },
    },
  }
}

/** `npm run dev` loads modules from the dev server and hears of changes over a web socket. */
const developmentPolicy = "script-src 'self' http://localhost:5173; object-src 'none'"

const extension = (browser: 'chrome' | 'firefox', isServing: boolean): UserConfig => {
  const built = browser === 'firefox' ? firefoxManifest() : manifest
  const source = isServing ? { ...built, content_security_policy: { extension_pages: developmentPolicy } } : built
  return {
    root,
    plugins: [react(), crx({ manifest: { ...source, version: packageJson.version } as ManifestV3Export, browser })],
    server: { port: 5173, strictPort: true, hmr: { port: 5173 } },
    build: {
      outDir: resolve(root, 'dist', browser),
      target: 'es2022',
      modulePreload: { polyfill: false },
      // Loaded from the disk of the user, once.
      chunkSizeWarningLimit: 1500,
      // The panel is opened by script, so the manifest does not name it.
      rollupOptions: { input: { panel: resolve(root, 'src/panel/index.html') } },
    },
  }
}

const commandLine: UserConfig = {
  root,
  publicDir: false,
  // Packages are bundled so that dist/cli runs without node_modules.
  ssr: { noExternal: true },
  build: {
    outDir: resolve(root, 'dist/cli'),
    target: 'node20',
    ssr: resolve(root, 'src/cli/loginscope.ts'),
    rollupOptions: { output: { entryFileNames: 'loginscope.js' } },
  },
}

/** The npm package: the command line, the API and the Playwright helper share their chunks. */
const npmPackage: UserConfig = {
  root,
  publicDir: false,
  // zod's types are part of the API's; Playwright must be the one whose tests run.
  ssr: { noExternal: true, external: ['zod', '@playwright/test'] },
  build: {
    outDir: resolve(root, 'dist/npm'),
    target: 'node20',
    ssr: true,
    rollupOptions: {
      input: {
        loginscope: resolve(root, 'src/cli/loginscope.ts'),
        index: resolve(root, 'src/index.ts'),
        playwright: resolve(root, 'src/playwright/index.ts'),
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
    },
  },
}

/** `--mode chrome` (the default), `firefox`, `cli` or `npm`. */
export default defineConfig(({ mode, command }) => {
  if (mode === 'cli') return commandLine
  if (mode === 'npm') return npmPackage
  return extension(mode === 'firefox' ? 'firefox' : 'chrome', command === 'serve')
})
