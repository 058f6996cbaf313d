// Sends rows of an export as a loader does: request by request, each until it got its 202.
import { ingestRows } from '../../../application/ingest-rows.ts';
import { Unavailable } from '../../../application/ports.ts';
import { checkRow } from '../../../functions/contract/d365/row.ts';
import { topology } from '../../../infra/topology.ts';
import type { ExportedRow } from '../../d365/exported-row.ts';
import { SOURCE } from '../../d365/teller.ts';
import type { Actor } from '../actors.ts';
import type { AppInstance } from '../app-instance.ts';
import { Divergence } from '../divergence.ts';
import type { World } from '../world.ts';

/** How long it waits before it sends a request again, in milliseconds. */
const RESEND_AFTER = 1_000;

export class ExportFeed implements Actor {
  readonly hold = null;
  readonly name: string;
  readonly #world: World;
  readonly #requests: (readonly ExportedRow[])[];

  constructor(name: string, world: World, requests: readonly (readonly ExportedRow[])[]) {
    this.name = name;
    this.#world = world;
    this.#requests = [...requests];
  }

  isDone(): boolean {
    return this.#requests.length === 0;
  }

  begin(instance: AppInstance): Promise<void> | null {
    const [request] = this.#requests;
    return request === undefined ? null : this.#send(request, instance);
  }

  died(): void {}

  async #send(rows: readonly ExportedRow[], { queue, process }: AppInstance): Promise<void> {
    try {
      const checked = rows.map(({ table, folder, columns }) =>
        checkRow(columns, { source: SOURCE, epoch: '1', table, folder }),
      );
      const { shards } = topology.sessions;
      const { rejected, receipts } = await ingestRows(checked, false, queue, shards);
      if (rejected > 0) throw new Divergence('receipt', JSON.stringify(receipts));
      this.#requests.shift();
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      await this.#world.pause(process, RESEND_AFTER);
    }
  }
}
