// Writes `docs/schemas`: a part of `npm run openapi`.
import { writeFileSync } from 'node:fs';
import { SCHEMA_FOLDER, schemaFiles } from './schema-files.ts';

for (const [file, text] of schemaFiles()) writeFileSync(new URL(file, SCHEMA_FOLDER), text);
