import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [svelte()],
  build: {
    // The page is embedded in the program: nothing is inlined, since the content security policy
    // allows files of our own only, and no source maps travel with it.
    assetsInlineLimit: 0,
    sourcemap: false,
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 400,
    // Licences of what is built in travel with it.
    license: { fileName: 'assets/licenses.md' },
  },
});
