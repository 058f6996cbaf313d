// What each file of parameters would deploy, worked out by the compiler and kept beside it: tests
// judge that without one, and a change of the templates is seen for what it does.
import { join } from 'node:path';
import type { Bicep, BicepRun } from './bicep-cli.ts';

export const INFRA = join(import.meta.dirname, '..', '..', 'infra');

/** The files of parameters by name: `infra/<name>.bicepparam`, `infra/<name>.snapshot.json`. */
export const DEPLOYMENTS = ['dev', 'prod'] as const;
export type Deployment = (typeof DEPLOYMENTS)[number];

/** Whoever deploys says these; in a snapshot somebody who does not exist has said them. */
const SAID = {
  AZURE_LOCATION: 'westeurope',
  ARREARS_SECONDARY_LOCATION: 'northeurope',
  ARREARS_AUDIENCE: '00000000-0000-0000-0000-00000000000a',
  ARREARS_ALERT_EMAIL: 'operations@arrears.example',
  ARREARS_BUDGET_START: '2026-12-01',
  ARREARS_CORS_ORIGINS: 'https://collect.arrears.example',
  ARREARS_DEVELOPER_ID: '00000000-0000-0000-0000-00000000000d',
  ARREARS_ERP_PRINCIPAL_ID: '00000000-0000-0000-0000-00000000000e',
} as const;

const SUBSCRIPTION = '00000000-0000-0000-0000-000000000001';
const TENANT = '00000000-0000-0000-0000-000000000002';

/** Writes the snapshot of a deployment anew, or says how the one that is there differs. */
export function snapshot(
  bicep: Bicep,
  deployment: Deployment,
  mode: 'overwrite' | 'validate',
  folder = INFRA,
): Promise<BicepRun> {
  const options = {
    mode,
    'deployment-name': 'arrears',
    'subscription-id': SUBSCRIPTION,
    'tenant-id': TENANT,
    location: SAID.AZURE_LOCATION,
  };
  return bicep(
    folder,
    [
      'snapshot',
      `${deployment}.bicepparam`,
      ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
    ],
    { ...SAID, AZURE_ENV_NAME: deployment },
  );
}
