// Checks and formats the templates, and writes what they would deploy: `npm run infra`.
import { bicepCli } from './bicep-cli.ts';
import { DEPLOYMENTS, INFRA, snapshot } from './snapshots.ts';

const bicep = await bicepCli();
if (typeof bicep !== 'function') {
  process.stderr.write(`${bicep.reason}\n`);
  process.exit(1);
}
const runs = [
  await bicep(INFRA, ['format', '--pattern', '**/*.bicep*']),
  await bicep(INFRA, ['lint', 'main.bicep']),
];
for (const deployment of DEPLOYMENTS) runs.push(await snapshot(bicep, deployment, 'overwrite'));
for (const { said } of runs) if (said !== '') process.stdout.write(`${said}\n`);
process.exitCode = runs.every(({ code }) => code === 0) ? 0 : 1;
