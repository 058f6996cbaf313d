// Planted bugs in how commands are taken, kept, sent and ended.
import type { PlantedBug } from '../planted-bug.ts';
import type { Replacement } from '../variant.ts';

const REQUEST = 'application/commands/request-command.ts';
const DELIVER = 'application/commands/deliver-command.ts';
const CAUSES = 'application/commands/causes.ts';
const SEND = 'await send(command, ports);';

function bug(name: string, ...replacements: readonly Replacement[]): PlantedBug {
  return { name, replacements, subject: 'commands' };
}

export const COMMAND_BUGS: readonly PlantedBug[] = [
  bug('a command has no outbox mark', { file: REQUEST, find: "outbox: 'waiting',", put: '' }),
  bug('a command is noted as sent before it is', {
    file: DELIVER,
    find: SEND,
    put: 'void send(command, ports).catch(() => {});',
  }),
  bug('sending at once is all there is', {
    file: 'application/commands/send-waiting-commands.ts',
    find: 'if (await sendOne(command, ports, onFailure)) sent += 1;',
    put: '',
  }),
  bug('every attempt has an id of its own', {
    file: 'domain/commands/command-id.ts',
    find: 'JSON.stringify([user, idempotencyKey])',
    put: 'JSON.stringify([user, idempotencyKey, Math.random()])',
  }),
  bug('another request with the same key is not noticed', {
    file: REQUEST,
    find: "if (known.document.fingerprint !== fingerprint) return { kind: 'key-reused' };",
    put: '',
  }),
  bug('a command is not looked for before it is made', {
    file: REQUEST,
    find: 'if (known !== null) {',
    put: 'if (known !== null && known.document.fingerprint !== fingerprint) {',
  }),
  bug('a refusal holds although something changed meanwhile', {
    file: REQUEST,
    find: 'now.etag === header.etag ?',
    put: 'now !== null ?',
  }),
  bug('what is sent again says another time', {
    file: 'domain/commands/erp-command.ts',
    find: 'time: requestedAt,',
    put: 'time: new Date(Math.floor(Math.random() * 1e12)).toISOString(),',
  }),
  bug('what has ended stays pending when the ERP tells it', {
    file: 'application/commands/record-outcome.ts',
    find: '...pendingWrites(waiting, [command]),',
    put: '',
  }),
  bug('what has ended stays pending when a change tells it', {
    file: CAUSES,
    find: 'return [...writes, ...pendingWrites(this.#pending, [...commands.values()])];',
    put: 'return writes;',
  }),
  bug('changes complete no command', {
    file: CAUSES,
    find: 'this.#writes = this.#writesOf(commands);',
    put: '',
  }),
  bug('what the ERP tells of our records stands beside them', {
    file: CAUSES,
    find: 'return command === undefined ? [] : takenBack(change, command.document);',
    put: 'return [];',
  }),
  bug('a state goes back', {
    file: 'domain/commands/command-state.ts',
    find: 'return RANK[other] > RANK[state] ? other : state;',
    put: 'return other;',
  }),
  bug('a lost race for a command counts as done', {
    file: REQUEST,
    find: "return revision === 'conflict' ? revision : { kind: 'taken', command, revision };",
    put: "return { kind: 'taken', command, revision: 0 };",
  }),
  bug('only the first of several announcements is sent', {
    file: DELIVER,
    find: 'await ports.collectionsEvents.send(collectionsEvents(command));',
    put: 'await ports.collectionsEvents.send(collectionsEvents(command).slice(0, 1));',
  }),
];
