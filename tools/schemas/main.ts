// Writes `docs/schemas`: `npm run schemas`.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { ERP_SCHEMA_FOLDER, erpSchemaFiles } from './erp-schema-files.ts';
import { SCHEMA_FOLDER, schemaFiles } from './schema-files.ts';

rmSync(SCHEMA_FOLDER, { recursive: true, force: true });
mkdirSync(SCHEMA_FOLDER, { recursive: true });
for (const [name, text] of schemaFiles()) writeFileSync(new URL(name, SCHEMA_FOLDER), text);
for (const [name, text] of erpSchemaFiles()) writeFileSync(new URL(name, ERP_SCHEMA_FOLDER), text);
