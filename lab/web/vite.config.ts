import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { compressed } from "./compress.ts";

export default defineConfig({
  plugins: [svelte(), compressed()],
  base: "./",
  // The server's policy allows styles from files only, and module preloading would inject some.
  build: {
    outDir: "../src/ogive_lab/page",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    reportCompressedSize: false,
  },
  worker: { format: "es" },
});
