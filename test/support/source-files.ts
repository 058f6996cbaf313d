// The project's own source files, for tests about the code itself.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

const FOLDERS = [
  'functions',
  'application',
  'domain',
  'adapters',
  'infra',
  'local',
  'tools',
  'test',
  'bench',
];

/** A file by its path from the root, with its text. */
export type SourceFile = { readonly path: string; readonly text: string };

/** Every TypeScript file of the project. */
export function sourceFiles(): readonly SourceFile[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => {
        const path = join(folder, name).replaceAll('\\', '/');
        return { path, text: readFileSync(join(ROOT, path), 'utf8') };
      }),
  );
}

const IMPORT =
  /(?:^|[^.\w-])(?:import|export)\s*(?:type\s)?(?:[^'"();]*?\sfrom\s*)?\(?\s*['"]([^'"]+)['"]/g;

/** What a file imports: paths from the root for own files, names for packages. */
export function importsOf({ path, text }: SourceFile): readonly string[] {
  return [...text.matchAll(IMPORT)].map(([, specifier = '']) => {
    if (!specifier.startsWith('.')) return specifier;
    return join(path, '..', specifier).replaceAll('\\', '/');
  });
}
