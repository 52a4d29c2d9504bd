import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const WORTHWHILE = /\.(js|css|html|svg|json|wasm|txt)$/;

/** Writes .br and .gz beside each text asset, so that the server never compresses the page. */
export function compressed(): Plugin {
  let folder = "";
  return {
    name: "compressed",
    apply: "build",
    configResolved(config) {
      folder = config.build.outDir;
    },
    // After an error there is nothing to compress, and the error is to be seen.
    async writeBundle() {
      const files = await readdir(folder, { recursive: true, withFileTypes: true });
      await Promise.all(
        files
          .filter((file) => file.isFile() && WORTHWHILE.test(file.name))
          .map((file) => compress(join(file.parentPath, file.name))),
      );
    },
  };
}

async function compress(path: string): Promise<void> {
  const bytes = await readFile(path);
  const brotli = await promisify(brotliCompress)(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11 },
  });
  const zipped = await promisify(gzip)(bytes, { level: 9 });
  for (const [ending, packed] of [
    [".br", brotli],
    [".gz", zipped],
  ] as const)
    if (packed.length < bytes.length) await writeFile(path + ending, packed);
}
