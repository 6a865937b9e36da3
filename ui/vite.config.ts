/// <reference types="vitest/config" />
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { transformAsync } from "@babel/core";
import { lingui } from "@lingui/vite-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Turns `t` and `<Trans>` into catalog look-ups; only files that import the macros pass through Babel. */
function linguiMacros(): Plugin {
  return {
    name: "lingui-macros",
    enforce: "pre",
    async transform(code, id) {
      const file = id.split("?")[0] ?? id;
      if (!/\.tsx?$/.test(file) || file.includes("node_modules")) return null;
      if (!code.includes("@lingui/core/macro") && !code.includes("@lingui/react/macro"))
        return null;
      const done = await transformAsync(code, {
        filename: file,
        babelrc: false,
        configFile: false,
        sourceMaps: true,
        retainLines: true,
        parserOpts: { plugins: ["typescript", "jsx"] },
        plugins: ["@lingui/babel-plugin-lingui-macro"],
      });
      return done?.code ? { code: done.code, map: done.map } : null;
    },
  };
}

/** What pdf.js loads for pictures of some scans, and by names of its own: from `pdf/`, as plain JavaScript. */
function pdfDecoders(): Plugin {
  const names = ["jbig2_nowasm_fallback.js", "openjpeg_nowasm_fallback.js"];
  const read = (name: string) =>
    readFileSync(fileURLToPath(import.meta.resolve(`pdfjs-dist/wasm/${name}`)));
  return {
    name: "pdf-decoders",
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const name = names.find((one) => request.url === `/pdf/${one}`);
        if (!name) return next();
        response.setHeader("content-type", "text/javascript");
        response.end(read(name));
      });
    },
    generateBundle() {
      for (const name of names) {
        this.emitFile({ type: "asset", fileName: `pdf/${name}`, source: read(name) });
      }
    },
  };
}

export default defineConfig({
  plugins: [linguiMacros(), react(), lingui(), pdfDecoders()],
  clearScreen: false,
  // The window's content policy refuses inline code and data: URLs, so nothing is inlined.
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // The window of a session has a page of its own, which holds none of the rest.
    rollupOptions: { input: ["index.html", "session.html"] },
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "safari16.4",
    // Read from the disk, not over a network.
    chunkSizeWarningLimit: 1000,
  },
  server: { port: 5173, strictPort: true, host: "127.0.0.1" },
  test: {
    environment: "jsdom",
    setupFiles: ["src/test/setup.ts"],
    env: { TZ: "Europe/Lisbon" },
    css: { modules: { classNameStrategy: "non-scoped" } },
    restoreMocks: true,
    // A busy machine is no failure.
    testTimeout: 30_000,
  },
});
