import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The panel outside the extension, with states chosen by the address: what the panel specs and the gallery show. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: { outDir: resolve(import.meta.dirname, '../../../dist/gallery'), emptyOutDir: true, target: 'es2022' },
})
