import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The build says where to: `vite build apps/web --outDir …`. */
export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2023',
    // The policy of the page lets no script stand in it.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    emptyOutDir: true,
  },
});
