// A server in a process of its own, for tests that kill it. Prints its connection string.
import { startCosmosServer } from './server.ts';
import { testContainer } from './test-container.ts';

const [dataFile = ':memory:'] = process.argv.slice(2);
const containers = [testContainer('customers', '/pk', ['/pk', '/kind', '/amount'])];
const server = await startCosmosServer({ database: 'arrears', containers, dataFile, port: 0 });
console.log(server.connectionString);
