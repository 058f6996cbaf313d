// What /api/changes/watermarks answers.
import * as z from 'zod';
import { ENTITIES } from '../../../domain/change.ts';
import { count, cursor, instant } from './values-schema.ts';

const version = z
  .strictObject({ epoch: z.string().regex(/^\d+$/), version: z.string().regex(/^\d+$/) })
  .nullable();

const watermark = z
  .strictObject({
    company: z.string(),
    source: z.string().describe('Without its epoch, which stands beside each version.'),
    entity: z.enum(ENTITIES),
    accepted: version.describe('The highest version that got a 202; null when none is known of.'),
    applied: version.describe('The highest version that is in the read models.'),
    changedAt: instant.nullable().describe('The greatest `time` of a change applied.'),
    appliedAt: instant.nullable().describe('When a change was applied last.'),
    lagMilliseconds: count
      .nullable()
      .describe('From the `time` of that change to `appliedAt`; not below 0.'),
    counts: z
      .strictObject({ applied: count, duplicate: count, conflict: count, quarantined: count })
      .describe(
        'About how many changes ended how. They are approximate: a change that is delivered twice ' +
          'counts twice, and a process that is killed takes those of its last seconds with it.',
      ),
  })
  .meta({
    id: 'Watermark',
    description: 'How far the changes of a source and an entity have come in a company.',
  });

export const watermarks = z
  .strictObject({ items: z.array(watermark), cursor })
  .meta({ id: 'Watermarks', description: 'A page of them, by company, source and entity.' });
