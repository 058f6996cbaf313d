// What is asked of the app as such: is it well, how is it called, who is asking.
import { ROLES } from '../../domain/access.ts';
import {
  getDocumentationFile,
  getDocumentationPage,
  getOpenApiDocument,
} from '../documentation.ts';
import { getHealthState } from '../health.ts';
import type { Trigger } from '../trigger.ts';
import { getMe } from '../user.ts';

export const platformTriggers = [
  {
    kind: 'http',
    name: 'health',
    method: 'GET',
    route: 'health',
    policy: 'public',
    runs: getHealthState,
  },
  {
    kind: 'http',
    name: 'get-openapi',
    method: 'GET',
    route: 'openapi.json',
    policy: 'public',
    runs: getOpenApiDocument,
  },
  {
    kind: 'http',
    name: 'get-docs',
    method: 'GET',
    route: 'docs',
    policy: 'public',
    runs: getDocumentationPage,
  },
  {
    kind: 'http',
    name: 'get-docs-file',
    method: 'GET',
    route: 'docs/{file}',
    policy: 'public',
    runs: getDocumentationFile,
  },
  {
    kind: 'http',
    name: 'get-me',
    method: 'GET',
    route: 'me',
    policy: 'roles',
    roles: ROLES,
    runs: getMe,
  },
] as const satisfies readonly Trigger[];
