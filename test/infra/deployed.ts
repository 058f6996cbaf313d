// What would be deployed, as the committed snapshots of the compiler say.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Deployment, INFRA } from '../../tools/infra/snapshots.ts';

const resourceSchema = z.looseObject({
  id: z.string(),
  type: z.string(),
  name: z.string(),
  properties: z.record(z.string(), z.unknown()).default({}),
});

/** One resource; `name` has its parents' names before it. Expressions are in square brackets. */
export type Resource = z.infer<typeof resourceSchema>;

const snapshotSchema = z.looseObject({ predictedResources: z.array(resourceSchema) });

/** The resources that a file of parameters would deploy. */
export function deployed(deployment: Deployment): readonly Resource[] {
  const text = readFileSync(join(INFRA, `${deployment}.snapshot.json`), 'utf8');
  return snapshotSchema.parse(JSON.parse(text)).predictedResources;
}

/** The settings of the app, as it would find them in its environment. */
export function settingsOf(resources: readonly Resource[]): Record<string, string> {
  const found = resources.find(({ type }) => type === 'Microsoft.Web/sites/config');
  return z.record(z.string(), z.string()).parse(found?.properties);
}
