import vue from '@vitejs/plugin-vue'
import { readFileSync } from 'node:fs'
import components from 'unplugin-vue-components/vite'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import { defineConfig } from 'vitest/config'
import { embedded } from './build/embedded'

const addresses: string[] = JSON.parse(readFileSync(new URL('./src/addresses.json', import.meta.url), 'utf8'))

// BATON is the server that `npm run dev` asks for everything under /api.
export default defineConfig({
  plugins: [
    vue(),
    components({ resolvers: [ElementPlusResolver({ importStyle: 'css' })], dts: false, dirs: [] }),
    embedded(addresses),
  ],
  define: {
    __VUE_OPTIONS_API__: true, // element-plus has some
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __INTLIFY_DROP_MESSAGE_COMPILER__: false,
  },
  build: {
    target: 'es2020',
    assetsInlineLimit: 0, // the content policy takes nothing that stands in the page itself
    cssCodeSplit: true,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    sourcemap: false,
    rollupOptions: { output: { chunkFileNames: (chunk) => `assets/${chunk.name.split('.')[0]}-[hash].js` } },
  },
  server: {
    fs: { allow: ['..'] }, // tests read the example city
    proxy: Object.fromEntries(['/api', '/readyz', '/metrics'].map((path) => [path, { target: process.env.BATON ?? 'http://127.0.0.1:8080' }])),
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
})
