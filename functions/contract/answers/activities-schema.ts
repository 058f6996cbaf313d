// What …/activities and …/activities/{id} answer.
import * as z from 'zod';
import { ACTIVITY_CATEGORIES } from '../../../domain/activity.ts';
import { companyPage, customerFields, instant } from './values-schema.ts';

const told = z.string().nullable();

const listed = {
  id: z.string().describe('Opaque; names the activity in this API.'),
  source: z.string().describe('Where it comes from; with `record`, what commands name it by.'),
  record: z.string().describe('The key of the row in its source.'),
  customerName: told,
  number: z.string(),
  category: z.enum(ACTIVITY_CATEGORIES),
  type: told,
  purpose: z.string(),
  startAt: instant.nullable(),
  endAt: instant.nullable(),
  closed: z.boolean(),
};

export const activityItem = z
  .strictObject({ ...listed, customer: z.string() })
  .meta({ id: 'ActivityItem', description: 'An activity on the list of a worker.' });

export const activities = companyPage(activityItem, {
  responsible: told.describe('The worker whose list it is; null for a user who is no worker.'),
}).meta({ id: 'Activities', description: 'A page of activities, soonest end first.' });

export const activity = z
  .strictObject({
    ...customerFields,
    ...listed,
    responsible: told,
    closedAt: instant.nullable(),
    closedBy: told,
    memo: told,
    url: told,
  })
  .meta({ id: 'Activity', description: 'One activity whole.' });
