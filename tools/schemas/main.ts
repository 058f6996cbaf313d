// Writes `docs/schemas`: `npm run schemas`.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { SCHEMA_FOLDER, schemaFiles } from './schema-files.ts';

rmSync(SCHEMA_FOLDER, { recursive: true, force: true });
mkdirSync(SCHEMA_FOLDER, { recursive: true });
for (const [name, text] of schemaFiles()) writeFileSync(new URL(name, SCHEMA_FOLDER), text);
