// Puts together what is deployed, in dist/package: the bundle with what it loads, the host's
// settings, and a package.json that names nothing to install.
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const BUILT = 'dist';
const PACKAGE = join(BUILT, 'package');

const manifest = z
  .object({ name: z.string(), version: z.string(), type: z.string(), main: z.string() })
  .parse(JSON.parse(await readFile('package.json', 'utf8')));

await rm(PACKAGE, { recursive: true, force: true });
await mkdir(join(PACKAGE, BUILT), { recursive: true });
await writeFile(join(PACKAGE, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
await cp('host.json', join(PACKAGE, 'host.json'));
for (const name of await readdir(BUILT)) {
  // Source maps of libraries would be the greater half of it.
  if (!name.endsWith('.cjs') && name !== 'documentation' && name !== 'main.cjs.map') continue;
  await cp(join(BUILT, name), join(PACKAGE, BUILT, name), { recursive: true });
}
