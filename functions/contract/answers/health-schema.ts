// What /api/health answers.
import * as z from 'zod';

const state = z.enum(['ok', 'error']);
const depth = z.int().min(0).max(100);

export const health = z
  .strictObject({
    status: z.enum(['ok', 'degraded']),
    dependencies: z.strictObject({
      cosmos: state,
      serviceBus: state,
      ai: z.enum(['off', 'ok', 'error']),
    }),
    queues: z
      .record(z.string(), z.strictObject({ active: depth, deadLetter: depth }))
      .describe(
        'Messages by queue, and by subscription of a topic, counted by peeking: 100 is 100 or more. Empty when unknown.',
      ),
  })
  .meta({ id: 'Health', description: 'Liveness, and the state of what this depends on.' });
