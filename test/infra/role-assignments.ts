// Who may do what with which data: the role assignments of a deployment, in words.
import { z } from 'zod';
import type { Resource } from './deployed.ts';

/** The built-in roles by their ids, as Azure documents them. */
const ROLES: Readonly<Record<string, string>> = {
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b': 'Storage Blob Data Owner',
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3': 'Storage Table Data Contributor',
  '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0': 'Azure Service Bus Data Receiver',
  '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39': 'Azure Service Bus Data Sender',
  '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd': 'Cognitive Services OpenAI User',
  '3913510d-42f4-4e42-8a64-420c390055eb': 'Monitoring Metrics Publisher',
  '00000000-0000-0000-0000-000000000002': 'Cosmos DB Built-in Data Contributor',
};

const assignmentSchema = z.object({
  principalId: z.string(),
  roleDefinitionId: z.string(),
  scope: z.string().optional(),
});

/** Every assignment as `who: role on what`, in order. */
export function roleAssignments(resources: readonly Resource[]): string[] {
  return resources
    .filter(({ type }) => /roleAssignments$/i.test(type))
    .map(({ id, properties }) => {
      const { principalId, roleDefinitionId, scope } = assignmentSchema.parse(properties);
      const role = roleDefinitionId.split('/').at(-1) ?? '';
      // Of Cosmos DB it is said; of the others it is what the assignment is an extension of.
      const path = scope ?? /^\[extensionResourceId\('([^']+)'/.exec(id)?.[1] ?? extended(id);
      return `${whoIs(principalId)}: ${ROLES[role] ?? role} on ${placeOf(path)}`;
    })
    .sort();
}

function extended(id: string): string {
  return id.replace(/\/providers\/Microsoft\.Authorization\/roleAssignments\/.*$/, '');
}

function whoIs(principalId: string): string {
  if (/userAssignedIdentities\/id-arrears-/.test(principalId)) return 'app';
  if (principalId.endsWith('d')) return 'developer';
  if (principalId.endsWith('e')) return 'erp';
  return principalId;
}

/** `…/namespaces/sbns-arrears-x/queues/changes` → `namespaces/queues/changes`: names are made up. */
function placeOf(path: string): string {
  const parts = path.split('/providers/').at(-1)?.split('/') ?? [];
  return [parts[1], ...parts.slice(3)].join('/');
}
