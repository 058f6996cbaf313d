// Writes `docs/openapi.json`: `npm run openapi`.
import { writeFileSync } from 'node:fs';
import { apiDocument, DOCUMENT_FILE } from './api-document.ts';

writeFileSync(DOCUMENT_FILE, await apiDocument());
// Connections that are kept for the next request would keep the process for a minute.
process.exit(0);
