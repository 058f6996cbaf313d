// The load of the HTTP benchmark, a process of its own so that it does not wait for the host's
// thread: asks one URL over and over, and prints how long each answer took.
//   node bench/http-client.ts <url> <requests> <connections> <status> [<tag>]
import { Agent, get } from 'node:http';

const [url = '', requests = '', connections = '', status = '', tag] = process.argv.slice(2);

const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });
const headers = tag === undefined ? {} : { 'if-none-match': tag };

function ask(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, headers }, (response) => {
      if (response.statusCode !== Number(status))
        reject(new Error(`${url}: ${response.statusCode}`));
      response.resume();
      response.on('end', resolve);
    });
    request.on('error', reject);
  });
}

const times: number[] = [];
let left = Number(requests);

/** One connection's part: the next request as soon as the answer to the last is there. */
async function askOneByOne(): Promise<void> {
  while (left > 0) {
    left -= 1;
    const began = performance.now();
    await ask();
    times.push(performance.now() - began);
  }
}

await Promise.all(Array.from({ length: Number(connections) }, askOneByOne));
agent.destroy();
process.stdout.write(JSON.stringify(times));
