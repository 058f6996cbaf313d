// What the broker relies on of rhea 3.0.5 beyond its published types, checked where it is used.
// It must never be imported outside rhea-overrides.ts.
import type { Socket } from 'node:net';
import type { AmqpError, Receiver, Sender, Session } from 'rhea';

type Flow = {
  readonly delivery_count?: number | null;
  readonly link_credit?: number | null;
  readonly drain?: boolean | null;
};
type Frame<Performative> = { readonly performative: Performative };
type OutgoingDelivery = { remote_settled: boolean };
export type Outgoing = {
  next_delivery_id: number;
  next_pending_delivery: number;
  available(): number;
  update(delivery: OutgoingDelivery, settled: boolean, state: unknown): void;
};
export type LinkInternals = {
  local: {
    attach: {
      source: unknown;
      target: unknown;
      snd_settle_mode: number;
      rcv_settle_mode: number;
      max_message_size: number;
      properties: unknown;
    };
  };
  on_attach(frame: unknown): void;
};
export type SenderInternals = {
  credit: number;
  delivery_count: number;
  on_flow(frame: Frame<Flow>): void;
  dispatch(event: string): void;
  _process(): void;
  _get_drain(): boolean;
};
export type SessionInternals = {
  outgoing: Outgoing;
  create_link(name: string, constructor: unknown, options: unknown): Sender | Receiver;
  on_transfer(frame: Frame<{ message_format: number | undefined }>): void;
  _write_flow(link: Sender): void;
};
export type ConnectionInternals = {
  create_session(bufferSize: unknown): Session;
  input(bytes: Buffer): void;
  output(): void;
  accept(socket: Socket): void;
  heartbeat_out: NodeJS.Timeout | undefined;
  _process(): void;
  _write_frame(): void;
};
export type OutcomeFactories = {
  accepted(): { described(): unknown };
  rejected(fields: { readonly error: AmqpError }): { described(): unknown };
};

/** Checks that rhea still has the members an override relies on; fails loudly when it has not. */
export function assertInternals<Internals extends object>(
  value: object,
  names: readonly (keyof Internals & string)[],
): asserts value is Internals {
  for (const name of names) {
    if (!(name in value)) throw new Error(`rhea has no ${name} any more: see rhea-internals.ts`);
  }
}
